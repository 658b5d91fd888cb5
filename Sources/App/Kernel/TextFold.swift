import Foundation

/// Text as search sees it: lower case, no accents, `đ` as `d`, one blank between words.
///
/// Stored beside the original and applied to the query too, since no engine folds Vietnamese the same way.
public enum TextFold {
    public static func fold(_ text: String) -> String {
        var folded = ""
        var pendingBlank = false
        for scalar in text.decomposedStringWithCanonicalMapping.unicodeScalars {
            if scalar.properties.generalCategory == .nonspacingMark { continue }
            if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                if pendingBlank, !folded.isEmpty { folded.append(" ") }
                pendingBlank = false
                folded += lower(scalar)
            } else {
                pendingBlank = true
            }
        }
        return folded
    }

    /// The words of a query, at most `limit` of them.
    public static func words(_ text: String, limit: Int = 8) -> [String] {
        fold(text).split(separator: " ").prefix(limit).map(String.init)
    }

    private static func lower(_ scalar: Unicode.Scalar) -> String {
        scalar == "đ" || scalar == "Đ" ? "d" : scalar.properties.lowercaseMapping
    }
}
