import Foundation
import Testing

@testable import App

/// Nothing that looks like a number of a document escapes `document-numbers.csv`.
@Suite struct DocumentNumberScanTests {
    private let sources: DemoSources
    private let table = Set(DocumentNumberTests.table.map(\.text))
    /// As every spelling of a number is found.
    private let keys = Set(DocumentNumberTests.table.compactMap { try? DocumentNumber(parsing: $0.text).key })

    init() throws { sources = try DemoSources() }

    /// `02-KH/BCĐTW`, `193/2025/NQ-QH15`; nothing inside an address.
    private static func signs(in text: String) -> Set<String> {
        let pieces = withoutAddresses(text).matches(of: #/\d[\d/]*[-/]\p{Lu}[\p{L}\d]*(?:[-/][\p{L}\d]+)+/#)
        let laws = withoutAddresses(text).matches(of: #/\d+/\d{4}/QH\d+/#)
        return Set(pieces.map { String($0.output) } + laws.map { String($0.output) })
    }

    /// `57/2024`, and no piece of `05/03/2025`.
    private static func loose(in text: String) -> Set<String> {
        let pieces = withoutAddresses(text).matches(of: #/\d[\d/]*/\d{4}/#).map { String($0.output) }
        let rest = withoutAddresses(text).matches(of: #/\d[\d/]*/\d{4}/\p{L}/#).map { String($0.output.dropLast(2)) }
        return Set(pieces.filter { $0.count { $0 == "/" } == 1 }).subtracting(rest)
    }

    /// `№ 57-NQ/TW`, `nr 57`: with the word for "number".
    private static func called(in text: String) -> Set<String> {
        let pieces = withoutAddresses(text).matches(of: #/(?:№|\bnr|संख्या)\s*\d[\p{L}\d/\-]*/#)
        return Set(pieces.map { String($0.output) })
    }

    private static func withoutAddresses(_ text: String) -> String { text.replacing(#/https?://[^\s"]+/#, with: "") }

    @Test func everyNumberOfTheArticlesIsInTheTable() {
        var found: Set<String> = []
        for (name, text) in sources.articles {
            let here = Self.signs(in: text).union(Self.loose(in: text)).union(Self.called(in: text))
            #expect(!here.isEmpty, "\(name)")
            #expect(here.subtracting(table).isEmpty, "\(name): \(here.subtracting(table).sorted())")
            found.formUnion(here)
        }
        // What a reader finds in them.
        let expected: Set = [
            "193/2025/NQ-QH15", "02-KH/BCĐTW", "57-NQ/TW", "204-QD/TW", "57/2024", "№ 18", "№ 57", "nr 57",
            "№ 193/2025/NQ-QH15", "№ 02-KH/BCĐTW", "№ 57-NQ/TW", "№ 204-QD/TW", "nr 57-NQ/TW", "संख्या 57/2024",
        ]
        #expect(found == expected, "\(found.symmetricDifference(expected).sorted())")
    }

    /// What the table says of an article stands in it.
    @Test func whatTheTableTakesFromAnArticleIsThere() throws {
        let file = WallsTests.root.appending(path: "Tests/AppTests/Documents/document-numbers.csv")
        var checked = 0
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst() {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            let (text, source) = (try #require(cells.first), try #require(cells.last))
            guard source.hasPrefix("article") else { continue }
            let words = source.split { $0 == " " || $0 == ":" }.map(String.init)
            let named = sources.articles.filter { name, _ in words.contains { name.hasPrefix($0 + "-2025") } }
            #expect(!named.isEmpty, "\(source)")
            for (name, article) in named { #expect(article.contains(text), "\(name): \(text)") }
            checked += named.count
        }
        #expect(checked >= 16)
    }

    /// What the demonstration made up has a number above 900; everything else is a number that the table reads.
    @Test(arguments: DemoSources.files) func everyNumberOfTheDemonstrationIsRead(_ file: String) throws {
        let found = Self.signs(in: try DemoSources.raw(file))
        for text in found {
            let read = try DocumentNumber(parsing: text)
            #expect(read.number > 900 || keys.contains(read.key), "\(file): \(text)")
        }
        #expect(file != "documents.json" || found.count >= 40)
    }
}
