import Foundation
import Storage
import TestSupport
import Testing

@testable import App

/// The three files that people fill in are explained alike, and what is handed out comes in again.
@Suite struct ImportColumnsTests {
    static let all: [(columns: ImportColumns, page: String, api: String, who: Who)] = [
        (PersonRowParser.columns, "/people/import", "/api/v1/people/imports", .administrator),
        (DocumentImportFile.columns, "/documents/import", "/api/v1/documents/imports", .secretariat),
        (TaskImportColumns.columns, "/tasks/import", "/api/v1/tasks/imports", .secretariat),
    ]

    @Test func everyColumnHasWordsAndNoTwoHaveOneName() throws {
        let catalogue = try CatalogueTests.catalogue.get()
        for (columns, _, _, _) in Self.all {
            for language in Language.allCases {
                let names = columns.all.map { TextFold.fold(columns.name(of: $0, catalogue, language)) }
                #expect(Set(names).count == names.count, "\(columns.family) in \(language)")
                for column in columns.explained {
                    for word in [ImportColumns.Word.name, .meaning, .example] {
                        let text = columns.text(word, column, catalogue, language)
                        #expect(!text.contains("⟦"), "\(text) in \(language)")
                    }
                }
            }
        }
    }

    @Test(arguments: Engine.allCases) func thePageExplainsEachColumnAndOffersTheFile(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            for (columns, path, _, who) in Self.all {
                let page = try await world.browser(as: who).get(path)
                #expect(page.status == 200 && !page.text.contains("⟦"))
                for column in columns.explained {
                    #expect(page.text.contains(">\(column)</code>"), "\(path) \(column)")
                }
                #expect(
                    page.text.components(separatedBy: "badge accent\">Bắt buộc").count - 1 == columns.required.count)
                #expect(page.text.contains("href=\"\(path).csv\"") && page.text.contains("href=\"\(path).xlsx\""))
            }
        }
    }

    @Test(arguments: Engine.allCases) func theFileIsTheSameAsTextAsWorkbookAndForPrograms(
        _ engine: Engine
    ) async throws {
        try await World.with(engine) { world in
            for (columns, path, api, who) in Self.all {
                let office = try world.browser(as: who)
                let text = try await office.get("\(path).csv"), book = try await office.get("\(path).xlsx")
                #expect(text.status == 200 && book.status == 200)
                let heads = try rows(text.bytes)
                #expect(heads.count == 1 && heads.first?.count == columns.all.count)
                #expect(try rows(book.bytes) == heads)
                let told = try await world.api(as: who).get("\(api)/template")
                let listed = told.json["columns"] as? [[String: Any]] ?? []
                #expect(listed.compactMap { $0["name"] as? String } == columns.explained)
                #expect(listed.count { $0["required"] as? Bool == true } == columns.required.count)
                #expect(try rows(Array((told.json["csv"] as? String ?? "").utf8)).first?.count == columns.all.count)
                // It names our columns: nothing is wrong with it but that nothing was filled in.
                let empty = try await office.upload(path, [("days", "7")], files: [.init("mau.csv", text.bytes)])
                #expect(empty.text.contains("mau.csv") && !empty.text.contains("⟦"))
                #expect(!empty.text.contains("không thuộc mẫu") && !empty.text.contains("thiếu cột"), "\(path)")
            }
            let left = try FileManager.default.contentsOfDirectory(atPath: world.services.files.incoming.path)
            #expect(left == [], "no workbook is left behind")
        }
    }

    /// What the command line writes names every column as programs do, and nothing else.
    @Test func theFileOfTheCommandLineNamesEveryColumn() throws {
        let files: [(template: String, columns: [String])] = [
            (PersonImportReading.template, PersonRowParser.columns.all),
            (DocumentImportFile.template, DocumentImportFile.columns.all),
            (TaskImportColumns.template, TaskImportColumns.columns.all),
            (UnitImportReading.template, UnitImportReading.columns),
        ]
        for (template, columns) in files { #expect(try rows(Array(template.utf8)) == [columns]) }
    }

    private func rows(_ bytes: [UInt8]) throws -> [[String]] {
        var rows: [[String]] = []
        _ = try TableReader().read(bytes) { rows.append($0.cells) }
        return rows
    }
}
