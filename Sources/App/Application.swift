import Hummingbird
import HummingbirdCore
import HummingbirdTLS
public import Logging
import NIOCore
import NIOSSL
import ServiceLifecycle
import Storage
import UnixSignals

/// The composition root: configuration → database → services → door. The command line and the tests come in here.
public enum Application {
    /// Opens the database, brings its schema up to date, reads words and style sheets.
    public static func prepare(
        _ configuration: Configuration, logger: Logger, clock: WallClock? = nil
    ) async throws -> Services {
        let catalogue = try Catalogue.load(from: configuration.resources)
        let assets = try Assets.load(from: configuration.resources)
        let guide = try Guide.load(from: configuration.resources, assets)
        let database = try await Database.open(configuration.database)
        try await database.migrate(Schema.migrations)
        let clock = try await DemoDay.clock(
            database, machine: clock ?? .system(zone: configuration.zone), asked: configuration.demonstrationDay)
        try await Installation.begin(database, at: clock.now())
        return Services(
            configuration: configuration, database: database, clock: clock, catalogue: catalogue, assets: assets,
            guide: guide, passwords: PasswordHasher(), metrics: Metrics(), logger: logger)
    }

    /// Every route, for the tests and the documents made from them.
    public static var routes: [Route] { Routes.all }

    /// Serves until SIGTERM or SIGINT, then lets what is under way end.
    public static func serve(
        _ services: Services, extraRoutes: [Route] = [], whenReady: @escaping @Sendable (Int) async -> Void = { _ in }
    ) async throws {
        let configuration = services.configuration
        let connections = Connections()
        let threads = BlockingThreads(for: configuration.database)
        let door = Door(
            services: services, routes: routes + extraRoutes, connections: connections, threads: threads)
        let application = Hummingbird.Application(
            responder: door,
            server: try server(configuration, connections),
            configuration: .init(
                address: .hostname(configuration.host, port: configuration.port), serverName: nil, backlog: 512,
                reuseAddress: true,
                availableConnectionsDelegate: MaximumAvailableConnections(configuration.limits.connections)),
            onServerRunning: { channel in await whenReady(channel.localAddress?.port ?? configuration.port) },
            logger: services.quietLogger)
        var group = ServiceGroupConfiguration(
            services: [.init(service: JobRunner(services)), .init(service: application)],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: services.quietLogger)
        group.maximumGracefulShutdownDuration = configuration.limits.graceful
        try await ServiceGroup(configuration: group).run()
    }

    private static func server(
        _ configuration: Configuration, _ connections: Connections
    ) throws -> HTTPServerBuilder {
        let limits = configuration.limits
        let plain = HTTPServerBuilder.http1(
            configuration: .init(
                additionalChannelHandlers: [ConnectionDeadlines(limits: limits, connections: connections)],
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 16 * 1024, maxHeaderListSize: 32 * 1024, maxHeaderFieldCount: 100)))
        guard let tls = configuration.tls else { return plain }
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(tls.certificate).map {
                NIOSSLCertificateSource.certificate($0)
            }
            let key = try NIOSSLPrivateKey(file: tls.key, format: .pem)
            return try .tls(
                plain, tlsConfiguration: .makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key))
            )
        } catch {
            throw StartError(
                "The certificate \(tls.certificate) or its key \(tls.key) cannot be read as PEM (\(error)).")
        }
    }
}

extension Services {
    /// For the framework, whose own lines would repeat ours.
    fileprivate var quietLogger: Logger {
        var logger = logger
        logger.logLevel = .error
        return logger
    }
}
