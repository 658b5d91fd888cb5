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
        case .article: article ?? ""
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
        case .sourced, .article: return "Nguồn: " + place + (words.isEmpty ? "" : " “\(words)”") + remark
        case .general, .sample: return place + remark
        }
    }

    static let unverified = "Hiểu biết chung, chưa kiểm chứng"
    static let madeUp = "Dữ liệu minh họa"
}
