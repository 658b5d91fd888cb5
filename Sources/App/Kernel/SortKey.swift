import Foundation

/// The order of names as a stored text that both engines compare byte by byte.
///
/// Alphabet first (a ă â b c d đ e ê … o ô ơ … u ư …), tones second (ngang, huyền, hỏi, ngã, sắc, nặng), case last,
/// as ICU's Vietnamese collation has it, with one difference: a number inside a name counts by its value, so that
/// *Quận 2* stands before *Quận 10*. The key is printable ASCII, except for letters of other scripts.
public enum SortKey {
    /// Three levels with a blank between them: letters, tones, case. Trailing zeros of the last two are left out.
    public static func vietnamese(_ name: String) -> String {
        var primary: [UInt8] = []
        var tones: [UInt8] = []
        var cases: [UInt8] = []
        var digits: [UInt8] = []
        for element in elements(of: name) {
            if let digit = element.digit {
                digits.append(digit)
                continue
            }
            appendNumber(&digits, to: &primary, &tones, &cases)
            primary += element.weight
            tones.append(element.tone)
            cases.append(element.isUpper ? UInt8(ascii: "1") : UInt8(ascii: "0"))
        }
        appendNumber(&digits, to: &primary, &tones, &cases)
        let blank = [UInt8(ascii: " ")]
        return String(decoding: primary + blank + trimmed(tones) + blank + trimmed(cases), as: UTF8.self)
    }

    /// A base letter with the marks that follow it.
    private struct Element {
        let weight: [UInt8]
        let tone: UInt8
        let isUpper: Bool
        let digit: UInt8?
    }

    private static func elements(of name: String) -> [Element] {
        var elements: [Element] = []
        var base: Unicode.Scalar?
        var marks: [Unicode.Scalar] = []
        for scalar in name.decomposedStringWithCanonicalMapping.unicodeScalars {
            if scalar.properties.generalCategory == .nonspacingMark {
                marks.append(scalar)
                continue
            }
            if let base { elements.append(element(base, marks)) }
            base = scalar.properties.generalCategory == .control ? nil : scalar
            marks = []
        }
        if let base { elements.append(element(base, marks)) }
        return elements
    }

    private static func element(_ base: Unicode.Scalar, _ marks: [Unicode.Scalar]) -> Element {
        let lower = base.properties.lowercaseMapping.unicodeScalars.first ?? base
        let shape = marks.first { shapes.contains($0) }
        let letter = shape.flatMap { weights[Letter(base: lower, shape: $0)] }
        let rest = letter == nil ? marks : marks.filter { $0 != shape }
        let weight = letter ?? weights[Letter(base: lower, shape: nil)]
        return Element(
            weight: weight.map { [$0] } ?? [foreign] + Array(String(lower).utf8),
            tone: rest.first.map { tones[$0] ?? otherMark } ?? UInt8(ascii: "0"),
            isUpper: lower != base,
            digit: ("0"..."9").contains(lower) ? UInt8(truncatingIfNeeded: lower.value) : nil
        )
    }

    /// A run of digits: a mark, the number of digits without leading zeros, the digits. Longer numbers come later.
    private static func appendNumber(
        _ digits: inout [UInt8], to primary: inout [UInt8], _ tones: inout [UInt8], _ cases: inout [UInt8]
    ) {
        guard !digits.isEmpty else { return }
        let significant = digits.drop { $0 == UInt8(ascii: "0") }
        primary += [number, UInt8(ascii: "!") + UInt8(min(significant.count, 90))] + significant
        tones.append(UInt8(ascii: "0"))
        cases.append(UInt8(ascii: "0"))
        digits = []
    }

    private static func trimmed(_ level: [UInt8]) -> [UInt8] {
        Array(level[..<((level.lastIndex { $0 != UInt8(ascii: "0") } ?? -1) + 1)])
    }

    private struct Letter: Hashable {
        let base: Unicode.Scalar
        let shape: Unicode.Scalar?
    }

    /// Breve, circumflex, horn: marks that make another letter of the alphabet.
    private static let shapes: [Unicode.Scalar] = ["\u{306}", "\u{302}", "\u{31B}"]
    private static let tones: [Unicode.Scalar: UInt8] = [
        "\u{300}": UInt8(ascii: "1"), "\u{309}": UInt8(ascii: "2"), "\u{303}": UInt8(ascii: "3"),
        "\u{301}": UInt8(ascii: "4"), "\u{323}": UInt8(ascii: "5"),
    ]
    private static let otherMark = UInt8(ascii: "6")

    /// ICU's order of the marks of ASCII, then numbers, then the alphabet.
    private static let order = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"
    private static let alphabet = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
    private static let number = UInt8(ascii: "!") + UInt8(order.unicodeScalars.count)
    private static let foreign = UInt8(ascii: "~")

    private static let weights: [Letter: UInt8] = {
        var weights: [Letter: UInt8] = [:]
        var next = UInt8(ascii: "!")
        for mark in order.unicodeScalars {
            weights[Letter(base: mark, shape: nil)] = next
            next += 1
        }
        next = number + 1
        for letter in alphabet {
            let scalars = Array(String(letter).decomposedStringWithCanonicalMapping.unicodeScalars)
            if let base = scalars.first {
                weights[Letter(base: base, shape: scalars.dropFirst().first)] = next
                next += 1
            }
        }
        return weights
    }()
}
