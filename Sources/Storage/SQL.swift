/// A statement and the values bound to it, written as one string.
///
/// Everything interpolated becomes a bound parameter, except another `SQL`, which is spliced in.
/// There is no way to interpolate a bare `String` as text of the statement: a name that varies is a
/// `StaticString` passed to ``init(static:)``.
///
///     let statement: SQL = "SELECT id FROM unit WHERE uid = \(uid) AND version = \(3)"
public struct SQL: Sendable, ExpressibleByStringInterpolation {
    /// The statement with a `?` for each value, which is the form SQLite reads: scoped statements are put together anew
    /// for each request, so putting together is appending and nothing else. Text has no other `?`: what is asked for
    /// in words is bound.
    private(set) var shape: String

    /// The values in the order in which they are bound.
    public private(set) var values: [SQLValue]

    public init(stringLiteral value: String) { (shape, values) = (value, []) }
    public init(stringInterpolation: StringInterpolation) { self = stringInterpolation.whole }

    /// Text that is known when the program is built: a column or an ordering chosen by code.
    public init(static text: StaticString) { self.init(stringLiteral: text.description) }

    public static func + (left: SQL, right: SQL) -> SQL {
        var sum = left
        sum += right
        return sum
    }

    public static func += (left: inout SQL, right: SQL) {
        left.shape += right.shape
        left.values += right.values
    }

    /// The statement's text in the form one engine reads: `?` for SQLite, `$1`, `$2` … for PostgreSQL.
    public func text(for engine: Engine) -> String {
        switch engine {
        case .sqlite: shape
        case .postgres: values.isEmpty ? shape : Self.numbered(shape)
        }
    }

    private static func numbered(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count * 5 / 4)
        var number = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "?") {
                number += 1
                bytes.append(UInt8(ascii: "$"))
                bytes.append(contentsOf: String(number).utf8)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func bind(_ value: SQLValue) {
        shape += "?"
        values.append(value)
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var whole: SQL = ""

        public init(literalCapacity: Int, interpolationCount: Int) {
            whole.shape.reserveCapacity(literalCapacity + interpolationCount * 8)
        }

        public mutating func appendLiteral(_ literal: String) { whole.shape += literal }

        public mutating func appendInterpolation(_ value: some SQLBindable) { whole.bind(value.sqlValue) }

        public mutating func appendInterpolation(_ value: (some SQLBindable)?) {
            whole.bind(value?.sqlValue ?? .null)
        }

        public mutating func appendInterpolation(_ part: SQL) { whole += part }

        /// A list for `IN (…)`; an empty list becomes `NULL`, which matches nothing.
        public mutating func appendInterpolation(list values: [some SQLBindable]) {
            guard !values.isEmpty else { return whole.shape += "NULL" }
            for (index, value) in values.enumerated() {
                if index > 0 { whole.shape += ", " }
                whole.bind(value.sqlValue)
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
