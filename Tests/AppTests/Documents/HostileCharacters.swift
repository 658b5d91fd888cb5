/// Texts with a character that no number and sign has.
extension HostileFamily {
    static let characters: [HostileFamily] = [
        // Ends of lines, nul and other control characters.
        HostileFamily(
            reason: "character",
            texts: [
                "57-NQ/TW\u{A}", "57-NQ\u{A}/TW", "57-NQ/TW\u{0}", "\u{0}", "57\u{0}-NQ/TW", "57\u{D}\u{A}-NQ/TW",
                "57-NQ/TW\u{7}", "57-NQ/TW\u{1B}", "57-NQ/TW\u{85}", "57-NQ/TW\u{2028}",
            ]),
        // Marks that turn the direction or cannot be seen.
        HostileFamily(
            reason: "character",
            texts: [
                "57-NQ/TW\u{202E}", "\u{202E}57-NQ/TW", "57-NQ\u{200F}/TW", "57\u{200B}-NQ/TW", "\u{FEFF}57-NQ/TW",
                "57-NQ/TW\u{2066}", "57-NQ/TW\u{E0041}", "57-NQ/T\u{AD}W", "57-NQ/T\u{2060}W",
            ]),
        // Pictures.
        HostileFamily(
            reason: "character",
            texts: [
                "57-NQ/TW\u{1F600}", "\u{1F600}", "5\u{FE0F}\u{20E3}7-NQ/TW",
                "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}\u{200D}\u{1F466}-NQ/TW",
            ]),
        // Marks on letters and letters of other scripts.
        HostileFamily(
            reason: "character",
            texts: [
                "57-NQ\u{301}/TW", "57-N\u{338}Q/TW", "5\u{332}7-NQ/TW", "57-NQ/TW\u{20DD}", "57-\u{39D}Q/T\u{416}",
                "57-NQ/中央", "½-NQ/TW", "Ⅴ-NQ/TW", "①-NQ/TW", "²/KH-UBND", "五七-NQ/TW", "57-QỐ/TW", "57-ñq/TW",
                "57-NQ/TẾ", "57-Żq/TW", "१/KH-उपर", "57-NQ/ትW", "\u{D7FF}57-NQ/TW", "57-ŁQ/TW",
                "57-K\u{41D}\u{416}/BCDTW",
            ]),
        // Commands, paths and markup.
        HostileFamily(
            reason: "character",
            texts: [
                "57-NQ/TW'; DROP TABLE unit;--", "57' OR '1'='1", "57-NQ/TW\"", "57-NQ/TW;", "1;DELETE FROM document",
                "57-NQ/TW<script>", "<b>57-NQ/TW</b>", "57-NQ/TW%00", "57%2FKH-UBND", "57_NQ_TW", "57\\NQ-TW",
                "C:\\57-NQ/TW", "57-NQ/TW?x=1", "57-NQ/TW#1", "57-NQ/TW*", "%s%s%n", "${jndi:ldap}", "{{7*7}}",
                "=57-NQ/TW", "@57-NQ/TW", "+57-NQ/TW", "57,5-NQ/TW", "57-NQ,TW", "(57-NQ/TW)", "[57-NQ/TW]",
                "57-NQ/TW)", "57:NQ/TW", "57|NQ|TW", "57~NQ/TW", "57`id`-NQ/TW", "$(id)",
            ]),
    ]

    /// Too long, also where few characters are made of many marks.
    static let long = HostileFamily(
        reason: "long",
        texts: [
            "57-NQ/" + String(repeating: "T", count: 60), String(repeating: "5", count: 61),
            String(repeating: "A", count: 100), String(repeating: "57-NQ/TW", count: 9),
            String(repeating: "/", count: 61), String(repeating: "-", count: 200), String(repeating: " ", count: 61),
            String(repeating: "\u{301}", count: 300), String(repeating: "5\u{301}", count: 100),
            String(repeating: "\u{1F600}", count: 100), String(repeating: "Đ", count: 61),
            "e" + String(repeating: "\u{323}", count: 5_000), "57-NQ/TW" + String(repeating: " ", count: 60),
            String(repeating: "9", count: 100_000),
        ])
}
