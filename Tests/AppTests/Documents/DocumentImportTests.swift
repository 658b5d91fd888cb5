import Storage
import TestSupport
import Testing

@testable import App

@Suite struct DocumentImportTests {
    private let good = """
        sign,type,issuer,title,issued_on,secrecy,term,aliases,implements,concretises,recipients
        283/KH-UBND,,Ủy ban nhân dân tỉnh Gia Lai,Kế hoạch tỉnh,24/09/2025,internal,,,02-KH/BCĐTW,,Sở Tài chính Gia Lai; Sở Khoa học và Công nghệ Gia Lai
        02-KH/BCĐTW,KH,Ban Chỉ đạo Trung ương,Kế hoạch trung ương,2025-08-19,public,14,Kế hoạch 02,,57/2024,
        57-NQ/TW,resolution,VN,Nghị quyết,2025-07-22,public,,57/2024,,,
        """

    private func run(
        _ world: DocumentWorld, _ text: String, _ options: DocumentImport.Options = .init(), as who: Who? = nil
    ) async throws -> DocumentImport.Report {
        let viewer: Viewer
        if let who { viewer = try await world.world.viewer(who) } else { viewer = .system("test") }
        let work = DocumentImport(viewer: viewer, today: world.today, now: world.now)
        return try await work.run(.read(Array(text.utf8), name: "vb.csv"), options, into: world.world.database)
    }

    private func told(_ report: DocumentImport.Report) -> [String] {
        report.problems.shown.map { "\($0.line ?? 0) \($0.field) \($0.message.key)" }
    }

    @Test(arguments: Engine.allCases) func linksMayPointForwardAndEverythingGoesIn(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let report = try await run(world, good)
            #expect(told(report) == [])
            #expect(report.taken == 3 && report.links == 2 && report.counts == [.plan: 2, .resolution: 1])
            let detail = try await world.act { try $0.detail(try #require(try $0.find(typed: "283/KH-UBND")).uid) }
            #expect(detail.links.map { "\($0.kind) \($0.other.name)" } == ["implements 02-KH/BCĐTW"])
            #expect(detail.recipientCount == 2)
            #expect(
                try await world.act { try DocumentMap(tx: $0.tx).differences().map { $0.missing + $0.surplus } } == [
                    0, 0,
                ])
            let event = try await world.act { store in
                try ActivityStore(tx: store.tx, viewer: store.viewer).recent(limit: 1).first
            }
            #expect(event?.verb == .imported && event?.after["rows"] == "3" && event?.after["sha256"]?.count == 64)
        }
    }

    @Test(arguments: Engine.allCases) func aTrialChangesNothing(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let report = try await run(world, good, .init(isTrial: true))
            #expect(report.taken == 3 && report.links == 2 && report.isTrial)
            #expect(try await world.act { try $0.find(typed: "283/KH-UBND") } == nil)
        }
    }

    private let bad = """
        sign,type,issuer,title,issued_on,implements,effect_to
        71/KH-UBND,,Ủy ban nhân dân tỉnh Gia Lai,Tốt,2026-02-01,,
        72/KH-UBND,,Không Có Đơn Vị,Xấu,2026-02-01,,
        73-KH,,Ủy ban nhân dân tỉnh Gia Lai,Xấu,31/02/2026,,
        74/KH-UBND,,Ủy ban nhân dân tỉnh Gia Lai,Cũ hơn căn cứ,2026-01-01,71/KH-UBND,
        75/KH-UBND,,Ủy ban nhân dân tỉnh Gia Lai,Căn cứ không có,2026-03-01,99/KH-UBND,
        71/KH-UBND,,Ủy ban nhân dân tỉnh Gia Lai,Trùng số,2026-02-02,,
        76/KH-UBND,,Ủy ban nhân dân tỉnh Gia Lai,Dựa vào dòng xấu,2026-03-01,75/KH-UBND,
        """

    @Test(arguments: Engine.allCases) func everyProblemIsToldByLineAndColumn(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let report = try await run(world, bad)
            #expect(
                told(report) == [
                    "3 issuer document.error.issuer_unknown", "4 type field.missing",
                    "4 sign document-number.error.issuer_missing", "4 issued_on field.day",
                    "5 implements document.error.before_basis", "6 implements document.error.import_unknown",
                    "7 sign document.error.taken",
                ])
            #expect(report.taken == 0)
            #expect(try await world.act { try $0.find(typed: "71/KH-UBND") } == nil)
        }
    }

    @Test(arguments: Engine.allCases) func theGoodRowsGoInWithoutWhatRestsOnBadOnes(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let report = try await run(world, bad, .init(takesGoodRows: true))
            #expect(report.taken == 1, "\(told(report))")
            #expect(told(report).contains("8 implements document.error.import_unknown"))
            #expect(try await world.act { try $0.find(typed: "71/KH-UBND")?.document.title } == "Tốt")
            #expect(try await world.act { try $0.find(typed: "76/KH-UBND") } == nil)
        }
    }

    @Test func aFileThatCannotBeReadIsToldAndNothingIsTaken() async throws {
        try await DocumentWorld.with(.sqlite) { world in
            let missing = try await run(world, "sign,title\n1/KH-UBND,x\n")
            #expect(missing.problems.shown.map(\.field) == ["type", "issuer", "issued_on"] && missing.taken == 0)
            let unclosed = try await run(world, "sign,type,issuer,title,issued_on\n\"1/KH-UBND,,VN,x,2026-01-01\n")
            #expect(unclosed.problems.shown.map(\.message.key) == ["csv.unclosed_quote"] && unclosed.taken == 0)
        }
    }

    @Test func aWorkbookIsReadLikeAFileOfText() async throws {
        try await DocumentWorld.with(.sqlite) { world in
            let table = good.split(separator: "\n").map { line in
                line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
            let file = try DocumentImportFile.read(TestWorkbook(table).zip.bytes, name: "vb.xlsx")
            let work = DocumentImport(viewer: .system("test"), today: world.today, now: world.now)
            let report = try await work.run(file, .init(), into: world.world.database)
            #expect(told(report) == [] && report.taken == 3 && report.links == 2)
        }
    }

    @Test func columnsAndWordsMayBeThoseOfThePages() throws {
        let heads = ["Số, ký hiệu", "LOẠI VĂN BẢN", "Cơ quan ban hành", "Trích yếu", "Ngày ban hành"]
        let more = ["Phạm vi được biết", "Thể thức ký", "Bí mật nhà nước"]
        let row = ["71/KH-UBND", "kế hoạch", "VN", "Kế hoạch", "01/02/2026", "Công khai", "Ký thay (KT.)", "không"]
        let text = CSVWriter.line(heads + more) + CSVWriter.line(row)
        let words = DocumentImportWords(try CatalogueTests.catalogue.get())
        let file = try DocumentImportFile.read(Array(text.utf8), name: "vb.csv", words: words)
        let cells = try #require(file.lines.first?.cells)
        #expect(file.problems.isEmpty && cells["sign"] == "71/KH-UBND" && cells["type"] == "plan")
        #expect(cells["title"] == "Kế hoạch", "only where a word of ours is wanted")
        #expect(cells["secrecy"] == "public" && cells["capacity"] == "KT" && cells["reference"] == "0")
    }

    @Test func whoKeepsNoDocumentsImportsNone() async throws {
        try await DocumentWorld.with(.sqlite) { world in
            await world.refuses(["forbidden"]) { _ = try await run(world, good, as: .leader) }
            // A secretariat takes in what is its own.
            let report = try await run(world, good, as: .secretariat)
            #expect(told(report).contains("3 issuer document.error.issuer_unknown"))
        }
    }

    /// What goes out comes in again, on the other engine too.
    @Test func anExportIsAnImport() async throws {
        let text = try await DocumentWorld.with(.sqlite) { world in
            _ = try await run(world, good)
            return try await export(world)
        }
        #expect(text.contains("283/KH-UBND,plan,Ủy ban nhân dân tỉnh Gia Lai,Kế hoạch tỉnh,2025-09-24"))
        try await DocumentWorld.with(.postgres) { world in
            let report = try await run(world, DocumentExport.header + text)
            #expect(told(report) == [] && report.taken == 3 && report.links == 2)
            #expect(try await export(world) == text)
        }
    }

    /// Without what every world has from its beginning.
    private func export(_ world: DocumentWorld) async throws -> String {
        try await world.act { store in
            var lines = ""
            try DocumentExport(tx: store.tx, viewer: store.viewer, today: store.today).write(DocumentFilter()) { line in
                if ["283/", "02-KH", "57-NQ"].contains(where: line.hasPrefix) { lines += line }
            }
            return lines
        }
    }
}
