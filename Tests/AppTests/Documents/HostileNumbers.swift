import Testing

/// Texts that are no number and sign, by what is wrong with them: the last part of the message's key.
struct HostileFamily: Sendable, CustomTestStringConvertible {
    let reason: String
    let texts: [String]
    var testDescription: String { reason }
}

extension HostileFamily {
    static let all = shapes + characters + [long]

    static let shapes: [HostileFamily] = [
        // Nothing but blanks.
        HostileFamily(
            reason: "empty",
            texts: [
                "", " ", "\u{9}", "\u{A0}", "\u{3000}", "   \u{2009} ",
            ]),
        // A number without a sign.
        HostileFamily(
            reason: "only_number",
            texts: [
                "57", "\u{2116} 57", "Số: 57", "nr 57", "999999", "01", "No. 6", "स\u{902}ख\u{94D}य\u{93E} ५७", "٥٧",
                "５７",
            ]),
        // No number at the beginning.
        HostileFamily(
            reason: "number_missing",
            texts: [
                "NQ-57/TW", "NQ/TW", "NQ-TW", "-57-NQ/TW", "/KH-UBND", "TW/57-NQ", "Nghiquyet", "-", "/", "--", "//",
                "///", "-/-", ".", "&", "..", "../..", "UBND", "KH-UBND/283", "QH15/2025/193", "TTg", "/etc/passwd",
                "../", "./57-NQ/TW", "-1-NQ/TW", "&57-NQ/TW",
            ]),
        // Zero.
        HostileFamily(
            reason: "number_zero",
            texts: [
                "0", "00", "000000", "0-NQ/TW", "00-NQ/TW", "0/KH-UBND", "000/2025/QH15", "0/2024", "0/SKHCN-CĐS",
                "Số: 0/KH-UBND", "0x39-NQ/TW",
            ]),
        // More than six digits.
        HostileFamily(
            reason: "number_long",
            texts: [
                "1000000-NQ/TW", "0000001-NQ/TW", "1234567/KH-UBND", "99999999999999999999/KH-UBND",
                "9223372036854775808-NQ/TW", "18446744073709551616/2025/QH15", "20250101000000/KH-UBND",
                "000000000000057-NQ/TW", "111111111111111111111111111111111111111111111111111111111111",
                "4294967296/2024",
            ]),
        // Something glued to the number.
        HostileFamily(
            reason: "number_end",
            texts: [
                "57NQ/TW", "57a-NQ/TW", "12A/KH-UBND", "12bis/KH-UBND", "57.NQ/TW", "57&NQ/TW", "1e9/KH-UBND",
                "57.0-NQ/TW", "1.000/KH-UBND", "57QĐ-TW",
            ]),
        // Blanks inside.
        HostileFamily(
            reason: "blank",
            texts: [
                "57 NQ/TW", "5 7-NQ/TW", "57-N Q/TW", "57-NQ/T W", "57 - NQ / T W", "283/KH-UB ND", "57\u{A0}NQ/TW",
                "57 8", "123/SKHCN-C ĐS", "193/20 25/QH15", "57-NQ/TW 57-NQ/TW",
            ]),
        // No type.
        HostileFamily(
            reason: "type_missing",
            texts: [
                "57-", "57-/TW", "57-/", "57/", "57//", "57//NQ-TW", "283/-UBND", "283/-", "30/2020/", "30/2020/-CP",
                "30/2020/CP", "57/2024/", "12/2025/UBND",
            ]),
        // No such type.
        HostileFamily(
            reason: "type_unknown",
            texts: [
                "57-XX/TW", "57-NQQ/TW", "57-N/TW", "57-57/TW", "57-NQ1/TW", "57-N.Q/TW", "57-TW", "57-TW-NQ",
                "57-2024", "57-2024/TW", "57-TW/NQ", "30/2020/XX-CP", "30/2020/CP-NĐ", "283/XX-UBND", "12/GP-UBND",
                "12/ABC-TTg", "12/QQ-QH15", "12/2025/ABC-XYZ", "57-ĐĐ/TW", "57--NQ/TW",
            ]),
        // A type of the other system.
        HostileFamily(
            reason: "type_of_other",
            texts: [
                "57-NĐ/TW", "30-NĐ/CP", "12-HĐ/TU", "12-CĐ/TU", "12-BGN/TU", "05-TTLT/TW", "05-QyĐ/TW", "12/QĐi-UBND",
                "12/QDI-TU", "12-PC/TU", "12-GNP/ĐU", "7-L/CTN",
            ]),
        // No issuing body.
        HostileFamily(
            reason: "issuer_missing",
            texts: [
                "57-NQ", "57-NQ/", "57-NQ-", "283/KH", "283/KH-", "30/2020/NĐ", "30/2020/NĐ-", "15662-CV", "204-QD/",
                "10-CTr/", "8-qc", "01-kh",
            ]),
        // What cannot be a body.
        HostileFamily(
            reason: "issuer_shape",
            texts: [
                "57-NQ/T", "57-NQ/5", "57-NQ/57", "57-NQ/-TW", "57-NQ/TW-", "57-NQ/T--W", "57-NQ/.TW", "57-NQ/TW.",
                "57-NQ/&", "57-NQ/..", "283/KH-1UBND", "283/KH-U", "283/KH--UBND", "283/KH-UBND-", "283/KH-UBND.",
                "57-NQ/TTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT", "283/KH-UBNDUBNDUBNDUBNDUBNDUBNDUBNDUBND", "12/5A", "12/A",
                "12/A-B", "05/03/2025", "04/03/2025",
            ]),
        // A legislature without its term.
        HostileFamily(
            reason: "term_missing",
            texts: [
                "193/2025/QH", "193/2025/QH0", "193/2025/QH00", "193/2025/QH100", "193/2025/UBTVQH",
                "193/2025/UBTVQH999", "193/2025/NQ-QH", "193/NQ-QH0", "57-NQ/QH",
            ]),
        // A legislature without the year.
        HostileFamily(
            reason: "year_missing",
            texts: [
                "193/QH15", "193/UBTVQH15", "1/QH1", "2025/QH15",
            ]),
        // A year out of range.
        HostileFamily(
            reason: "year_range",
            texts: [
                "57/1944", "57/2101", "57/0000", "57/0001", "57/9999", "57/24", "57/20240", "57/202", "57/1",
                "30/20/NĐ-CP", "30/1944/NĐ-CP", "30/2101/NĐ-CP", "30/99999/NĐ-CP", "193/1900/QH15", "193/25/QH15",
                "193/99999999999999999999/QH15", "57/99999999999999999999", "05/06", "13/16",
            ]),
        // A dispatch without drafting unit.
        HostileFamily(
            reason: "drafting_unit_missing",
            texts: [
                "45/UBND", "123/SKHCN", "123/SKHCN-", "5/STC", "12/ABC",
            ]),
        // What cannot be a drafting unit.
        HostileFamily(
            reason: "drafting_unit_shape",
            texts: [
                "123/SKHCN-1", "123/SKHCN-C", "123/SKHCN--CĐS", "123/SKHCN-CĐS-", "123/SKHCN-.CĐS",
                "5/STC-NNNNNNNNNNNNNNNNNNNNNNNNNNNNNNN", "123/SKHCN-&",
            ]),
        // Signs out of order.
        HostileFamily(
            reason: "order",
            texts: [
                "57/NQ-TW", "57/NQ/TW", "57-NQ-TW", "283-KH/UBND", "283-KH-UBND", "283/KH/UBND", "02/KH-BCĐTW",
                "10/CTr-TU", "71-NQ/CP", "06-QĐ/TTg", "15662/CV-VPTW", "123/VPTW-TH", "06/QĐ/TTg", "01-kh-bcdtw",
                "36-hd-vptw", "193-NQ/QH15",
            ]),
        // Too many parts.
        HostileFamily(
            reason: "parts",
            texts: [
                "57-NQ/TW/2024", "57-NQ/TW/", "57-NQ/TW/TW", "57-NQ//TW", "57-NQ/TU/BCĐ/X", "283/KH/UBND/X",
                "30/2020/NĐ/CP", "30/2020/2021/NĐ-CP", "57/2024/2025/2026", "193/2025/QH15/", "193/2025/NQ-QH15/1",
                "57/NQ-TW/..", "283/../KH-UBND", "05/03/2025/", "57/a/b/c/d/e/f",
            ]),
    ]
}
