import App
import ArgumentParser
import Foundation
import Storage

/// What is said of a record: words `name=value`, or a JSON object on standard input.
struct TypedOptions: ParsableArguments {
    @Argument(help: "name=value, in the members that the API takes; see below.") var words: [String] = []
    @Flag(help: "Read a JSON object with these members from standard input instead.") var json = false

    func validate() throws {
        guard !json || words.isEmpty else { throw ValidationError("Give either --json or name=value.") }
    }

    /// Reads standard input when that is where it stands.
    func body() -> TypedBody {
        guard json else { return .words(words) }
        return .json(String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self))
    }

    /// The act of this name.
    static func act<Act: TypedAct>(_ text: String, _: Act.Type = Act.self) throws -> Act {
        guard let act = Act(rawValue: text) else {
            let known = Act.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure("\(text) is none of these: \(known)", exitCode: 64)
        }
        return act
    }
}

extension DataOptions {
    /// One act in one transaction; what it says goes to standard output, cell by cell. `wait` is where its writers queue.
    func acting(
        wait: @escaping @Sendable (Transaction) throws -> Void = { _ in },
        _ act: @escaping @Sendable (Transaction, Day, Instant) throws -> [String]
    ) async throws {
        try await withApplication { services in
            let (now, today) = (services.clock.now(), services.clock.today())
            let cells = try await services.database.write { tx in
                try wait(tx)
                return try act(tx, today, now)
            }
            Terminal.say(cells.joined(separator: "\t"))
        }
    }
}
