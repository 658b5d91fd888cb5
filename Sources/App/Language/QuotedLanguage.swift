/// The language of words that stand as somebody else wrote them: a quote is kept with its source, not with its language.
/// Letters tell it, or the name of a file in the source, `report.pl.txt`. Where neither does, nothing is claimed.
public enum QuotedLanguage: String, Sendable, CaseIterable {
    case russian = "ru"
    case polish = "pl"
    case hindi = "hi"
    case arabic = "ar"

    /// Nil for words in another language, in two of them, and without a letter that tells.
    public init?(of words: String) {
        let found = QuotedLanguage.allCases.filter { language in
            words.unicodeScalars.contains { language.tells($0) }
        }
        guard let only = found.first, found.count == 1 else { return nil }
        guard !words.unicodeScalars.contains(where: only.excludes) else { return nil }
        self = only
    }

    /// The words with where they were taken from.
    public init?(of words: String, from source: String) {
        guard let language = QuotedLanguage(of: words) ?? QuotedLanguage(ofFileIn: source) else { return nil }
        self = language
    }

    /// Of letters that several languages have, and of nothing that tells two.
    private init?(ofFileIn source: String) {
        let found = QuotedLanguage.allCases.filter { source.contains(".\($0.rawValue).") }
        guard let only = found.first, found.count == 1 else { return nil }
        self = only
    }

    /// Nothing else that is quoted here has this letter.
    private func tells(_ letter: Unicode.Scalar) -> Bool {
        switch self {
        case .russian: ("а"..."я").contains(letter) || ("А"..."Я").contains(letter)
        case .polish: "ąćęłńśźżĄĆĘŁŃŚŹŻ".unicodeScalars.contains(letter)
        case .hindi: ("\u{0900}"..."\u{0963}").contains(letter)
        case .arabic: ("\u{0621}"..."\u{064A}").contains(letter)
        }
    }

    /// With this letter it is a neighbour: Ukrainian, Persian, or a sentence of Vietnamese that names a Pole.
    private func excludes(_ letter: Unicode.Scalar) -> Bool {
        switch self {
        case .russian: "іїєґўђѓјљњќћџІЇЄҐЎЂЃЈЉЊЌЋЏ".unicodeScalars.contains(letter)
        case .polish: "ăâđêôơưĂÂĐÊÔƠƯ".unicodeScalars.contains(letter) || ("ạ"..."ỹ").contains(letter)
        case .hindi: false
        case .arabic: "پچژگکیڑٹہے".unicodeScalars.contains(letter)
        }
    }
}
