/// How one document hangs together with another: the newer names the older.
public struct DocumentLink: Sendable, Equatable {
    /// What the first does to the second. The raw value is the word in the database, in URLs, in CSV and message keys.
    public enum Kind: String, Sendable, CaseIterable {
        case implements, concretises, amends, replaces, cites

        /// Whether such links must not run in a circle. A citation may go both ways.
        public var isOrdered: Bool { self != .cites }
    }

    public let kind: Kind
    /// The document at the other end.
    public let other: DocumentRow
    public let source: String
    public let quote: String
}
