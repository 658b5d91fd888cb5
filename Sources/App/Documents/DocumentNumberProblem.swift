/// Why a text is not a number and sign: the grammar it was read by, what is missing or wrong, and how to write it.
public struct DocumentNumberProblem: Error, Sendable, Equatable {
    /// Nil when too little was there to tell.
    public let grammar: DocumentNumber.Grammar?
    public let reason: Reason

    public enum Reason: Sendable, Equatable {
        case empty
        case long(limit: Int)
        /// A character that has no place in a number, as `U+202E`.
        case character(String)
        case numberMissing
        case numberZero
        case numberLong(digits: Int)
        /// Something other than `-` or `/` follows the number.
        case numberEnd(String)
        case onlyNumber
        case yearMissing
        case yearRange(String)
        case typeMissing
        case typeUnknown(String)
        /// A type of the State under a Party number, or the other way round.
        case typeOfOther(String)
        case issuerMissing
        case issuerShape(String)
        case termMissing(String)
        case draftingUnitMissing
        case draftingUnitShape(String)
        /// The parts are there, with the signs between them of the other system; the right spelling is given.
        case order(wanted: String)
        case blank(String)
        case parts
        /// A type that bears no number, or one that this body cannot issue.
        case unnumbered
    }

    init(_ reason: Reason, _ grammar: DocumentNumber.Grammar? = nil) {
        self.reason = reason
        self.grammar = grammar
    }

    /// What to say to the person.
    public var message: Message {
        var gaps: [String: Message.Argument] = [
            // Before it is told whose number this is meant to be, both ways of writing are shown.
            "example": .text(
                grammar?.example ?? [DocumentNumber.Grammar.state, .party].map(\.example).joined(separator: " / ")),
            "grammar": .key(grammar?.nameKey ?? "document-number.grammar.unknown"),
        ]
        gaps.merge(arguments) { _, own in own }
        return Message("document-number.error.\(key)", gaps)
    }

    private var key: String {
        switch reason {
        case .empty: "empty"
        case .long: "long"
        case .character: "character"
        case .numberMissing: "number_missing"
        case .numberZero: "number_zero"
        case .numberLong: "number_long"
        case .numberEnd: "number_end"
        case .onlyNumber: "only_number"
        case .yearMissing: "year_missing"
        case .yearRange: "year_range"
        case .typeMissing: "type_missing"
        case .typeUnknown: "type_unknown"
        case .typeOfOther: "type_of_other"
        case .issuerMissing: "issuer_missing"
        case .issuerShape: "issuer_shape"
        case .termMissing: "term_missing"
        case .draftingUnitMissing: "drafting_unit_missing"
        case .draftingUnitShape: "drafting_unit_shape"
        case .order: "order"
        case .blank: "blank"
        case .parts: "parts"
        case .unnumbered: "unnumbered"
        }
    }

    private var arguments: [String: Message.Argument] {
        switch reason {
        case .long(let limit): ["limit": .number(limit)]
        case .numberLong(let digits): ["digits": .number(digits)]
        case .order(let wanted): ["wanted": .text(wanted)]
        case .character(let typed), .numberEnd(let typed), .yearRange(let typed), .typeUnknown(let typed),
            .typeOfOther(let typed), .issuerShape(let typed), .termMissing(let typed), .draftingUnitShape(let typed),
            .blank(let typed):
            ["typed": .text(typed), "from": .text("1945"), "to": .text("2100")]
        default: [:]
        }
    }
}
