extension Period {
    /// Reads what a person types or copies from a plan: `2026-09`, `9/2026`, `tháng 9 năm 2026`, `2026Q3`, `Q3/2026`,
    /// `quý III/2026`, `6 tháng đầu năm 2026`, `9 tháng năm 2026`, `năm 2026`, `2026`, `first half of 2026`,
    /// `9 months of 2026`.
    public init?(typed text: String) {
        if let period = Period(parsing: text.filter { !$0.isWhitespace }.uppercased()) {
            self = period
            return
        }
        // Longer than any way to write it.
        guard text.utf8.count <= 60 else { return nil }
        let words = TextFold.words(text).filter { !Period.mute.contains($0) }
        guard let found = Period.read(words) else { return nil }
        self = found
    }

    /// What adds nothing to a period.
    private static let mute: Set<String> = ["nam", "trong", "het", "of"]

    private static func read(_ words: [String]) -> Period? {
        // Year first, as `2026/9`.
        if words.count == 2, let year = year(words[0]) { return inYear(year, [words[1]]) }
        guard let last = words.last, let year = year(last) else { return nil }
        return inYear(year, Array(words.dropLast()))
    }

    /// `words`: what is left beside the year.
    private static func inYear(_ year: Int, _ words: [String]) -> Period? {
        switch words.count {
        case 0: Period(.year, of: year)
        case 1: month(words[0], year) ?? quarter(words[0], year)
        case 2: pair(words[0], words[1], year)
        case 3 where words[0] == "6" && words[1] == "thang": half(words[2], year)
        case 3 where words == ["9", "thang", "dau"]: Period(.nineMonths, of: year)
        default: nil
        }
    }

    private static func pair(_ first: String, _ second: String, _ year: Int) -> Period? {
        switch (first, second) {
        case ("thang", _): month(second, year)
        case ("quy", _), ("q", _), ("quarter", _): Period(.quarter, ordinals[second] ?? 0, of: year)
        case ("9", "thang"), ("9", "months"): Period(.nineMonths, of: year)
        case ("first", "half"): Period(.half, 1, of: year)
        case ("second", "half"): Period(.half, 2, of: year)
        default: nil
        }
    }

    private static func month(_ word: String, _ year: Int) -> Period? {
        word.utf8.count <= 2 && isWhole(word) ? Period(.month, Int(word) ?? 0, of: year) : nil
    }

    /// `q3`, `quy3`.
    private static func quarter(_ word: String, _ year: Int) -> Period? {
        for mark in ["quy", "q"] where word.hasPrefix(mark) {
            return Period(.quarter, ordinals[String(word.dropFirst(mark.count))] ?? 0, of: year)
        }
        return nil
    }

    private static func half(_ word: String, _ year: Int) -> Period? {
        switch word {
        case "dau": Period(.half, 1, of: year)
        case "cuoi": Period(.half, 2, of: year)
        default: nil
        }
    }

    private static func year(_ word: String) -> Int? { word.utf8.count == 4 && isWhole(word) ? Int(word) : nil }

    private static func isWhole(_ word: String) -> Bool { word.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } }

    private static let ordinals = ["1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4]
}
