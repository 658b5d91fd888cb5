import App
import ArgumentParser
import Foundation
import Logging

/// `resolute demo`: loads the demonstration the first time, then serves it.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Load a demonstration the first time, and serve it.")

    @OptionGroup var data: DataOptions
    @OptionGroup var server: ServerOptions
    @Flag(help: "Only load.") var noServe = false
    @Option(help: "The day as of which it stands, when it is loaded: 2026-11-30 (default: today).") var day: String?

    func run() async throws {
        var configuration = try server.complete(try data.configuration())
        configuration.demonstrationDay = try asked(configuration)
        if !noServe { try ServerOptions.refuseTakenPort(configuration) }
        try await DataOptions.withApplication(configuration, logLevel: noServe ? .warning : .info) { services in
            let accounts = try await Demo(services, progress: ProgressLine.show).load()
            Terminal.say(DemoCommand.table(accounts, in: services.configuration.dataFolder))
            if let day = services.clock.setTo {
                Terminal.say("It began on \(day.text); today counts as \(services.clock.today().text).")
            }
            if !noServe { try await server.serve(services) }
        }
    }

    private func asked(_ configuration: Configuration) throws -> Day? {
        guard let text = day else { return nil }
        guard let day = Day(typed: text) else {
            throw StartError("--day \(text) is no day like 2026-11-30 or 30/11/2026.", exitCode: 64)
        }
        let today = WallClock.system(zone: configuration.zone).today()
        try DemoDay.check(day, today: today, resources: configuration.resources)
        return day
    }

    static func table(_ accounts: [DemoAccount], in folder: URL) -> String {
        func pad(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(1, width - text.count))
        }
        let rows = accounts.map { pad($0.role, 22) + pad($0.signIn, 18) + pad($0.password, 26) + $0.name }
        let head = pad("role", 22) + pad("sign in as", 18) + pad("password", 26) + "who"
        return ([head] + rows + ["Also with API tokens in \(DemoCommand.file(folder))"]).joined(separator: "\n")
    }

    private static func file(_ folder: URL) -> String { folder.appending(path: "demo-accounts.json").path }
}
