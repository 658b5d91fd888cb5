/// One step in the history of the schema: released once, never edited, run in a transaction of its own.
public struct Migration: Sendable {
    /// `2026-11-22 unit`: the day it was written, then what it makes. Unique, and the order of the list is the order of the ids.
    public let id: String
    let statements: [DDL]

    public init(_ id: String, _ statements: [DDL]) {
        self.id = id
        self.statements = statements
    }
}

extension [Migration] {
    /// Changes when any statement of any migration does; names a prepared database in tests.
    package func fingerprint(for engine: Engine) -> String {
        map { "\($0.id) \($0.checksum(for: engine))" }.joined(separator: "\n")
    }
}
