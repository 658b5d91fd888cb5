import Foundation
import Storage

/// The files of `Resources/demo/files` that the story shows as evidence, as received and examined.
struct DemoFiles {
    private let kept: [String: KeptFile]

    /// Before the transaction that refers to them, as with every file.
    init(_ tasks: DemoTasks, _ services: Services) async throws {
        let folder = services.configuration.resources.appending(path: "demo/files")
        let names = Set(tasks.tasks.flatMap(\.story).flatMap { $0.files ?? [] }).sorted()
        let intake = AttachmentIntake(services.files)
        var received: [ReceivedFile] = []
        for name in names { received.append(try await intake.read(folder.appending(path: name))) }
        let files = received.isEmpty ? [] : try await intake.keep(received)
        kept = Dictionary(zip(names, files)) { first, _ in first }
    }

    func find(_ names: [String]?) throws -> [KeptFile] {
        try (names ?? []).map { name in try demoWord(name) { kept[$0] } }
    }
}
