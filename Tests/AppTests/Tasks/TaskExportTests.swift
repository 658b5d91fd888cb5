import Foundation
import Storage
import TestSupport
import Testing

@testable import App

/// The list as CSV and as a workbook: the same rows, in the workbook with their types.
@Suite struct TaskExportTests {
    private func read(_ bytes: [UInt8]) throws -> [[String]] {
        var rows: [[String]] = []
        let outcome = try TableReader().read(bytes) { rows.append($0.cells) }
        #expect(outcome.problems.isEmpty && outcome.format == .xlsx, "\(outcome.problems.shown)")
        return rows
    }

    private func file() -> URL { FileManager.default.temporaryDirectory.appending(path: UUID().uuidString) }

    @Test func aWorkbookKeepsTextsAsTextsAndDaysAsDays() throws {
        let file = file()
        defer { try? FileManager.default.removeItem(at: file) }
        let day = try #require(Day(year: 2026, month: 2, day: 28))
        let writer = try XLSXWriter(
            file: file, folder: FileManager.default.temporaryDirectory, sheet: "Nhiệm vụ: [quý]/1*?",
            columns: [("Tên", 20), ("Ngày", 12), ("Số", 8)])
        let texts = [
            "=cmd|' /C calc'!A0", "+84", "-1", "@x", "Đường & <dây>", "'nháy", String(repeating: "ế", count: 40_000),
        ]
        for text in texts { try writer.write([.text(text), .day(day), .number(-42)]) }
        try writer.write([.text("a\u{1}b\u{FFFE}c"), .day(.never), .number(0)])
        try writer.finish()
        let bytes = [UInt8](try Data(contentsOf: file))
        let rows = try read(bytes)
        #expect(rows.first == ["Tên", "Ngày", "Số"])
        #expect(rows.dropFirst().prefix(6).map { $0[0] } == Array(texts.prefix(6)))
        #expect(rows.dropFirst().prefix(6).allSatisfy { $0[1] == "2026-02-28" && $0[2] == "-42" })
        #expect(rows[7][0].count > 10_000 && rows[8] == ["abc", "", "0"])
        let sheet = String(decoding: try ZipArchive(file: file).bytes("xl/worksheets/sheet1.xml") ?? [], as: UTF8.self)
        #expect(!sheet.contains("<f>") && sheet.contains("<v>46081</v>") && sheet.contains("<v>-42</v>"))
    }

    /// What was given up leaves neither a file nor an open one.
    @Test func aBookThatIsNotFinishedIsNoFile() throws {
        func open() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count }
        let file = file(), before = try open()
        for _ in 0..<40 {
            let writer = try XLSXWriter(
                file: file, folder: FileManager.default.temporaryDirectory, sheet: "x", columns: [("a", 8)])
            try writer.write([.text("b")])
        }
        #expect(!FileManager.default.fileExists(atPath: file.path))
        #expect(try open() < before + 20)
    }

    @Test(arguments: Engine.allCases) func bothFilesHoldTheRowsOfTheList(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let office = try world.browser(as: .secretariat)
            let csv = try await office.get("/tasks.csv?q=khao+sat&order=title")
            let book = try await office.get("/tasks.xlsx?q=khao+sat&order=title")
            #expect(book.status == 200 && book.header("Content-Disposition")?.hasSuffix(".xlsx\"") == true)
            var lines: [[String]] = []
            _ = try TableReader().read(Array(csv.text.utf8)) { lines.append($0.cells) }
            let rows = try read(book.bytes)
            #expect(rows == lines && rows.count > 5)
            // What somebody may not know of is in neither.
            let others = try read(try await world.browser(as: .nobody).get("/tasks.xlsx?q=khao+sat").bytes)
            #expect(others.count == 1)
            let left = try FileManager.default.contentsOfDirectory(atPath: world.services.files.incoming.path)
            #expect(left == [])
        }
    }

    @Test(arguments: Engine.allCases) func tooManyRowsAreRefusedWithTheWayOut(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            for _ in 0..<3 { _ = try await tasks.issued() }
            let page = try SamplePage.context(as: tasks.secretariat)
            let refused = await tasks.refusal {
                _ = try await tasks.act(as: tasks.secretariat) { store in
                    try TaskExport(store: store, page: page, limit: 2).csv(TaskFilter())
                }
            }
            #expect(refused.contains { $0.contains("task.export.too_many") }, "\(refused)")
            let whole = try await tasks.act(as: tasks.secretariat) { store in
                try TaskExport(store: store, page: page, limit: 3).csv(TaskFilter())
            }
            #expect(whole.split(separator: "\r\n").count == 4)
        }
    }
}
