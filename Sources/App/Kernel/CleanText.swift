import Foundation

/// Text as we store it: NFC, line ends as `\n`, no control characters, no blanks at the ends.
public enum CleanText {
    /// One line: every run of white space becomes one blank. Nil when it holds NUL or another control character.
    public static func line(_ raw: String) -> String? {
        guard !raw.unicodeScalars.contains(where: { isControl($0) && !$0.properties.isWhitespace }) else { return nil }
        let joined = raw.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return joined.precomposedStringWithCanonicalMapping
    }

    /// Several lines. Nil when it holds NUL or another control character.
    public static func paragraphs(_ raw: String) -> String? {
        let unified = raw.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        guard !unified.unicodeScalars.contains(where: { isControl($0) && $0 != "\n" && $0 != "\t" }) else { return nil }
        return unified.trimmingCharacters(in: .whitespacesAndNewlines).precomposedStringWithCanonicalMapping
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control
    }
}
