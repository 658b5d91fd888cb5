import App
import ArgumentParser
import Foundation
import HTTPTypes

/// `resolute routes`: every address of the product, for trials and for whoever wants to know.
struct RoutesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "routes", abstract: "List every route.")

    @Flag(help: "As JSON.") var json = false
    /// With the route that ends the process; see `resolute serve --canary`.
    @Flag(help: .hidden) var canary = false

    func run() throws {
        let rows = (Application.routes + (canary ? [Canary.route] : [])).map { route -> Line in
            var upload = false
            if case .upload = route.body { upload = true }
            return Line(
                method: route.method.rawValue, path: route.path, audience: "\(route.audience)", api: route.isAPI,
                upload: upload)
        }
        guard json else {
            for row in rows { Terminal.say("\(row.method)\t\(row.path)\t\(row.audience)") }
            return
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        Terminal.say(String(decoding: try encoder.encode(rows), as: UTF8.self))
    }

    private struct Line: Encodable {
        let method: String
        let path: String
        let audience: String
        let api: Bool
        /// It takes a form with files.
        let upload: Bool
    }
}

/// A route that ends the process, so that a trial can show that it would notice.
enum Canary {
    static let route = Route.get("/canary", for: .everyone) { _ in Canary.sing() }

    private static func sing() -> Never { fatalError("the canary was asked") }
}
