/// A piece of a page, written as a string in which everything interpolated is escaped, unless it is `HTML` itself.
///
/// The twin of `SQL`. One growing buffer of bytes, so that putting pieces together is copying memory; no parsing, no
/// templates: a typo does not compile.
public struct HTML: Sendable, ExpressibleByStringInterpolation {
    /// UTF-8, as it travels.
    private(set) var bytes: [UInt8]

    public init(stringLiteral value: String) { bytes = Array(value.utf8) }
    public init(stringInterpolation: StringInterpolation) { bytes = stringInterpolation.bytes }

    /// Text that is already markup and comes from this program, such as an SVG path that we computed.
    init(markup: String) { bytes = Array(markup.utf8) }

    public static let empty: HTML = ""

    public var text: String { String(decoding: bytes, as: UTF8.self) }
    public var isEmpty: Bool { bytes.isEmpty }

    public static func + (left: HTML, right: HTML) -> HTML {
        var both = left
        both += right
        return both
    }
    public static func += (left: inout HTML, right: HTML) { left.bytes += right.bytes }

    /// Markup that is known when the program is built, without a piece of its own.
    mutating func add(_ markup: StaticString) { markup.withUTF8Buffer { bytes.append(contentsOf: $0) } }

    public struct StringInterpolation: StringInterpolationProtocol {
        var bytes: [UInt8] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + interpolationCount * 32)
        }

        public mutating func appendLiteral(_ literal: String) { HTML.append(literal, to: &bytes) }
        public mutating func appendInterpolation(_ part: HTML) { bytes += part.bytes }
        public mutating func appendInterpolation(_ part: HTML?) { if let part { bytes += part.bytes } }
        public mutating func appendInterpolation(_ parts: [HTML]) {
            bytes.reserveCapacity(bytes.count + parts.reduce(0) { $0 + $1.bytes.count })
            for part in parts { bytes += part.bytes }
        }
        public mutating func appendInterpolation(_ value: String) { HTML.escape(value, into: &bytes) }
        public mutating func appendInterpolation(_ value: Int) { HTML.append(String(value), to: &bytes) }
        public mutating func appendInterpolation(_ value: Int64) { HTML.append(String(value), to: &bytes) }
        public mutating func appendInterpolation(_ value: UID) { HTML.append(value.text, to: &bytes) }
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        text.withUTF8 { bytes.append(contentsOf: $0) }
    }

    /// Runs without a special character are copied whole.
    private static func escape(_ value: String, into bytes: inout [UInt8]) {
        var value = value
        value.withUTF8 { text in
            var start = text.startIndex
            for index in text.indices {
                guard let name = entity(text[index]) else { continue }
                bytes.append(contentsOf: text[start..<index])
                append(name, to: &bytes)
                start = index + 1
            }
            bytes.append(contentsOf: text[start...])
        }
    }

    private static func entity(_ byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}

extension Sequence<HTML> {
    /// The pieces one after the other.
    public func joined() -> HTML { reduce(into: HTML.empty) { $0 += $1 } }
}
