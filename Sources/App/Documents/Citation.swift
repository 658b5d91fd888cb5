import Foundation

/// A number and sign in a text that people wrote, such as the decision of a seat: "Quyết định 229-QĐ/TW ngày 10/01/2025
/// của Bộ Chính trị". Day and issuer count where they follow it at once.
struct Citation: Equatable {
    /// Where the number stands in the text.
    let range: Range<String.Index>
    let wanted: Wanted

    /// What is looked for in the registry.
    struct Wanted: Hashable, Sendable {
        let key: String
        let day: Day?
        /// Folded, abbreviations written out; empty when the text does not say.
        let issuer: String
    }

    /// No text that is shown as a reference is longer than this; longer ones are read up to here.
    static let limit = 1_000

    static func all(in text: String) -> [Citation] {
        // Most texts hold no number, and that is seen at once.
        guard text.utf8.contains(where: { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
            text.utf8.contains(UInt8(ascii: "/"))
        else { return [] }
        let words = CitationWord.all(in: text.prefix(limit))
        return words.indices.compactMap { index in
            guard let number = words[index].number else { return nil }
            var rest = CitationRest(words[(index + 1)...], isOpen: !words[index].ends)
            let day = rest.day()
            return Citation(
                range: words[index].range,
                wanted: Wanted(key: number.key, day: day, issuer: rest.issuer()))
        }
    }
}

/// A word of a text without the marks around it.
private struct CitationWord {
    let range: Range<String.Index>
    let text: Substring
    /// Behind it a clause ends.
    let ends: Bool

    static func all(in text: Substring) -> [CitationWord] {
        text.split(whereSeparator: \.isWhitespace).map { word in
            let core = word.drop { "([{\"'“‘«".contains($0) }
            let bare = core.reversed().drop { ".,;:)]}\"'”’»".contains($0) }
            let end = core.index(core.startIndex, offsetBy: bare.count)
            return CitationWord(
                range: core.startIndex..<end, text: core[..<end],
                ends: core[end...].contains { ".;)]}".contains($0) })
        }
    }

    /// A whole number and sign: `57/2024`, as articles write, may be a month as well.
    var number: DocumentNumber? {
        guard text.first?.isASCII == true, text.first?.isNumber == true, text.contains("/"),
            let number = try? DocumentNumber(parsing: String(text)), number.grammar != .loose
        else { return nil }
        return number
    }
}

/// What follows a number: its day, then its issuer.
private struct CitationRest {
    private var words: ArraySlice<CitationWord>
    private var isOpen: Bool

    init(_ words: ArraySlice<CitationWord>, isOpen: Bool) {
        self.words = words
        self.isOpen = isOpen
    }

    /// `ngày 10/01/2025`, `ngày 10 tháng 01 năm 2025`, `dated 10/01/2025`.
    mutating func day() -> Day? {
        guard isOpen else { return nil }
        let start = ["ngay", "dated", "of", "on"].contains(word(0)) ? 1 : 0
        guard let first = at(start) else { return nil }
        if let day = Day(typed: String(first.text)) { return taking(start + 1, day) }
        guard word(start + 1) == "thang", word(start + 3) == "nam", let month = at(start + 2), let year = at(start + 4),
            let day = Day(typed: "\(first.text)/\(month.text)/\(year.text)")
        else { return nil }
        return taking(start + 5, day)
    }

    /// `của Bộ Chính trị`, as far as the clause goes.
    mutating func issuer() -> String {
        guard isOpen, ["cua", "do", "by", "of"].contains(word(0)) || at(0)?.text == "@" else { return "" }
        words = words.dropFirst()
        var told: [String] = []
        for word in words.prefix(16) where word.number == nil {
            told.append(CitationRest.whole(TextFold.fold(String(word.text))))
            if word.ends { break }
        }
        return told.joined(separator: " ")
    }

    private mutating func taking(_ count: Int, _ day: Day) -> Day {
        isOpen = !(at(count - 1)?.ends ?? true)
        words = words.dropFirst(count)
        return day
    }

    private func at(_ offset: Int) -> CitationWord? { words.dropFirst(offset).first }
    private func word(_ offset: Int) -> String { at(offset).map { TextFold.fold(String($0.text)) } ?? "" }

    /// As the registry writes the names of issuers.
    private static func whole(_ word: String) -> String {
        switch word {
        case "ubnd": "uy ban nhan dan"
        case "hdnd": "hoi dong nhan dan"
        case "bcd": "ban chi dao"
        default: word
        }
    }
}
