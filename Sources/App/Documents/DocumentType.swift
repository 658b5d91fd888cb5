/// Whose rules a document follows: Decree 30/2020/NĐ-CP for the State, Guide 36-HD/VPTW for the Party.
public enum DocumentSystem: String, CaseIterable, Sendable {
    case state, party
}

/// What a document is. The raw value is the word in the database, in URLs, in CSV and in message keys
/// (`document-type.resolution`).
public enum DocumentType: String, CaseIterable, Sendable {
    case resolution, decision, directive, conclusion, regulation, provision
    case partyCircular = "party-circular"
    case communique, notice, guidance, programme, plan, options, scheme, project, report, minutes, submission
    case contract, telegram, memorandum, agreement
    case powerOfAttorney = "power-of-attorney"
    case invitation, introduction, leave
    case sendingSlip = "sending-slip"
    case transferSlip = "transfer-slip"
    case notificationSlip = "notification-slip"
    /// Công văn: the letter between offices. The State writes no abbreviation for it, the Party writes CV.
    case dispatch
    /// Thư công: it bears no number at all.
    case letter
    // Legal normative documents, which stand outside Decree 30.
    case law, ordinance, order, decree, circular
    case jointCircular = "joint-circular"
    case jointResolution = "joint-resolution"

    /// As it is written in a number and sign; nil when that system has no such type or writes none.
    ///
    /// State: Decree 30/2020/NĐ-CP, Appendix III. Party: Guide 36-HD/VPTW. One word may differ between the two
    /// (*quy định*: QyĐ and QĐi), and one abbreviation may mean two things (TT: *thông tư* and *thông tri*).
    public func abbreviation(in system: DocumentSystem) -> String? {
        switch system {
        case .state: stateAbbreviation
        case .party: partyAbbreviation
        }
    }

    /// The abbreviation of the State, or of the Party where the State has none.
    public var abbreviation: String? { stateAbbreviation ?? partyAbbreviation }

    public func isUsed(by system: DocumentSystem) -> Bool {
        switch self {
        case .law, .ordinance, .letter: system == .state
        case .dispatch: true
        default: abbreviation(in: system) != nil
        }
    }

    /// Numbered within a calendar year together with its year (`30/2020/NĐ-CP`), whatever else is issued that year.
    public var isNormative: Bool {
        switch self {
        case .law, .ordinance, .decree, .circular, .jointCircular, .jointResolution: true
        default: false
        }
    }

    /// The key of its name in the catalogue.
    public var nameKey: String { "document-type.\(rawValue)" }

    private var stateAbbreviation: String? {
        switch self {
        case .resolution: "NQ"
        case .decision: "QĐ"
        case .directive: "CT"
        // A conclusion of an inspection.
        case .conclusion: "KL"
        case .regulation: "QC"
        case .provision: "QyĐ"
        case .communique: "TC"
        case .notice: "TB"
        case .guidance: "HD"
        case .programme: "CTr"
        case .plan: "KH"
        case .options: "PA"
        case .scheme: "ĐA"
        case .project: "DA"
        case .report: "BC"
        case .minutes: "BB"
        case .submission: "TTr"
        case .contract: "HĐ"
        case .telegram: "CĐ"
        case .memorandum: "BGN"
        case .agreement: "BTT"
        case .powerOfAttorney: "GUQ"
        case .invitation: "GM"
        case .introduction: "GGT"
        case .leave: "GNP"
        case .sendingSlip: "PG"
        case .transferSlip: "PC"
        case .notificationSlip: "PB"
        case .order: "L"
        case .decree: "NĐ"
        case .circular: "TT"
        case .jointCircular: "TTLT"
        case .jointResolution: "NQLT"
        case .partyCircular, .dispatch, .letter, .law, .ordinance: nil
        }
    }

    private var partyAbbreviation: String? {
        switch self {
        case .resolution: "NQ"
        case .decision: "QĐ"
        case .directive: "CT"
        case .conclusion: "KL"
        case .regulation: "QC"
        case .provision: "QĐi"
        case .partyCircular: "TT"
        case .communique: "TC"
        case .notice: "TB"
        case .guidance: "HD"
        case .programme: "CTr"
        case .plan: "KH"
        case .options: "PA"
        case .scheme: "ĐA"
        case .project: "DA"
        case .report: "BC"
        case .minutes: "BB"
        case .submission: "TTr"
        case .invitation: "GM"
        case .dispatch: "CV"
        default: nil
        }
    }
}

extension DocumentType {
    /// Reads an abbreviation: the exact spelling first, so that HD stays *hướng dẫn* and HĐ *hợp đồng*; then without
    /// regard to case and to Đ or D, as transliterated texts write it (`204-QD/TW`).
    public init?(abbreviation typed: String, in system: DocumentSystem) {
        let upper = typed.uppercased()
        let exact = Self.allCases.first { $0.spelling(in: system)?.uppercased() == upper }
        let folded = NumberLetters.folded(typed)
        // A D may stand for Đ; a Đ that was written is meant.
        let isPlain = folded == typed.lowercased()
        let found =
            exact ?? Self.allCases.first { isPlain && $0.spelling(in: system).map(NumberLetters.folded) == folded }
        guard let found else { return nil }
        self = found
    }

    /// Also the CV that offices of the State write before a dispatch against Decree 30: read, never written.
    private func spelling(in system: DocumentSystem) -> String? {
        self == .dispatch ? "CV" : abbreviation(in: system)
    }
}
