import Foundation

/// The papers of the demonstration as `Resources/demo/documents.json` tells them: the cascade of Resolution 57, what must
/// be issued below it and by whom, and the documents that are still missing.
struct DemoDocuments: Decodable, Sendable {
    let documents: [Paper]
    let requirements: [Requirement]
    let gaps: [Gap]

    /// An issued document, or a draft: then `drafted` stands for `date`, and there is no sign.
    struct Paper: Decodable, Sendable {
        let key: String
        let sign: String?
        let type: String
        let issuer: String
        let date: String?
        let drafted: String?
        let title: String
        let en: String
        /// Of the Party's papers: the term in which the number counts.
        let term: Int?
        /// How the issuer of a draft will abbreviate itself.
        let issuerSign: String?
        let status: String?
        let signer: Signer?
        let secrecy: String
        let effect: Effect?
        let aliases: [String]?
        let links: [Link]?
        let recipients: [String]?
        let paragraphs: [Paragraph]?
        let opinions: [Opinion]?
        let statements: [DemoMark]?
        /// Fields that this file made up about a document that exists.
        let madeUp: [String]?
        let unverified: [String]?
        /// Who keeps a classified paper.
        let holder: String?
        let mark: DemoMark

        var isDraft: Bool { status == "draft" }
        var isSecret: Bool { secrecy == "state-secret" }
        /// The day of issue, or of the draft.
        var day: String { date ?? drafted ?? "" }
        /// Drafts come after what they rest on.
        var rank: Int { isDraft ? 1 : 0 }

        enum CodingKeys: String, CodingKey {
            case key, sign, type, issuer, date, drafted, title, en, term, status, signer, secrecy, effect, aliases
            case links, recipients, paragraphs, opinions, statements, unverified, holder, mark
            case madeUp = "made_up"
            case issuerSign = "issuer_sign"
        }

        /// Where it was read and in which words: also the first article that names what was read elsewhere.
        var origin: (source: String, quote: String) {
            let article = mark.certainty == .sourced ? statements?.first { $0.certainty == .article } : nil
            let place = [mark.place, article?.place].compactMap { $0 }.joined(separator: "; ")
            return (place + reservations, article?.words ?? mark.words)
        }

        /// Which fields are made up or unverified, to stand behind the source.
        private var reservations: String {
            func said(_ fields: [String]?, _ word: String) -> String {
                guard let fields, !fields.isEmpty else { return "" }
                return "; " + fields.map { Paper.names[$0] ?? $0 }.joined(separator: ", ") + ": " + word
            }
            return said(madeUp, "minh họa") + said(unverified, "chưa kiểm chứng")
        }

        private static let names = [
            "sign": "số, ký hiệu", "date": "ngày ban hành", "drafted": "ngày soạn thảo", "issuer": "cơ quan ban hành",
            "title": "trích yếu",
        ]
    }

    struct Signer: Decodable, Sendable {
        let title: String
        let capacity: String?
        let mark: DemoMark
    }

    struct Effect: Decodable, Sendable {
        let from: String
        let to: String?
    }

    struct Link: Decodable, Sendable {
        let kind: String
        let to: String
        let mark: DemoMark?
    }

    struct Paragraph: Decodable, Sendable {
        let number: String
        let text: String
        let en: String
        let mark: DemoMark
    }

    struct Opinion: Decodable, Sendable {
        /// A title, never a name.
        let by: String
        /// Where that office is.
        let unit: String
        let day: String
        let text: String
        let en: String
        let mark: DemoMark
        let outcome: String?
        let answer: String?
    }

    /// Who must issue what by when, who has and who has not.
    struct Requirement: Decodable, Sendable {
        let key: String
        let text: String
        let en: String
        /// In whose name it is asked.
        let owner: String
        let basis: String
        let paragraph: String?
        let type: String
        let units: Units
        let due: String
        let mark: DemoMark
        let note: String
        /// With a gap `{number}`.
        let sign: String?
        /// With a gap `{unit}`.
        let title: String
        let issuer: Body?
        let term: Int?
        let links: [Link]
        /// The requirement whose document of the same unit this one concretises.
        let concretises: String?
        let issued: [Issue]
        let missing: [String]

        struct Units: Decodable, Sendable {
            let below: String?
            let level: String?
            let list: [String]?
        }

        /// The body of the unit that issues.
        struct Body: Decodable, Sendable {
            let kind: String
            let name: String
        }

        struct Issue: Decodable, Sendable {
            let unit: String
            /// A paper of this file; otherwise the number and the day of one made from the templates.
            let document: String?
            let number: Int?
            let sign: String?
            let date: String?
            /// Why a paper of another type is taken for what was asked.
            let byHand: String?

            enum CodingKeys: String, CodingKey {
                case unit, document, number, sign, date
                case byHand = "by_hand"
            }
        }
    }

    /// A document that is still missing, and what waits for it.
    struct Gap: Decodable, Sendable {
        let key: String
        let text: String
        let en: String
        /// Of the document that is wanted.
        let type: String
        let owner: String
        let due: String
        let dueText: String?
        let basis: String
        let paragraph: String?
        let blocks: [Block]
        let draft: String?
        let closedBy: String?
        let mark: DemoMark

        struct Block: Decodable, Sendable {
            let text: String
            let en: String
            let units: [String]?
            let documents: [String]?
        }

        enum CodingKeys: String, CodingKey {
            case key, text, en, type, owner, due, basis, paragraph, blocks, draft, mark
            case dueText = "due_text"
            case closedBy = "closed_by"
        }
    }

    static func load(from resources: URL) throws(StartError) -> DemoDocuments {
        try DemoWorld.decode("documents.json", from: resources)
    }
}
