import Testing

@testable import App

/// Writing the number of a document that is issued now.
@Suite struct DocumentComposeTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let type: DocumentType
        let number: Int
        var year: Int?
        let issuer: String
        var draftingUnit: String?
        var system = DocumentSystem.state
        let sign: String
        var testDescription: String { sign }
    }

    static let cases = [
        Case(type: .resolution, number: 57, issuer: "TW", sign: "57-NQ/TW"),
        Case(type: .plan, number: 2, issuer: "BCĐTW", sign: "02-KH/BCĐTW"),
        Case(type: .dispatch, number: 15_662, issuer: "VPTW", sign: "15662-CV/VPTW"),
        Case(type: .provision, number: 9, issuer: "TU", sign: "09-QĐi/TU"),
        Case(type: .provision, number: 12, issuer: "UBND", sign: "12/QyĐ-UBND"),
        Case(type: .plan, number: 283, issuer: "UBND", sign: "283/KH-UBND"),
        Case(type: .plan, number: 1, issuer: "BCĐ", system: .party, sign: "01-KH/BCĐ"),
        Case(type: .plan, number: 1, issuer: "BCĐ", sign: "01/KH-BCĐ"),
        Case(type: .decree, number: 30, year: 2020, issuer: "CP", sign: "30/2020/NĐ-CP"),
        Case(type: .decision, number: 19, year: 2025, issuer: "TTg", sign: "19/2025/QĐ-TTg"),
        Case(type: .resolution, number: 193, year: 2025, issuer: "QH15", sign: "193/2025/QH15"),
        Case(type: .law, number: 93, year: 2025, issuer: "QH15", sign: "93/2025/QH15"),
        Case(type: .dispatch, number: 123, issuer: "SKHCN", draftingUnit: "CĐS", sign: "123/SKHCN-CĐS"),
        Case(type: .circular, number: 5, year: 2025, issuer: "BKHCN", sign: "05/2025/TT-BKHCN"),
    ]

    @Test(arguments: cases) func aNumberIsWrittenAsItsBodyWritesIt(_ wanted: Case) throws {
        let number = try DocumentNumber.compose(
            type: wanted.type, number: wanted.number, year: wanted.year, issuer: wanted.issuer,
            draftingUnit: wanted.draftingUnit, system: wanted.system)
        #expect(number.sign == wanted.sign)
        #expect(number.type == wanted.type)
        #expect(try DocumentNumber(parsing: number.sign).key == number.key)
    }

    @Test func everyTypeOfASystemIsWrittenAndReadBack() throws {
        for (system, issuer) in [(DocumentSystem.party, "TU"), (.state, "UBND")] {
            for type in DocumentType.allCases where type.abbreviation(in: system) != nil {
                let number = try DocumentNumber.compose(
                    type: type, number: 7, year: type.isNormative ? 2025 : nil, issuer: issuer, system: system)
                #expect(try DocumentNumber(parsing: number.sign) == number, "\(number.sign)")
            }
        }
    }

    @Test func whatCannotBeWrittenIsRefused() {
        func reason(
            _ type: DocumentType, _ number: Int, _ issuer: String, year: Int? = nil, unit: String? = nil
        ) -> DocumentNumberProblem.Reason? {
            do {
                _ = try DocumentNumber.compose(
                    type: type, number: number, year: year, issuer: issuer, draftingUnit: unit)
                return nil
            } catch { return error.reason }
        }
        #expect(reason(.plan, 0, "UBND") == .numberZero)
        #expect(reason(.plan, -5, "UBND") == .numberZero)
        #expect(reason(.plan, 1_000_000, "UBND") == .numberLong(digits: 6))
        #expect(reason(.plan, Int.max, "UBND") == .numberLong(digits: 6))
        #expect(reason(.letter, 1, "UBND") == .unnumbered)
        #expect(reason(.decree, 1, "TW", year: 2025) == .unnumbered)
        #expect(reason(.decree, 30, "CP") == .yearMissing)
        #expect(reason(.law, 30, "QH15") == .yearMissing)
        #expect(reason(.law, 30, "QH", year: 2025) == .termMissing("QH"))
        #expect(reason(.dispatch, 12, "SKHCN") == .draftingUnitMissing)
        #expect(reason(.plan, 12, "") == .issuerMissing)
        #expect(reason(.plan, 12, "U/B") == .parts)
        #expect(reason(.decree, 30, "CP", year: 99_999) == .yearRange("99999"))
    }
}
