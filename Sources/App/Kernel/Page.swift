/// One page of a list: next pages are asked for by key, never by counting off rows.
public struct Page<Item: Sendable>: Sendable {
    public var items: [Item]
    /// Where the next page begins; nil on the last.
    public var next: Cursor?
    /// Exact up to ``Page/countCap`` rows, then a floor.
    public var total: Int
    public var totalIsFloor: Bool

    public init(items: [Item], next: Cursor?, total: Int, totalIsFloor: Bool = false) {
        self.items = items
        self.next = next
        self.total = total
        self.totalIsFloor = totalIsFloor
    }

    public func map<Other: Sendable>(_ transform: (Item) throws -> Other) rethrows -> Page<Other> {
        Page<Other>(items: try items.map(transform), next: next, total: total, totalIsFloor: totalIsFloor)
    }
}

/// Counting stops here; beyond it a list says "more than 1,000".
public let countCap = 1_000

/// What a request asks of a list.
public struct PageRequest: Sendable, Equatable {
    public var after: Cursor?
    public var limit: Int

    public static let first = PageRequest(after: nil, limit: 50)

    public init(after: Cursor?, limit: Int) {
        self.after = after
        self.limit = min(max(limit, 1), 200)
    }
}

/// The sort key of the last row of a page, written so that it can stand in a URL.
public struct Cursor: Sendable, Hashable {
    public let parts: [String]

    public init(_ parts: [String]) { self.parts = parts }

    /// Base64url of the parts; says nothing that the row itself does not.
    public var text: String {
        Base64URL.encode(Array(parts.joined(separator: "\u{1F}").utf8))
    }

    /// Nil when it is not one of ours or does not have `count` parts.
    public init?(parsing text: String, count: Int) {
        guard text.utf8.count <= 2_000, let bytes = Base64URL.decode(text),
            let joined = String(validating: bytes, as: UTF8.self), !joined.utf8.contains(0)
        else { return nil }
        let parts = joined.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == count else { return nil }
        self.parts = parts
    }
}
