/// A statement and the values bound to it, written as one string.
///
/// Everything interpolated becomes a bound parameter, except another `SQL`, which is spliced in.
/// There is no way to interpolate a bare `String` as text of the statement: a name that varies is a
/// `StaticString` passed to ``init(static:)``.
///
///     let statement: SQL = "SELECT id FROM unit WHERE uid = \(uid) AND version = \(3)"
public struct SQL: Sendable, ExpressibleByStringInterpolation {
    enum Piece: Sendable, Equatable {
        case text(String)
        case value(SQLValue)
    }

    var pieces: [Piece]

    public init(stringLiteral value: String) { pieces = [.text(value)] }
    public init(stringInterpolation: StringInterpolation) { pieces = stringInterpolation.pieces }

    /// Text that is known when the program is built: a column or an ordering chosen by code.
    public init(static text: StaticString) { pieces = [.text(text.description)] }

    /// The values in the order in which they are bound.
    public var values: [SQLValue] {
        pieces.compactMap { if case .value(let value) = $0 { value } else { nil } }
    }

    public static func + (left: SQL, right: SQL) -> SQL {
        var sum = left
        sum.pieces += right.pieces
        return sum
    }

    public static func += (left: inout SQL, right: SQL) { left.pieces += right.pieces }

    /// The statement's text in the form one engine reads: `?1` for SQLite, `$1` for PostgreSQL.
    public func text(for engine: Engine) -> String {
        var text = ""
        var number = 0
        for piece in pieces {
            switch piece {
            case .text(let part): text += part
            case .value:
                number += 1
                text += engine == .sqlite ? "?\(number)" : "$\(number)"
            }
        }
        return text
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        var pieces: [Piece] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            pieces.reserveCapacity(interpolationCount * 2 + 1)
        }

        public mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { pieces.append(.text(literal)) }
        }

        public mutating func appendInterpolation(_ value: some SQLBindable) {
            pieces.append(.value(value.sqlValue))
        }

        public mutating func appendInterpolation(_ value: (some SQLBindable)?) {
            pieces.append(.value(value?.sqlValue ?? .null))
        }

        public mutating func appendInterpolation(_ part: SQL) { pieces += part.pieces }

        /// A list for `IN (…)`; an empty list becomes `NULL`, which matches nothing.
        public mutating func appendInterpolation(list values: [some SQLBindable]) {
            guard !values.isEmpty else { return pieces.append(.text("NULL")) }
            for (index, value) in values.enumerated() {
                if index > 0 { pieces.append(.text(", ")) }
                pieces.append(.value(value.sqlValue))
            }
        }
    }
}

extension [SQL] {
    /// The parts with `separator` between them: `conditions.joined(" AND ")`.
    public func joined(_ separator: StaticString) -> SQL {
        var whole: SQL = ""
        for (index, part) in enumerated() {
            if index > 0 { whole += SQL(static: separator) }
            whole += part
        }
        return whole
    }
}
