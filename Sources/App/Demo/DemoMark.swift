/// How far a statement of the demonstration can be trusted, and where it was read.
struct DemoMark: Decodable, Sendable, Equatable {
    enum Certainty: String, Decodable, Sendable, CaseIterable {
        /// Read at the address in `source`.
        case sourced
        /// Stated by an article of `Resources/articles`, with its words.
        case article
        /// General knowledge that nobody has checked.
        case general
        /// Made up for the demonstration.
        case sample
    }

    let certainty: Certainty
    let source: String?
    let article: String?
    let quote: String?
    let note: String?

    /// For the record's source: an address, the name of an article, or that nobody vouches for it.
    var place: String {
        switch certainty {
        case .sourced: source ?? ""
        case .article: article.map { DemoMark.articles[$0] ?? $0 } ?? ""
        case .general: DemoMark.unverified
        case .sample: DemoMark.madeUp
        }
    }

    /// The words of the article; empty unless there is one.
    var words: String { certainty == .article ? quote ?? "" : "" }

    /// Behind a text that the product shows: where it was read, in which words.
    var footnote: String {
        let remark = note.map { " (\($0))" } ?? ""
        switch certainty {
        case .sourced, .article:
            return "Nguồn: " + place + (words.isEmpty ? "" : ", \(DemoMark.verbatim(article)): “\(words)”") + remark
        case .general, .sample: return place + remark
        }
    }

    /// That the words are unchanged, and in which language: no article is there in another one.
    private static func verbatim(_ article: String?) -> String {
        let tag = article?.split(separator: ".").dropLast().last ?? ""
        return "trích nguyên văn" + (languages[String(tag)].map { " tiếng \($0)" } ?? "")
    }

    private static let languages = ["ru": "Nga", "pl": "Ba Lan", "hi": "Hin-đi", "ar": "Ả Rập"]

    /// What readers know an article by, with the language of the translation that the quote is from;
    /// `Resources/articles/CREDITS.md` says the same at length.
    static let articles = [
        "central-2025-03-04.ru.txt": "Báo Quốc Tế, 5/3/2025 (bản dịch tiếng Nga, central-2025-03-04.ru.txt)",
        "gia-lai-2025-08-05.ru.txt": "gialai.gov.vn, 8/2025 (bản dịch tiếng Nga, gia-lai-2025-08-05.ru.txt)",
        "ha-giang-2025-04-25.pl.txt": "baohagiang.vn, 25/4/2025 (bản dịch tiếng Ba Lan, ha-giang-2025-04-25.pl.txt)",
        "ha-giang-tv-2025-04-25.hi.txt": "hagiangtv.vn, 4/2025 (bản dịch tiếng Hin-đi, ha-giang-tv-2025-04-25.hi.txt)",
        "tay-ninh-2025-08-27.ar.txt": "tayninh.gov.vn, 8/2025 (bản dịch tiếng Ả Rập, tay-ninh-2025-08-27.ar.txt)",
    ]

    static let unverified = "Hiểu biết chung, chưa kiểm chứng"
    static let madeUp = "Dữ liệu minh họa"
}
