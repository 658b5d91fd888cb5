import Foundation
import Testing

@testable import App

/// The words of the product: the same in every language, with the same gaps, and there when they are asked for.
@Suite struct CatalogueTests {
    static let catalogue = Result { try Catalogue.load(from: WallsTests.root.appending(path: "Resources")) }

    private func texts(_ language: Language) throws -> [String: String] {
        let catalogue = try CatalogueTests.catalogue.get()
        return Dictionary(uniqueKeysWithValues: catalogue.keys(language).map { ($0, catalogue.text($0, language)) })
    }

    /// Keys as asked for: the forms of a count are one.
    private func asked(_ keys: some Sequence<String>) -> Set<String> {
        Set(keys.map { $0.replacing(/\.(zero|one|two|few|many|other)$/, with: ".#") })
    }

    private func gaps(_ text: String) -> Set<String> {
        Set(text.matches(of: /\{([a-z_A-Z0-9]*)\}/).map { String($0.output.1) })
    }

    @Test(arguments: Language.allCases) func aLanguageHasTheKeysOfTheStandard(_ language: Language) throws {
        let standard = asked(try texts(.standard).keys)
        let own = asked(try texts(language).keys)
        #expect(own.subtracting(standard).isEmpty, "only in \(language): \(own.subtracting(standard).sorted())")
        #expect(standard.subtracting(own).isEmpty, "not in \(language): \(standard.subtracting(own).sorted())")
        #expect(standard.count > 200)
    }

    @Test(arguments: Language.allCases) func aCountHasAllFormsOfItsLanguage(_ language: Language) throws {
        let texts = try texts(language)
        let forms = Set((0...120).map(language.pluralForm))
        for key in asked(texts.keys) where key.hasSuffix(".#") {
            for form in forms {
                #expect(texts[key.dropLast(1) + form] != nil, "\(key.dropLast(1))\(form) is missing in \(language)")
            }
        }
    }

    @Test(arguments: Language.allCases) func aTextHasTheGapsOfTheStandard(_ language: Language) throws {
        let standard = try texts(.standard)
        for (key, text) in try texts(language) {
            // "One row" needs no number.
            let other = standard[key] ?? standard[key.replacing(/\.(one|few|many|two|zero)$/, with: ".other")] ?? ""
            let expected = gaps(other).subtracting(["count"])
            #expect(gaps(text).subtracting(["count"]) == expected, "\(key) in \(language): \(text)")
        }
    }

    @Test(arguments: Language.allCases) func noTextIsEmptyOrCarriesMarkup(_ language: Language) throws {
        for (key, text) in try texts(language) {
            #expect(text == text.trimmingCharacters(in: .whitespacesAndNewlines) && !text.isEmpty, "\(key)")
            #expect(!text.contains(/<[a-z\/]/), "\(key): \(text)")
            #expect(text == text.precomposedStringWithCanonicalMapping, "\(key) is not NFC")
        }
    }

    @Test func vietnameseIsNotEnglishLeftOver() throws {
        let english = try texts(.english)
        let same = try texts(.vietnamese).filter { key, text in
            english[key] == text && text.contains(/[a-z]{4,} [a-z]{4,}/)
        }
        #expect(same.isEmpty, "\(same)")
    }

    @Test func everyKeyThatTheCodeNamesExists() throws {
        let keys = try texts(.standard).keys
        let known = Set(keys)
        // `t("…")`, `Message("…")`, `problems.add(_, "…"`, `Problem(_, "…"`.
        let naming =
            /(?:\bt\(|\bMessage\(|problems\.add\([^,()]+, |\bProblem\([^,()]+, )"([a-z][\w-]*(?:\.[\w-]+)+)"/
        var used = 0
        for file in try WallsTests.files(in: "Sources", [".swift"]) {
            for match in file.text.matches(of: naming) {
                let key = String(match.output.1)
                used += 1
                #expect(known.contains(key) || known.contains(key + ".other"), "\(file.path) names \(key)")
            }
        }
        #expect(used > 100)
    }

    @Test func everyWordThatIsPutTogetherFromAValueExists() throws {
        var keys = Role.allCases.map { "role.\($0.rawValue)" }
        keys += Hierarchy.allCases.map { "hierarchy.\($0.rawValue)" } + Secrecy.allCases.map { "secrecy.\($0.name)" }
        keys += UnitKind.allCases.map { "unit.kind.\($0.rawValue)" }
        let counted = UnitKind.allCases.filter { $0.isTerritory && $0 != .country }
        keys += counted.map { "unit.figure.\($0.rawValue).other" }
        keys += Event.Verb.allCases.map { "event.verb.\($0.rawValue)" }
        keys += Delegation.Capacity.allCases.flatMap {
            ["capacity.\($0.rawValue)", "site.behalf.\($0.rawValue.lowercased())"]
        }
        keys += Menu.all.map(\.key) + Subject.Kind.allCases.map { "activity.kind.\($0.rawValue)" }
        keys += Notice.Kind.allCases.map { "notice.kind.\($0.rawValue)" }
        keys += CommitteeWords.keys
        keys += ErrorWords.statuses.flatMap { ["error.\($0).title", "error.\($0).text", "error.\($0).next"] }
        let catalogue = try CatalogueTests.catalogue.get()
        for key in keys {
            for language in Language.allCases { #expect(catalogue.has(key, language), "\(key) in \(language)") }
        }
    }

    @Test func aGapIsFilledAndAnUnknownKeyShows() {
        let catalogue = Catalogue(texts: [.english: ["a": "{n} of {m}", "b.one": "one", "b.other": "{count} rows"]])
        #expect(catalogue.text("a", .english, ["n": "1", "m": "{n}"]) == "1 of {n}")
        #expect(catalogue.text("a", .english, ["n": "1"]) == "1 of {m}")
        #expect(catalogue.text("c", .english) == "⟦c⟧")
        #expect(catalogue.text("b", count: 1, .english) == "one")
        #expect(catalogue.text("b", count: 1_000, .english) == "1,000 rows")
    }

    @Test func aFolderThatIsNotThereIsToldInOneLine() throws {
        #expect(throws: StartError.self) { try Catalogue.load(from: URL(filePath: "/nowhere/at/all")) }
    }
}
