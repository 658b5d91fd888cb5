/// The string literals of a Swift file: their own text, with each interpolation as one mark, and where they begin.
struct SwiftLiteral: Sendable, Equatable {
    static let gap: Character = "\u{FFFC}"

    let line: Int
    let text: String
    /// What stands before it on its line, to tell what it is handed to.
    let before: String
    /// It is written inside an interpolation of another literal.
    let isNested: Bool

    static func all(in source: String) -> [SwiftLiteral] {
        var scanner = LiteralScanner(source)
        scanner.code(untilParenthesis: false)
        return scanner.found.sorted { $0.line < $1.line }
    }

    /// A branch inside an interpolation, which the compiler takes for a String unless its neighbour is typed.
    var isLeftToDefault: Bool {
        let before = before.reversed().drop { $0 == " " }
        return isNested && [":", "?", "("].contains(before.first)
            && (before.first != "(" || before.dropFirst().first == "\\")
    }

    /// Letters that a reader would see: what is left without tags and attributes. Nil when there are none.
    var bareWords: String? {
        var visible = text
        if visible.contains("<") || visible.contains(">") {
            // Begins inside a tag, or ends inside one.
            if let end = visible.firstIndex(of: ">"), visible[..<end].firstIndex(of: "<") == nil {
                visible = String(visible[visible.index(after: end)...])
            }
            // A command is the same in every language.
            visible = visible.replacing(/<code>[^<]*<\/code>/, with: " ")
            visible = visible.replacing(/<[^>]*(>|$)/, with: " ").replacing(/&[#a-z0-9]+;/, with: " ")
            return visible.contains(/\p{L}{2,}/) ? visible : nil
        }
        visible = visible.replacing(/[a-z-]+="[^"]*("|$)/, with: "")
        if visible.contains(/[^\u{0}-\u{7F}\u{FFFC}]/), visible.contains(/\p{L}{2,}/) { return visible }
        // Two words of prose; a lone word is a key, a class, an address or a value.
        return visible.contains(/[A-Za-z]{2,}[,.:;]? [A-Za-z]{2,}/) ? visible : nil
    }
}

/// Works on bytes: every mark that matters is ASCII, and tests run unoptimised.
private struct LiteralScanner {
    private static let newline = UInt8(ascii: "\n"), quote = UInt8(ascii: "\""), backslash = UInt8(ascii: "\\")
    private static let slash = UInt8(ascii: "/"), opening = UInt8(ascii: "("), closing = UInt8(ascii: ")")
    private static let star = UInt8(ascii: "*")

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private var lineStart = 0
    private var depth = 0
    var found: [SwiftLiteral] = []

    init(_ source: String) { bytes = Array(source.utf8) }

    private var isAtEnd: Bool { position >= bytes.count }

    private func isNext(_ first: UInt8, _ second: UInt8) -> Bool {
        position + 1 < bytes.count && bytes[position] == first && bytes[position + 1] == second
    }

    private var isFenceNext: Bool {
        position + 2 < bytes.count && bytes[position] == Self.quote && bytes[position + 1] == Self.quote
            && bytes[position + 2] == Self.quote
    }

    private mutating func step(_ count: Int = 1) {
        for _ in 0..<count where !isAtEnd {
            if bytes[position] == Self.newline {
                line += 1
                lineStart = position + 1
            }
            position += 1
        }
    }

    /// Reads code up to the end, or up to the parenthesis that closes an interpolation.
    mutating func code(untilParenthesis: Bool) {
        var open = 0
        while !isAtEnd {
            if isNext(Self.slash, Self.slash) {
                while !isAtEnd, bytes[position] != Self.newline { step() }
            } else if isNext(Self.slash, Self.star) {
                while !isAtEnd, !isNext(Self.star, Self.slash) { step() }
                step(2)
            } else if bytes[position] == Self.quote {
                literal()
            } else {
                if bytes[position] == Self.opening { open += 1 }
                if bytes[position] == Self.closing {
                    if untilParenthesis, open == 0 { return step() }
                    open -= 1
                }
                step()
            }
        }
    }

    private mutating func literal() {
        let start = (line: line, before: String(decoding: bytes[lineStart..<position], as: UTF8.self))
        let isFenced = isFenceNext
        var text: [UInt8] = []
        step(isFenced ? 3 : 1)
        while !isAtEnd, isFenced ? !isFenceNext : bytes[position] != Self.quote {
            if isNext(Self.backslash, Self.opening) {
                text += Array(String(SwiftLiteral.gap).utf8)
                step(2)
                depth += 1
                code(untilParenthesis: true)
                depth -= 1
            } else if bytes[position] == Self.backslash {
                step()
                if !isAtEnd, bytes[position] != Self.newline { text.append(bytes[position]) }
                step()
            } else {
                text.append(bytes[position])
                step()
            }
        }
        step(isFenced ? 3 : 1)
        let decoded = String(decoding: text, as: UTF8.self)
        found.append(SwiftLiteral(line: start.line, text: decoded, before: start.before, isNested: depth > 0))
    }
}
