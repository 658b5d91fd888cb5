import Foundation
import Storage
import TestSupport
import Testing

@testable import App

@Suite struct DocumentImportPagesTests {
    private func file(_ lines: [String]) -> MultipartForm.File {
        let table = (["sign,type,issuer,title,issued_on,implements"] + lines).joined(separator: "\r\n") + "\r\n"
        return MultipartForm.File("van-ban.csv", Array(table.utf8))
    }

    private let good = [
        "71/KH-UBND,,Ủy ban nhân dân tỉnh Gia Lai,Kế hoạch nhập,2026-02-01,72/KH-UBND",
        "72/KH-UBND,,Ủy ban nhân dân tỉnh Gia Lai,Kế hoạch gốc,2026-01-01,",
    ]

    @Test(arguments: Engine.allCases) func aFileIsCheckedThenTaken(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let office = try world.browser(as: .secretariat)
            #expect(try await office.get("/documents").text.contains("href=\"/documents/import\""))
            let form = try await office.get("/documents/import")
            #expect(form.text.contains("multipart/form-data") && form.text.contains(" checked"))
            let trial = try await office.upload("/documents/import", [("trial", "1")], files: [file(good)])
            #expect(trial.status == 200 && trial.text.contains("Có thể nhập 2 dòng") && !trial.text.contains("⟦"))
            #expect(!(try await office.get("/documents?q=ke+hoach+nhap").text).contains("71/KH-UBND"))
            let done = try await office.upload("/documents/import", files: [file(good)])
            #expect(done.status == 200 && done.text.contains("Đã nhập 2 dòng"))
            #expect(try await office.get("/documents?q=ke+hoach+nhap").text.contains("71/KH-UBND"))
        }
    }

    @Test(arguments: Engine.allCases) func whatIsWrongIsToldByLineAndNothingIsTaken(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let office = try world.browser(as: .secretariat)
            _ = try await office.get("/documents/import")
            let bad = file(good + ["73/KH-UBND,,<b>Không</b> Có,Xấu,2026-02-01,"])
            let refused = try await office.upload("/documents/import", files: [bad])
            #expect(
                refused.status == 422 && refused.text.contains("Chưa nhập gì")
                    && refused.text.contains("Cơ quan ban hành"))
            #expect(!(try await office.get("/documents?q=ke+hoach+nhap").text).contains("71/KH-UBND"))
            let part = try await office.upload("/documents/import", [("good_rows", "1")], files: [bad])
            #expect(part.status == 200 && part.text.contains("Đã nhập 2 dòng") && part.text.contains("1 lỗi"))
            #expect(try await office.upload("/documents/import", files: []).text.contains("Chưa chọn tệp nào"))
            let pdf = MultipartForm.File("a.csv", Array("%PDF-1.7".utf8))
            #expect(try await office.upload("/documents/import", files: [pdf]).status == 422)
            let focal = try world.browser(as: .focal)
            #expect(try await focal.upload("/documents/import", files: [file(good)]).status == 403)
            #expect(!(try await focal.get("/documents").text).contains("/documents/import"))
        }
    }
}
