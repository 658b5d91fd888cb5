/// The abbreviation of an issuing body at the end of a number and sign: `TW`, `UBND`, `QH15`.
///
/// Any abbreviation of the right shape is accepted; of those that are known the usual spelling and the system are
/// told too, so that `02-KH/BCDTW` becomes `02-KH/BCĐTW` and `57/NQ-TW` is seen to be in the wrong order.
public enum IssuerSign {
    /// Longest abbreviation that is read.
    static let limit = 30

    /// As it is usually written. An unknown one in lower case is written in upper case, otherwise as it came.
    static func canonical(_ typed: String) -> String {
        let parts = typed.split(separator: "-", omittingEmptySubsequences: false).map { part -> String in
            spelled(String(part))
        }
        let joined = parts.joined(separator: "-")
        return joined == joined.lowercased() ? joined.uppercased() : joined
    }

    private static func spelled(_ part: String) -> String {
        let upper = part.uppercased()
        if upper.hasSuffix("TƯ") { return spelled(String(part.dropLast(2)) + "TW") }
        let folded = NumberLetters.folded(part)
        if let known = spellings[folded] { return known }
        for (start, known) in beginnings where folded.hasPrefix(start) {
            return known + part.dropFirst(start.count).uppercased()
        }
        return part
    }

    /// The system whose grammar the body uses; nil when it is not known or uses both, as a steering committee does.
    public static func system(of issuer: String) -> DocumentSystem? {
        let folded = NumberLetters.folded(canonical(issuer))
        if party.contains(folded) { return .party }
        if state.contains(folded) { return .state }
        return LegislatureSign(folded) != nil ? .state : nil
    }

    private static let spellings: [String: String] = {
        let known = [
            "TW", "VPTW", "BCĐTW", "TU", "VPTU", "BCĐTU", "ĐU", "ĐUK", "HU", "BCĐ", "UBND", "HĐND", "VPCP", "CP", "TTg",
            "TCTTTg", "BGDĐT", "BVHTTDL", "CTN", "TANDTC", "VKSNDTC", "KTNN", "TTCP", "CĐS", "KSTT", "ĐMST",
        ]
        return Dictionary(known.map { (NumberLetters.folded($0), $0) }) { first, _ in first }
    }()

    private static let beginnings = [("bcd", "BCĐ"), ("hdnd", "HĐND"), ("ubnd", "UBND"), ("ubtvqh", "UBTVQH")]

    private static let party: Set<String> = [
        "tw", "vptw", "bcdtw", "btctw", "btgtw", "btgdvtw", "bdvtw", "bnctw", "ubkttw", "tu", "vptu", "bcdtu", "btctu",
        "btgtu", "btgdvtu", "bdvtu", "bnctu", "ubkttu", "du", "duk", "hu",
    ]

    private static let state: Set<String> = [
        "ubnd", "hdnd", "vpcp", "cp", "ttg", "tctttg", "ctn", "tandtc", "vksndtc", "ktnn", "ttcp", "bkhcn", "btc",
        "bnv", "bca", "bqp", "bng", "btp", "bgddt", "byt", "bxd", "bct", "bnnmt", "bvhttdl", "btttt", "bkhdt", "skhcn",
        "stc", "snv", "stttt", "skhdt", "sgddt", "syt", "sxd", "sct", "snnmt", "stp",
    ]
}

/// `QH15`, `UBTVQH15`: the National Assembly or its Standing Committee, with the number of its term.
struct LegislatureSign {
    let term: Int?

    /// Of a folded sign; nil when it is not of the legislature. The term is nil when it is missing or not 1 to 99.
    init?(_ folded: String) {
        let digits: Substring
        if folded.hasPrefix("qh") {
            digits = folded.dropFirst(2)
        } else if folded.hasPrefix("ubtvqh") {
            digits = folded.dropFirst(6)
        } else {
            return nil
        }
        guard digits.allSatisfy({ ("0"..."9").contains($0) }) else { return nil }
        term = digits.utf8.count <= 2 ? Int(digits).flatMap { (1...99).contains($0) ? $0 : nil } : nil
    }
}
