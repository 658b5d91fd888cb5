/// A piece of a page, written as a string in which everything interpolated is escaped, unless it is `HTML` itself.
///
/// The twin of `SQL`. One growing buffer of bytes; no parsing, no templates: a typo does not compile.
public struct HTML: Sendable, ExpressibleByStringInterpolation {
    public private(set) var text: String

    public init(stringLiteral value: String) { text = value }
    public init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

    /// Text that is already markup and comes from this program, such as an SVG path that we computed.
    init(markup: String) { text = markup }

    public static let empty: HTML = ""

    public static func + (left: HTML, right: HTML) -> HTML { HTML(markup: left.text + right.text) }
    public static func += (left: inout HTML, right: HTML) { left.text += right.text }

    public struct StringInterpolation: StringInterpolationProtocol {
        var text = ""

        public init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        public mutating func appendLiteral(_ literal: String) { text += literal }
        public mutating func appendInterpolation(_ part: HTML) { text += part.text }
        public mutating func appendInterpolation(_ part: HTML?) { if let part { text += part.text } }
        public mutating func appendInterpolation(_ parts: [HTML]) { for part in parts { text += part.text } }
        public mutating func appendInterpolation(_ value: String) { HTML.escape(value, into: &text) }
        public mutating func appendInterpolation(_ value: Int) { text += String(value) }
        public mutating func appendInterpolation(_ value: Int64) { text += String(value) }
        public mutating func appendInterpolation(_ value: UID) { text += value.text }
    }

    private static func escape(_ value: String, into text: inout String) {
        let special = value.utf8.contains { $0 == 38 || $0 == 60 || $0 == 62 || $0 == 34 || $0 == 39 }
        guard special else { return text += value }
        for scalar in value.unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "'": text += "&#39;"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}

extension Sequence<HTML> {
    /// The pieces one after the other.
    public func joined() -> HTML { reduce(into: HTML.empty) { $0 += $1 } }
}
