import Foundation

/// Text as search sees it: lower case, no accents, `đ` as `d`, one blank between words.
///
/// Stored beside the original and applied to the query too, since no engine folds Vietnamese the same way.
public enum TextFold {
    public static func fold(_ text: String) -> String {
        var folded: [UInt8] = []
        folded.reserveCapacity(text.utf8.count)
        var pendingBlank = false
        for scalar in text.unicodeScalars {
            let part = part(scalar)
            switch part.kind {
            case .mark: continue
            case .gap: pendingBlank = true
            case .letter:
                if pendingBlank, !folded.isEmpty { folded.append(UInt8(ascii: " ")) }
                pendingBlank = false
                part.append(to: &folded)
            case .rare: return foldRare(text)
            }
        }
        return String(decoding: folded, as: UTF8.self)
    }

    /// The words of a query, at most `limit` of them.
    public static func words(_ text: String, limit: Int = 8) -> [String] {
        fold(text).split(separator: " ").prefix(limit).map(String.init)
    }

    /// Of any script, as the standard says: some twenty times slower.
    static func foldRare(_ text: String) -> String {
        var folded = ""
        var pendingBlank = false
        for scalar in text.decomposedStringWithCanonicalMapping.unicodeScalars {
            switch kind(scalar) {
            case .mark: continue
            case .gap: pendingBlank = true
            case .letter, .rare:
                if pendingBlank, !folded.isEmpty { folded.append(" ") }
                pendingBlank = false
                folded += lower(scalar)
            }
        }
        return folded
    }

    /// Whether a scalar belongs to a word, stands between words, or is a mark on what precedes it.
    static func place(_ scalar: Unicode.Scalar) -> Kind {
        let known = part(scalar).kind
        return known == .rare ? kind(scalar) : known
    }

    enum Kind: UInt8 {
        case letter, gap, mark
        /// Not in the table.
        case rare
    }

    /// What becomes of one scalar: a letter without its marks in at most four bytes of UTF-8.
    private struct Part {
        var kind: Kind
        private var bytes: UInt32 = 0
        private var count: UInt8 = 0

        init(_ kind: Kind) { self.kind = kind }

        init(letter: String) {
            kind = letter.isEmpty ? .mark : letter.utf8.count <= 4 ? .letter : .rare
            guard kind == .letter else { return }
            count = UInt8(letter.utf8.count)
            bytes = letter.utf8.reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }

        func append(to text: inout [UInt8]) {
            var rest = bytes
            for _ in 0..<count {
                text.append(UInt8(truncatingIfNeeded: rest))
                rest >>= 8
            }
        }
    }

    /// Scalars are decomposed one by one, and marks dropped, so that their order does not matter. The table ends before
    /// the scripts in which it could.
    private static let table: [Part] = (UInt32(0)..<0x2000).map { value in
        guard let scalar = Unicode.Scalar(value) else { return Part(.gap) }
        let folded = foldRare(String(scalar))
        return folded.isEmpty ? Part(kind(scalar) == .mark ? .mark : .gap) : Part(letter: folded)
    }

    private static func part(_ scalar: Unicode.Scalar) -> Part {
        let place = Int(scalar.value)
        return table.indices.contains(place) ? table[place] : Part(.rare)
    }

    private static func kind(_ scalar: Unicode.Scalar) -> Kind {
        if scalar.properties.generalCategory == .nonspacingMark { return .mark }
        return scalar.properties.isAlphabetic || scalar.properties.numericType != nil ? .letter : .gap
    }

    private static func lower(_ scalar: Unicode.Scalar) -> String {
        scalar == "đ" || scalar == "Đ" ? "d" : scalar.properties.lowercaseMapping
    }
}
