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

    private static let heads = [
        "Tên nhiệm vụ", "Trạng thái", "Đơn vị chủ trì", "Người thực hiện", "Lãnh đạo chịu trách nhiệm",
        "Người có thẩm quyền quyết định", "Đơn vị phối hợp", "Đơn vị giao", "Thời hạn", "Ngày đến hạn", "Thời hạn gốc",
        "Số lần gia hạn", "Bắt đầu", "Đơn vị khai báo", "Tiến độ (%)", "Ngày báo cáo hoàn thành", "Xác nhận",
        "Ngày xác nhận", "Tiến độ so với thời hạn", "Tiến độ so với thời hạn gốc", "Mức ưu tiên",
        "Nhiệm vụ trọng tâm", "Trụ cột", "Nhóm nhiệm vụ", "Lĩnh vực", "Nhãn", "Phạm vi được biết", "Văn bản nguồn",
        "Mục, đoạn", "Thuộc nhiệm vụ", "Trọng số", "Sản phẩm và tiêu chí", "Mã định danh",
    ]

    /// One task that has something in every column, verified today.
    private func full(_ tasks: TaskWorld) async throws -> (row: TaskRow, document: String) {
        let above = try await tasks.issued { $0.title = "=HYPERLINK của việc lớn" }
        let document = try tasks.world.documents(.science).issued
        let fields = try await tasks.act { try WorkField.common($0.tx) }
        let pillar = try #require(fields.first { $0.family == .pillar }), group = fields.first { $0.family == .group }
        let row = try await tasks.issued {
            ($0.title, $0.isKey, $0.weight, $0.tags) = ("+84 tổng đài hỗ trợ", true, 3, ["gấp", "số hóa"])
            ($0.document, $0.paragraph, $0.parent) = (document, "mục II.3", above.uid)
            ($0.pillar, $0.group, $0.start) = (pillar.code, group?.code ?? "", tasks.today.adding(days: -20))
            ($0.authority, $0.coordinating) = (tasks.chairman.office.uid, [try tasks.world.uid(.front)])
        }
        try await tasks.declared(row.uid)
        tasks.pass(days: 1)
        try await tasks.does(.verify, row.uid, as: tasks.secretariat)
        let name = try await tasks.act { try $0.documents.find(document).name }
        return (row, name)
    }

    /// The closed tasks in both forms, days after whoever was signed in is so no more.
    private func files(_ tasks: TaskWorld) async throws -> (book: [UInt8], csv: String) {
        let page = try SamplePage.context(as: tasks.secretariat), file = file()
        defer { try? FileManager.default.removeItem(at: file) }
        let csv = try await tasks.act(as: tasks.secretariat) { store in
            var filter = TaskFilter()
            filter.which = .closed
            let export = TaskExport(store: store, page: page)
            try export.xlsx(filter, to: file, folder: FileManager.default.temporaryDirectory)
            return try export.csv(filter)
        }
        return ([UInt8](try Data(contentsOf: file)), csv)
    }

    @Test(arguments: Engine.allCases) func aLineSaysAllThatTheTaskSays(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let begun = tasks.today
            let (row, document) = try await full(tasks)
            let files = try await files(tasks)
            let book = try read(files.book)
            let heads = try #require(book.first), line = try #require(book.dropFirst().first)
            #expect(book.count == 2 && heads == Self.heads)
            let said = Dictionary(uniqueKeysWithValues: zip(heads, line))
            let expected = [
                "Tên nhiệm vụ": "+84 tổng đài hỗ trợ", "Trạng thái": "Đã xác nhận",
                "Ngày đến hạn": tasks.due.adding(days: -1).text, "Thời hạn gốc": tasks.due.adding(days: -1).text,
                "Bắt đầu": begun.adding(days: -20).text, "Ngày báo cáo hoàn thành": begun.text,
                "Ngày xác nhận": begun.adding(days: 1).text, "Tiến độ (%)": "100", "Trọng số": "3",
                "Nhiệm vụ trọng tâm": "Có", "Nhãn": "gấp, số hóa", "Phạm vi được biết": "Nội bộ",
                "Văn bản nguồn": document, "Mục, đoạn": "mục II.3", "Thuộc nhiệm vụ": "=HYPERLINK của việc lớn",
                "Sản phẩm và tiêu chí": "Nền tảng dữ liệu (Hệ thống): 100% xã tra cứu được hồ sơ",
                "Mã định danh": row.uid.text,
            ]
            for (name, value) in expected { #expect(said[name] == value, "\(name)") }
            for name in Self.heads where !["Lĩnh vực", "Số lần gia hạn"].contains(name) {
                #expect(said[name]?.isEmpty == false, "\(name) is empty")
            }
            #expect(said["Lãnh đạo chịu trách nhiệm"]?.contains(tasks.chief.person.name) == true)
            // In the other file a text that a spreadsheet would run is kept from it.
            let csv = files.csv
            #expect(csv.contains("'+84 tổng đài") && csv.contains("'=HYPERLINK của"))
        }
    }

    /// Days and numbers are cells of their own kind.
    @Test func aWorkbookOfTasksKeepsItsTypes() async throws {
        try await TaskWorld.with(.sqlite) { tasks in
            let (row, _) = try await full(tasks)
            let file = file()
            defer { try? FileManager.default.removeItem(at: file) }
            try Data(try await files(tasks).book).write(to: file)
            let archive = try ZipArchive(file: file)
            let sheet = String(decoding: try archive.bytes("xl/worksheets/sheet1.xml") ?? [], as: UTF8.self)
            let due = row.task.due.number + 25_569
            #expect(sheet.contains("<v>\(due)</v>") && sheet.contains("<v>100</v>") && !sheet.contains("<f>"))
        }
    }

    /// Neither the document nor the task above is told to whoever may not know of it.
    @Test(arguments: Engine.allCases) func whatALineNamesIsKnownToItsReader(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let above = try await tasks.given(by: .science, .open) {
                ($0.title, $0.secrecy) = ("Việc lớn hạn chế người biết", .restricted)
            }
            _ = try await tasks.given(by: .science, .open) {
                ($0.title, $0.parent) = ("Việc nhỏ ai trong sở cũng biết", above.uid)
            }
            let page = try SamplePage.context(as: tasks.colleague.viewer)
            let text = try await tasks.act(as: tasks.colleague.viewer) { store in
                try TaskExport(store: store, page: page).csv(TaskFilter())
            }
            #expect(text.contains("Việc nhỏ") && !text.contains("Việc lớn"))
        }
    }
}
