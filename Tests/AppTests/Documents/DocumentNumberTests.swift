import Foundation
import Testing

@testable import App

/// Numbers and signs as offices write them and as newspapers print them.
@Suite struct DocumentNumberTests {
    /// One line of `document-numbers.csv`, written by hand: what a text must be read as.
    struct Expected: Sendable, CustomTestStringConvertible {
        let text: String
        let grammar: String
        let number: Int?
        let year: Int?
        let type: String
        let issuer: String
        let draftingUnit: String
        let sign: String
        var testDescription: String { text }
    }

    static let table: [Expected] = {
        let file = WallsTests.root.appending(path: "Tests/AppTests/Documents/document-numbers.csv")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").dropFirst().map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            func cell(_ index: Int) -> String { index < cells.count ? cells[index] : "" }
            return Expected(
                text: cell(0), grammar: cell(1), number: Int(cell(2)), year: Int(cell(3)), type: cell(4),
                issuer: cell(5), draftingUnit: cell(6), sign: cell(7))
        }
    }()

    @Test func theTableIsThere() {
        #expect(Self.table.count > 60)
        #expect(Set(Self.table.map(\.grammar)) == ["party", "state", "legislature", "dispatch", "loose", ""])
    }

    @Test(arguments: table.filter { !$0.grammar.isEmpty }) func aNumberIsReadByItsGrammar(_ expected: Expected) throws {
        let read = try DocumentNumber(parsing: expected.text)
        #expect(read.grammar.rawValue == expected.grammar)
        #expect(read.number == expected.number)
        #expect(read.year == expected.year)
        #expect((read.type?.rawValue ?? "") == expected.type)
        #expect(read.issuer == expected.issuer)
        #expect((read.draftingUnit ?? "") == expected.draftingUnit)
        #expect(read.sign == expected.sign)
    }

    @Test(arguments: table.filter(\.grammar.isEmpty)) func whatIsNoNumberAndSignIsRefused(_ expected: Expected) {
        #expect(throws: DocumentNumberProblem.self) { try DocumentNumber(parsing: expected.text) }
    }

    @Test(arguments: table.filter { !$0.grammar.isEmpty }) func aSignReadsBackAsItself(_ expected: Expected) throws {
        let read = try DocumentNumber(parsing: expected.text)
        #expect(try DocumentNumber(parsing: read.sign) == read)
        #expect(try DocumentNumber(parsing: read.key).key == read.key)
    }

    static let spellings: [[String]] = [
        [
            "57-NQ/TW", "57-nq/tw", "57 - NQ / TW", " 57-NQ/TW ", "Số 57-NQ/TW", "số: 57-NQ/TW", "So 57-NQ/TW",
            "No. 57-NQ/TW", "№57-NQ/TW", "nr 57-NQ/TW", "\u{FF15}\u{FF17}-\u{FF2E}\u{FF31}/\u{FF34}\u{FF37}",
            "57\u{2013}NQ/TW", "57\u{2011}NQ\u{2215}TW", "57-NQ/TƯ", "57\u{A0}-\u{A0}NQ/TW", "057-NQ/TW",
            "رقم 57-NQ/TW", "\u{665}\u{667}-NQ/TW",
        ],
        [
            "204-QĐ/TW", "204-QD/TW", "204-qđ/tw", "204-qd/tw", "204-Q\u{D0}/TW", "204-Q\u{189}/TW",
            "204-QĐ/\u{422}W",
        ],
        [
            "02-KH/BCĐTW", "02-KH/BCDTW", "2-KH/BCĐTW", "02-kh/bcđtw",
            "02-\u{41A}\u{41D}/\u{412}\u{421}\u{110}\u{422}W",
            "02-\u{39A}\u{397}/BCĐTW",
        ],
        ["193/2025/QH15", "193/2025/NQ-QH15", "№ 193/2025/NQ-QH15", "193/2025/qh15"],
        ["283/KH-UBND", "Số: 283/KH-UBND", "283 / KH - UBND", "283/kh-ubnd"],
        ["30/2020/NĐ-CP", "30/2020/ND-CP", "30/2020/nđ-cp"],
        ["123/SKHCN-CĐS", "123/SKHCN-CDS", "123/skhcn-cđs"],
        ["57/2024", "संख्या 57/2024", "\u{96B}\u{96D}/\u{968}\u{966}\u{968}\u{96A}"],
    ]

    @Test(arguments: spellings) func allSpellingsOfOneNumberHaveOneKey(_ spellings: [String]) throws {
        let keys = try spellings.map { try DocumentNumber(parsing: $0).key }
        #expect(Set(keys).count == 1, "\(zip(spellings, keys).map { "\($0) → \($1)" })")
    }

    @Test func differentNumbersHaveDifferentKeys() throws {
        let signs = [
            "57-NQ/TW", "57-NQ/TU", "57-KL/TW", "58-NQ/TW", "57/NQ-CP", "57/2024", "57/2025/QH15", "57/2024/QH15",
        ]
        let keys = try signs.map { try DocumentNumber(parsing: $0).key }
        #expect(Set(keys).count == signs.count)
    }

    @Test func hostileTextsAreManyAndDifferent() {
        let texts = HostileFamily.all.flatMap(\.texts)
        #expect(texts.count >= 300)
        #expect(Set(texts.map { Array($0.unicodeScalars) }).count == texts.count)
    }

    @Test(arguments: HostileFamily.all) func aHostileTextIsRefusedWithItsReason(_ family: HostileFamily) throws {
        let catalogue = try CatalogueTests.catalogue.get()
        for text in family.texts {
            do {
                let read = try DocumentNumber(parsing: text)
                Issue.record("\(text.debugDescription.prefix(80)) was read as \(read.sign)")
            } catch {
                #expect(
                    error.message.key == "document-number.error.\(family.reason)", "\(text.debugDescription.prefix(80))"
                )
                for language in Language.allCases {
                    let words = catalogue.text(error.message, language)
                    #expect(!words.contains("⟦") && !words.contains("{"), "\(words)")
                }
            }
        }
    }

    @Test func aRefusalNamesTheGrammarAndHowToWriteIt() throws {
        let catalogue = try CatalogueTests.catalogue.get()
        func words(_ text: String) -> String {
            do { return try DocumentNumber(parsing: text).sign } catch {
                return catalogue.text(error.message, .english)
            }
        }
        #expect(words("57/NQ-TW").hasSuffix("Write 57-NQ/TW."))
        #expect(words("123/SKHCN").contains("official dispatch: the abbreviation of the drafting unit is missing"))
        #expect(words("57-NQ").contains("a number of the Party: the abbreviation of the issuing body is missing"))
        #expect(words("30/1900/NĐ-CP").contains("“1900” is not a year from 1945 to 2100"))
        #expect(words("57-NQ\u{202E}/TW").contains("(U+202E)"))
    }

    /// Right numbers with a piece or two put in, taken out or doubled.
    @Test func spoiledNumbersNeverEndTheProcess() {
        var random = SplitMix(seed: 57)
        func pick<T>(_ all: [T]) -> T { all[Int(random.next() % UInt64(all.count))] }
        let pieces = ["5", "0", "/", "-", "NQ", "TW", " ", "2025", "QH15", ".", "đ", "\u{301}", "\u{202E}", "№", "\0"]
        let signs = Self.table.filter { !$0.grammar.isEmpty }.map(\.text)
        var accepted = 0, refused = 0
        for _ in 0..<20_000 {
            var letters = Array(pick(signs)).map(String.init)
            for _ in 0...Int(random.next() % 3) {
                let place = Int(random.next() % UInt64(letters.count))
                switch random.next() % 3 {
                case 0: letters.insert(pick(pieces), at: place)
                case 1 where letters.count > 1: letters.remove(at: place)
                default: letters.insert(letters[place], at: place)
                }
            }
            let text = letters.joined()
            guard let read = try? DocumentNumber(parsing: text) else {
                refused += 1
                continue
            }
            accepted += 1
            #expect((try? DocumentNumber(parsing: read.sign)) == read, "\(text.debugDescription)")
        }
        #expect(accepted > 1_000 && refused > 1_000, "\(accepted) \(refused)")
    }
}

/// A small generator with a seed, so that a failure can be seen again.
private struct SplitMix {
    var seed: UInt64
    mutating func next() -> UInt64 {
        seed &+= 0x9E37_79B9_7F4A_7C15
        var value = seed
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
