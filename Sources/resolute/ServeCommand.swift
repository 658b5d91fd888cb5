import App
import ArgumentParser
import Foundation
import Logging

/// `resolute serve`: the web server, until it is told to stop.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve", abstract: "Serve the site and the API.")

    @OptionGroup var data: DataOptions
    @OptionGroup var server: ServerOptions

    func run() async throws {
        let configuration = try server.complete(try data.configuration())
        try ServerOptions.refuseTakenPort(configuration)
        try await DataOptions.withApplication(configuration, logLevel: .info) { services in
            try await server.serve(services)
        }
    }
}

/// Where the server listens and who may stand before it.
struct ServerOptions: ParsableArguments {
    @Option(help: "Address to listen on.") var host = "127.0.0.1"
    @Option(help: "Port to listen on.") var port = 8080
    @Option(help: "Certificate chain, a PEM file.") var tlsCert: String?
    @Option(help: "Key of the certificate, a PEM file.") var tlsKey: String?
    @Option(help: "Address of a proxy that ends TLS; its X-Forwarded-For is believed. May be repeated.")
    var trustProxy: [String] = []
    @Option(
        name: .customLong("base-url"), help: "What people type to reach this installation: https://resolute.example.vn")
    var baseURL: String?
    /// Adds a route that ends the process, for the trial that must notice it.
    @Flag(help: .hidden) var canary = false
    /// Adds a route that tells the statements that ran, for the measurement that looks at their plans.
    @Flag(help: .hidden) var trialStatements = false

    /// The configuration with these options, or a ``StartError`` that says which option is missing.
    func complete(_ start: Configuration) throws -> Configuration {
        var configuration = start
        guard (1...65_535).contains(port) else {
            throw StartError("--port \(port) is not between 1 and 65535.", exitCode: 64)
        }
        configuration.host = host
        configuration.port = port
        configuration.tls = try tls()
        configuration.trustedProxies = trustProxy
        configuration.baseURL = try base()
        try refuseOpenDoor(configuration)
        return configuration
    }

    /// Passwords never travel in the clear: plain HTTP is for loopback, or for a proxy on a trusted address.
    private func refuseOpenDoor(_ configuration: Configuration) throws(StartError) {
        if ServerOptions.isLoopback(host) || configuration.tls != nil { return }
        if trustProxy.isEmpty {
            throw StartError(
                "--host \(host) is reachable from outside, and plain HTTP shows passwords to everybody on the way. "
                    + "Add --tls-cert and --tls-key, or --trust-proxy ADDRESS --base-url https://….", exitCode: 64)
        }
        guard configuration.baseURL?.scheme == "https" else {
            throw StartError(
                "--trust-proxy needs --base-url https://…, the address that the proxy answers on.", exitCode: 64)
        }
    }

    private func tls() throws(StartError) -> Configuration.TLS? {
        switch (tlsCert, tlsKey) {
        case (nil, nil): return nil
        case (let certificate?, let key?):
            for file in [certificate, key] where !FileManager.default.isReadableFile(atPath: file) {
                throw StartError("\(file) cannot be read.", exitCode: 66)
            }
            return Configuration.TLS(certificate: certificate, key: key)
        default: throw StartError("--tls-cert and --tls-key go together.", exitCode: 64)
        }
    }

    private func base() throws(StartError) -> URL? {
        guard let baseURL else { return nil }
        guard let url = URL(string: baseURL), let scheme = url.scheme, ["http", "https"].contains(scheme),
            url.host != nil
        else {
            throw StartError("--base-url \(baseURL) is not an address like https://resolute.example.vn.", exitCode: 64)
        }
        return url
    }

    static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || (host.hasPrefix("127.") && host.split(separator: ".").count == 4)
    }

    /// What to open in a browser.
    static func address(_ configuration: Configuration) -> String {
        if let base = configuration.baseURL { return base.absoluteString }
        let host = configuration.host.contains(":") ? "[\(configuration.host)]" : configuration.host
        return "\(configuration.tls == nil ? "http" : "https")://\(host):\(configuration.port)"
    }

    /// Serves, and says where as soon as the door is open.
    func serve(_ services: Services) async throws {
        let configuration = services.configuration
        do {
            try await Application.serve(services, extraRoutes: extraRoutes) { _ in
                Terminal.say("Resolute is on \(ServerOptions.address(configuration))")
            }
        } catch {
            let text = String(describing: error)
            if text.contains("errno: 98") || text.contains("in use") { throw ServerOptions.taken(configuration) }
            if text.contains("errno: 99") || text.contains("errno: -") || text.contains("hostname") {
                throw StartError("--host \(configuration.host) is no address of this machine.")
            }
            throw error
        }
    }

    private var extraRoutes: [Route] {
        (canary ? [Canary.route] : []) + (trialStatements ? TrialRoutes.statements : [])
    }

    /// Asked before the database is opened; binding would say the same later, in the framework's words.
    static func refuseTakenPort(_ configuration: Configuration) throws(StartError) {
        guard !configuration.host.contains(":"), let address = ipv4(configuration.host) else { return }
        let door = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard door >= 0 else { return }
        defer { close(door) }
        var yes: Int32 = 1
        setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = UInt16(truncatingIfNeeded: configuration.port).bigEndian
        place.sin_addr = address
        let result = withUnsafePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(door, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result != 0, errno == EADDRINUSE { throw taken(configuration) }
        if result != 0, errno == EACCES {
            throw StartError(
                "Port \(configuration.port) needs root. Choose one above 1023 with --port N.", exitCode: 77)
        }
    }

    private static func ipv4(_ host: String) -> in_addr? {
        var address = in_addr()
        return inet_pton(AF_INET, host == "localhost" ? "127.0.0.1" : host, &address) == 1 ? address : nil
    }

    private static func taken(_ configuration: Configuration) -> StartError {
        let port = configuration.port
        return StartError(
            "Port \(port) is taken. Choose another: --port \(port < 65_535 ? port + 1 : 8080)", exitCode: 69)
    }
}
