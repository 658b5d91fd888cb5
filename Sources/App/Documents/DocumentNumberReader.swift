import Foundation

/// Reads a number and sign in one pass from the left, without going back: the first separator tells Party from State.
struct DocumentNumberReader {
    private let text: String
    private let number: Int

    /// Takes the number off; `rest` begins with its separator.
    private let rest: Substring

    init(_ typed: String) throws(DocumentNumberProblem) {
        // A single character may be made of any number of marks, so that bytes are bounded too.
        guard typed.utf8.count <= DocumentNumber.limit * 4, typed.count <= DocumentNumber.limit else {
            throw DocumentNumberProblem(.long(limit: DocumentNumber.limit))
        }
        text = try NumberLetters.plain(Self.withoutWord(typed))
        if text.isEmpty { throw DocumentNumberProblem(.empty) }
        if text.contains(" ") { throw DocumentNumberProblem(.blank(text)) }
        let digits = text.prefix(while: NumberLetters.isDigit)
        rest = text.dropFirst(digits.count)
        if digits.isEmpty { throw DocumentNumberProblem(.numberMissing) }
        guard digits.utf8.count <= 6, let value = Int(digits) else {
            throw DocumentNumberProblem(.numberLong(digits: 6))
        }
        if value == 0 { throw DocumentNumberProblem(.numberZero) }
        number = value
    }

    /// Without the word before it: "Số:", "No.", "№", "nr", "संख्या", "رقم".
    private static func withoutWord(_ typed: String) -> String {
        let trimmed = typed.trimmingCharacters(in: .whitespaces)
        let lower = trimmed.precomposedStringWithCanonicalMapping.lowercased()
        for word in ["số", "so", "no", "nr", "№", "संख्या", "رقم"] where lower.hasPrefix(word) {
            let rest = trimmed.dropFirst(word.count).drop { $0 == "." || $0 == ":" || $0.isWhitespace }
            if let first = rest.first, first.isNumber { return String(rest) }
        }
        return trimmed
    }

    func read() throws(DocumentNumberProblem) -> DocumentNumber {
        switch rest.first {
        case nil: throw DocumentNumberProblem(.onlyNumber)
        case "-": return try party(rest.dropFirst())
        case "/": return try state(rest.dropFirst())
        default: throw DocumentNumberProblem(.numberEnd(String(rest.prefix(12))))
        }
    }

    // MARK: - The Party: 57-NQ/TW

    private func party(_ body: Substring) throws(DocumentNumberProblem) -> DocumentNumber {
        let parts = body.split(separator: "/", omittingEmptySubsequences: false)
        guard let head = parts.first, !head.isEmpty else { throw DocumentNumberProblem(.typeMissing, .party) }
        if parts.count > 2 { throw DocumentNumberProblem(.parts, .party) }
        guard parts.count == 2, let issuer = parts.last else { throw unfinishedParty(head) }
        let type = try self.type(head, in: .party)
        let sign = try self.issuer(issuer, .party)
        if IssuerSign.system(of: sign) == .state {
            throw DocumentNumberProblem(.order(wanted: wanted(type, sign, .state)), .party)
        }
        return DocumentNumber(.party, number: number, type: type, issuer: sign)
    }

    /// `57-NQ` and `57-NQ-TW`.
    private func unfinishedParty(_ head: Substring) -> DocumentNumberProblem {
        let words = head.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = words.first, let type = DocumentType(abbreviation: String(first), in: .party) else {
            return DocumentNumberProblem(.typeUnknown(String(words.first ?? head)), .party)
        }
        guard words.count == 2, let issuer = words.last, Self.hasShape(issuer) else {
            return DocumentNumberProblem(.issuerMissing, .party)
        }
        let sign = IssuerSign.canonical(String(issuer))
        return DocumentNumberProblem(.order(wanted: wanted(type, sign, IssuerSign.system(of: sign) ?? .party)), .party)
    }

    // MARK: - The State: 283/KH-UBND, 30/2020/NĐ-CP, 193/2025/QH15, 123/SKHCN-CĐS, 57/2024

    private func state(_ body: Substring) throws(DocumentNumberProblem) -> DocumentNumber {
        let parts = body.split(separator: "/", omittingEmptySubsequences: false)
        guard let head = parts.first, !head.isEmpty else { throw DocumentNumberProblem(.typeMissing, .state) }
        guard head.allSatisfy(NumberLetters.isDigit) else {
            if parts.count > 1 { throw tooManyParts(parts) }
            return try typed(head, year: nil)
        }
        if parts.count > 2 { throw DocumentNumberProblem(.parts, .state) }
        guard parts.count == 2, let last = parts.last else {
            return DocumentNumber(.loose, number: number, year: try year(head, .loose))
        }
        if last.isEmpty { throw DocumentNumberProblem(.typeMissing, .state) }
        return try typed(last, year: head)
    }

    /// `57/NQ/TW`: what was meant can be told when type and body are known.
    private func tooManyParts(_ parts: [Substring]) -> DocumentNumberProblem {
        guard parts.count == 2, let head = parts.first, let tail = parts.last, Self.hasShape(tail) else {
            return DocumentNumberProblem(.parts, .state)
        }
        let sign = IssuerSign.canonical(String(tail))
        let system = IssuerSign.system(of: sign) ?? .state
        guard let type = DocumentType(abbreviation: String(head), in: system) else {
            return DocumentNumberProblem(.parts, .state)
        }
        return DocumentNumberProblem(.order(wanted: wanted(type, sign, system)), .state)
    }

    private func typed(_ body: Substring, year typedYear: Substring?) throws(DocumentNumberProblem) -> DocumentNumber {
        let words = body.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard words.count == 2, let head = words.first, let tail = words.last else {
            return try withoutDash(body, year: typedYear)
        }
        if head.isEmpty { throw DocumentNumberProblem(.typeMissing, .state) }
        guard let type = DocumentType(abbreviation: String(head), in: .state) else {
            return try dispatch(head, tail, year: typedYear)
        }
        let year: Int? = if let typedYear { try self.year(typedYear, .state) } else { nil }
        let sign = try issuer(tail, .state)
        if IssuerSign.system(of: sign) == .party {
            throw DocumentNumberProblem(.order(wanted: wanted(type, sign, .party)), .state)
        }
        return DocumentNumber(.state, number: number, year: year, type: type, issuer: sign)
    }

    private func withoutDash(_ body: Substring, year typed: Substring?) throws(DocumentNumberProblem) -> DocumentNumber
    {
        if let legislature = LegislatureSign(NumberLetters.folded(String(body))) {
            guard let typed else { throw DocumentNumberProblem(.yearMissing, .legislature) }
            let year = try year(typed, .legislature)
            guard legislature.term != nil else { throw DocumentNumberProblem(.termMissing(String(body)), .legislature) }
            return DocumentNumber(.legislature, number: number, year: year, issuer: IssuerSign.canonical(String(body)))
        }
        if DocumentType(abbreviation: String(body), in: .state) != nil {
            throw DocumentNumberProblem(.issuerMissing, .state)
        }
        guard Self.hasShape(body) else { throw DocumentNumberProblem(.issuerShape(String(body)), .state) }
        throw DocumentNumberProblem(
            typed == nil ? .draftingUnitMissing : .typeMissing, typed == nil ? .dispatch : .state)
    }

    /// Letters that are no type, a dash, letters. A known body after the dash shows that a type was meant.
    private func dispatch(
        _ head: Substring, _ tail: Substring, year: Substring?
    ) throws(DocumentNumberProblem) -> DocumentNumber {
        if DocumentType(abbreviation: String(head), in: .party) != nil {
            throw DocumentNumberProblem(.typeOfOther(String(head)), .state)
        }
        let isTypeMeant = IssuerSign.system(of: String(head)) == nil && IssuerSign.system(of: String(tail)) != nil
        if year != nil || isTypeMeant { throw DocumentNumberProblem(.typeUnknown(String(head)), .state) }
        let sign = try issuer(head, .dispatch)
        if IssuerSign.system(of: sign) == .party {
            throw DocumentNumberProblem(.order(wanted: wanted(.dispatch, sign, .party)), .dispatch)
        }
        if tail.isEmpty { throw DocumentNumberProblem(.draftingUnitMissing, .dispatch) }
        guard Self.hasShape(tail) else { throw DocumentNumberProblem(.draftingUnitShape(String(tail)), .dispatch) }
        return DocumentNumber(
            .dispatch, number: number, type: .dispatch, issuer: sign,
            draftingUnit: IssuerSign.canonical(String(tail)))
    }

    // MARK: - Parts

    private func type(
        _ typed: Substring, in system: DocumentSystem
    ) throws(DocumentNumberProblem) -> DocumentType {
        if let type = DocumentType(abbreviation: String(typed), in: system) { return type }
        let other: DocumentSystem = system == .party ? .state : .party
        let isOfOther = DocumentType(abbreviation: String(typed), in: other) != nil
        let grammar: DocumentNumber.Grammar = system == .party ? .party : .state
        throw DocumentNumberProblem(isOfOther ? .typeOfOther(String(typed)) : .typeUnknown(String(typed)), grammar)
    }

    private func issuer(
        _ typed: Substring, _ grammar: DocumentNumber.Grammar
    ) throws(DocumentNumberProblem) -> String {
        if typed.isEmpty { throw DocumentNumberProblem(.issuerMissing, grammar) }
        guard Self.hasShape(typed) else { throw DocumentNumberProblem(.issuerShape(String(typed)), grammar) }
        let sign = IssuerSign.canonical(String(typed))
        if let legislature = LegislatureSign(NumberLetters.folded(sign)), legislature.term == nil {
            throw DocumentNumberProblem(.termMissing(sign), grammar)
        }
        return sign
    }

    private func year(_ typed: Substring, _ grammar: DocumentNumber.Grammar) throws(DocumentNumberProblem) -> Int {
        guard typed.utf8.count == 4, let year = Int(typed), DocumentNumber.years.contains(year) else {
            throw DocumentNumberProblem(.yearRange(String(typed)), grammar)
        }
        return year
    }

    /// Begins with a letter; two characters or more; words of letters and digits between single `-`, `.` and `&`.
    private static func hasShape(_ sign: Substring) -> Bool {
        guard let first = sign.first, NumberLetters.isLetter(first) else { return false }
        guard (2...IssuerSign.limit).contains(sign.count) else { return false }
        return sign.split(whereSeparator: { "-.&".contains($0) }).count
            == sign.split(omittingEmptySubsequences: false, whereSeparator: { "-.&".contains($0) }).count
            && sign.allSatisfy { NumberLetters.isLetter($0) || NumberLetters.isDigit($0) || "-.&".contains($0) }
    }

    private func wanted(_ type: DocumentType, _ issuer: String, _ system: DocumentSystem) -> String {
        DocumentNumber(
            system == .party ? .party : .state, number: number,
            type: type.isUsed(by: system) ? type : .resolution, issuer: issuer
        ).sign
    }
}
