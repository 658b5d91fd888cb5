/// The number and sign of a document, read by one of five grammars and written in one spelling.
///
/// Decree 30/2020/NĐ-CP for the State, Guide 36-HD/VPTW for the Party. A number alone names nothing: it is unique per
/// issuer, type and series, and numbers from 01 again each year (State) or each term (Party).
public struct DocumentNumber: Sendable, Equatable {
    public enum Grammar: String, CaseIterable, Sendable {
        /// `57-NQ/TW`: number, type, body of the Party.
        case party
        /// `283/KH-UBND`, `30/2020/NĐ-CP`, `193/2025/NQ-QH15`: number, year for legal normative documents, type, body.
        case state
        /// `193/2025/QH15`: number, year, National Assembly or its Standing Committee with its term.
        case legislature
        /// `123/SKHCN-CĐS`: number, body, drafting unit; it bears no type.
        case dispatch
        /// `57/2024`: number and year, as articles write; the document is found by its other names.
        case loose

        public var nameKey: String { "document-number.grammar.\(rawValue)" }

        /// One that is right, to be shown to who typed a wrong one.
        public var example: String {
            switch self {
            case .party: "57-NQ/TW"
            case .state: "283/KH-UBND"
            case .legislature: "193/2025/QH15"
            case .dispatch: "123/SKHCN-CĐS"
            case .loose: "57/2024"
            }
        }
    }

    public let grammar: Grammar
    /// 1 to 999,999.
    public let number: Int
    /// Only where it stands in the number itself; 1945 to 2100.
    public let year: Int?
    /// Nil where the number does not say: for the legislature and for a loose number.
    public let type: DocumentType?
    /// The body's abbreviation in its usual spelling, as `BCĐTW`; empty for a loose number.
    public let issuer: String
    /// Only of a dispatch of the State.
    public let draftingUnit: String?

    public static let numbers = 1...999_999
    public static let years = 1945...2100
    /// Characters of a text that is read at all.
    public static let limit = 60

    /// Reads what was typed or printed, in Vietnamese or transliterated; says what is missing or wrong otherwise.
    public init(parsing text: String) throws(DocumentNumberProblem) {
        self = try DocumentNumberReader(text).read()
    }

    init(
        _ grammar: Grammar, number: Int, year: Int? = nil, type: DocumentType? = nil, issuer: String = "",
        draftingUnit: String? = nil
    ) {
        self.grammar = grammar
        self.number = number
        self.year = year
        self.type = type
        self.issuer = issuer
        self.draftingUnit = draftingUnit
    }

    /// The canonical text: Vietnamese abbreviations, 1 to 9 written 01 to 09.
    public var sign: String {
        let head = number < 10 ? "0\(number)" : "\(number)"
        let dated = year.map { "\(head)/\($0)" } ?? head
        return switch grammar {
        case .party: "\(head)-\(spelling(in: .party))/\(issuer)"
        case .state: "\(dated)/\(spelling(in: .state))-\(issuer)"
        case .legislature: "\(dated)/\(issuer)"
        case .dispatch: "\(head)/\(issuer)-\(draftingUnit ?? "")"
        case .loose: dated
        }
    }

    /// The same for every spelling of one number: for looking it up, never alone for uniqueness, since without their
    /// marks HD and HĐ, DA and ĐA are the same.
    ///
    /// A resolution of the National Assembly is found under its official number also when a text adds the type.
    public var key: String {
        if grammar == .state, year != nil, LegislatureSign(NumberLetters.folded(issuer)) != nil {
            return DocumentNumber(.legislature, number: number, year: year, issuer: issuer).key
        }
        return NumberLetters.folded(sign)
    }

    /// CV is read before a dispatch of the State too, though Decree 30 has no such abbreviation.
    private func spelling(in system: DocumentSystem) -> String {
        type == .dispatch ? "CV" : type?.abbreviation(in: system) ?? ""
    }
}

extension DocumentNumber {
    /// Writes the number of a document that is issued now.
    ///
    /// The grammar follows from the system of the body (told by its abbreviation where that is known, else by
    /// `system`), the type and the year: a year is for legal normative documents only. A dispatch of the State needs
    /// its drafting unit. The result reads back as itself; what cannot be written is refused as when it is read.
    public static func compose(
        type: DocumentType, number: Int, year: Int? = nil, issuer: String, draftingUnit: String? = nil,
        system: DocumentSystem = .state
    ) throws(DocumentNumberProblem) -> DocumentNumber {
        let system = IssuerSign.system(of: issuer) ?? system
        guard numbers.contains(number) else {
            throw DocumentNumberProblem(number < 1 ? .numberZero : .numberLong(digits: 6))
        }
        if system == .state, type.isNormative, year == nil { throw DocumentNumberProblem(.yearMissing, .state) }
        let text: String
        switch (system, type) {
        case (.party, _):
            guard let abbreviation = type.abbreviation(in: .party) else {
                throw DocumentNumberProblem(.unnumbered, .party)
            }
            text = "\(number)-\(abbreviation)/\(issuer)"
        case (.state, .dispatch):
            text = "\(number)/\(issuer)-\(draftingUnit ?? "")"
        case (.state, .law), (.state, .ordinance):
            text = "\(number)/\(year.map { "\($0)/" } ?? "")\(issuer)"
        case (.state, _):
            guard let abbreviation = type.abbreviation(in: .state) else {
                throw DocumentNumberProblem(.unnumbered, .state)
            }
            let body = LegislatureSign(NumberLetters.folded(issuer)) != nil && year != nil
            text = "\(number)/\(year.map { "\($0)/" } ?? "")" + (body ? issuer : "\(abbreviation)-\(issuer)")
        }
        let read = try DocumentNumber(parsing: text)
        return DocumentNumber(
            read.grammar, number: read.number, year: read.year, type: type, issuer: read.issuer,
            draftingUnit: read.draftingUnit)
    }
}
