import Foundation

/// The characters of a number and sign, however they were typed: what looks alike becomes one character, and what has
/// no place in a number is named.
enum NumberLetters {
    /// Lower case, no Vietnamese letters: `QĐ` and `qd` are the same.
    static func folded(_ text: String) -> String {
        String(
            text.lowercased().map { character -> Character in
                switch character {
                case "đ": "d"
                case "ă", "â": "a"
                case "ê": "e"
                case "ô", "ơ": "o"
                case "ư": "u"
                default: character
                }
            })
    }

    /// Letters of the Latin alphabet and the seven of Vietnamese, digits, `-`, `/`, `.`, `&`; blanks beside `-` and `/`
    /// and at the ends are gone, one blank stands for those that remain.
    ///
    /// Full-width forms, every dash and slash, the digits of Arabic and of Devanagari, Cyrillic and Greek letters that
    /// look Latin, and the Icelandic Ð that old fonts print for Đ are read as what they stand for.
    static func plain(_ text: String) throws(DocumentNumberProblem) -> String {
        var plain = ""
        var isBlankPending = false
        for scalar in text.precomposedStringWithCanonicalMapping.unicodeScalars {
            if isBlank(scalar) {
                isBlankPending = true
                continue
            }
            guard let known = known(scalar) else { throw DocumentNumberProblem(.character(name(scalar))) }
            let isBeside = isSeparator(known) || plain.last.map(isSeparator) ?? true
            if isBlankPending, !isBeside { plain.append(" ") }
            isBlankPending = false
            plain.append(known)
        }
        return plain
    }

    static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
    static func isLetter(_ character: Character) -> Bool {
        ("a"..."z").contains(character) || ("A"..."Z").contains(character) || vietnamese.contains(character)
    }

    private static func isSeparator(_ character: Character) -> Bool { character == "-" || character == "/" }

    /// Not the ends of lines: a number stands on one line.
    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\t" || scalar.properties.generalCategory == .spaceSeparator
    }

    private static func known(_ scalar: Unicode.Scalar) -> Character? {
        let character = Character(scalar)
        if isLetter(character) || isDigit(character) || "-/.&".contains(character) { return character }
        return alike[scalar] ?? narrow(scalar) ?? digit(scalar)
    }

    /// Full-width forms lie at a fixed distance from ASCII.
    private static func narrow(_ scalar: Unicode.Scalar) -> Character? {
        guard (0xFF01...0xFF5E).contains(scalar.value), let plain = Unicode.Scalar(scalar.value - 0xFEE0) else {
            return nil
        }
        let character = Character(plain)
        return isLetter(character) || isDigit(character) || "-/.&".contains(character) ? character : nil
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Character? {
        for zero: UInt32 in [0x0660, 0x06F0, 0x0966] where (zero...zero + 9).contains(scalar.value) {
            return Unicode.Scalar(0x30 + scalar.value - zero).map(Character.init)
        }
        return nil
    }

    private static let vietnamese: Set<Character> = Set("ĐđĂăÂâÊêÔôƠơƯư")

    private static let alike: [Unicode.Scalar: Character] = {
        let pairs: [(String, String)] = [
            ("\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}\u{FE58}\u{FE63}", "---------"),
            ("\u{2044}\u{2215}\u{29F8}", "///"),
            ("\u{D0}\u{F0}\u{189}\u{256}", "ĐđĐđ"),
            // Cyrillic
            ("АВЕКМНОРСТУХІЈЅ", "ABEKMHOPCTYXIJS"), ("аеорсухіјѕ", "aeopcyxijs"),
            // Greek
            ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
        ]
        var alike: [Unicode.Scalar: Character] = [:]
        for (from, to) in pairs {
            for (scalar, character) in zip(from.unicodeScalars, to) { alike[scalar] = character }
        }
        return alike
    }()

    /// `U+202E`: how a character is told that may not be shown.
    private static func name(_ scalar: Unicode.Scalar) -> String {
        let hex = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
    }
}
