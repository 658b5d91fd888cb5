import Foundation
import Testing

@testable import App

@Suite struct SortKeyTests {
    private static let locale = Locale(identifier: "vi_VN")

    private func key(_ name: String) -> [UInt8] { Array(SortKey.vietnamese(name).utf8) }

    private func precedes(_ left: String, _ right: String) -> Bool {
        key(left).lexicographicallyPrecedes(key(right))
    }

    @Test func tonesComeInTheOrderOfTheDictionary() {
        let tones = ["ba", "bà", "bả", "bã", "bá", "bạ"]
        #expect(tones.shuffled().sorted(by: precedes) == tones)
    }

    @Test func theAlphabetComesBeforeTheTones() {
        let names = ["Ba Đen", "Bà Đen", "Ba Đồn", "Bà Đồn", "Băng", "Bâng", "Da", "Dũng", "Đà", "Ê", "Ở", "Ứ", "Ỷ"]
        #expect(names.shuffled().sorted(by: precedes) == names)
    }

    @Test func caseDecidesLast() {
        #expect(precedes("xã an", "Xã An"))
        #expect(precedes("Xã An", "xã án"))
    }

    @Test func numbersCountByTheirValue() {
        let names = ["Quận", "Quận 2", "Quận 10", "Quận 11", "Quận 100", "Quận Ba"]
        #expect(names.shuffled().sorted(by: precedes) == names)
    }

    @Test func decomposedTextHasTheSameKey() {
        let name = "Thị trấn Ea Đrăng ộ ớ ữ ẩ"
        #expect(key(name) == key(name.decomposedStringWithCanonicalMapping))
    }

    @Test func keysHoldNoControlCharacterAndNoUnitSeparator() {
        #expect(SortKey.vietnamese("A\u{1}\u{1F}\tb Ж 漢 😀").unicodeScalars.allSatisfy { $0.value >= 0x20 })
    }

    @Test(arguments: ["", "\u{301}", String(repeating: "9", count: 500), "\u{301}a", "ǅ İ ß"])
    func oddTextHasAKeyToo(_ text: String) { #expect(SortKey.vietnamese(text).utf8.count >= 2) }

    /// Every pair of neighbours in ICU's own order, with numbers by value, keeps it.
    @Test func everyNameOfTheRegistryStandsWhereICUPutsIt() throws {
        let names = try distinctNames()
        #expect(names.count > 9_000)
        let expected = names.sorted {
            $0.compare($1, options: .numeric, range: nil, locale: Self.locale) == .orderedAscending
        }
        let differing = zip(expected, sortedByKey(names)).filter { $0 != $1 }
        #expect(differing.isEmpty, "\(differing.prefix(5))")
    }

    /// Without numbers, ICU needs no option to agree.
    @Test func namesWithoutNumbersAgreeWithThePlainComparison() throws {
        let names = try distinctNames().filter { name in !name.contains(where: \.isNumber) }
        let expected = names.sorted {
            $0.compare($1, options: [], range: nil, locale: Self.locale) == .orderedAscending
        }
        #expect(sortedByKey(names) == expected)
    }

    private func sortedByKey(_ names: [String]) -> [String] {
        names.map { (name: $0, key: key($0)) }.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.name)
    }

    private func distinctNames() throws -> [String] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Resources/units")
        let texts = try ["units-2025.csv", "units-before-2025-07-01.csv"].map {
            try String(contentsOf: folder.appending(path: $0), encoding: .utf8)
        }
        let names = texts.joined(separator: "\n").split(whereSeparator: \.isNewline).compactMap { line -> String? in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            return cells.count > 3 ? String(cells[2]) : nil
        }
        return Array(Set(names)).sorted()
    }
}
