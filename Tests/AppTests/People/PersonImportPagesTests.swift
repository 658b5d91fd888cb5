import Foundation
import Storage
import TestSupport
import Testing

@testable import App

@Suite struct PersonImportPagesTests {
    private func file(_ lines: [String], name: String = "can-bo.csv") -> MultipartForm.File {
        let table = (["name,unit,title,from,invite"] + lines).joined(separator: "\r\n") + "\r\n"
        return MultipartForm.File(name, Array(table.utf8))
    }

    private func incoming(_ world: World) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: world.services.files.incoming.path)) ?? []
    }

    @Test(arguments: Engine.allCases)
    func aFileIsCheckedThenTakenAndItsLinksShownOnce(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let administrator = try world.browser(as: .administrator)
            let form = try await administrator.get("/people/import")
            #expect(form.text.contains("type=\"file\"") && form.text.contains("multipart/form-data"))
            #expect(form.text.contains(" checked"), "a trial unless one says otherwise")
            let unit = "Sở Tài chính Gia Lai"
            let good = file(["Mai Nhập,\(unit),Kế toán,01/07/2026,yes", "Lan Nhập,\(unit),Thủ quỹ,01/07/2026,no"])
            let trial = try await administrator.upload(
                "/people/import", [("days", "7"), ("trial", "1")], files: [good])
            #expect(trial.status == 200 && trial.text.contains("Có thể nhập 2 dòng"))
            #expect(!trial.text.contains("rsi_") && !trial.text.contains("⟦"))
            #expect(!(try await administrator.get("/people?q=nhap").text).contains("Mai Nhập"))
            let done = try await administrator.upload("/people/import", [("days", "7")], files: [good])
            #expect(done.status == 200 && done.text.contains("Đã nhập 2 dòng"))
            #expect(done.header("Cache-Control") == "no-store")
            let path = try #require(done.text.firstMatch(of: /\/invitation\?key=rsi_[A-Za-z0-9_-]{43}/)?.output)
            #expect(try await world.browser().get(String(path)).text.contains("Mai Nhập"))
            #expect(try await administrator.get("/people?q=nhap").text.contains("Thủ quỹ"))
            let history = try await administrator.get("/events?verb=imported")
            #expect(history.text.contains("can-bo.csv"))
            #expect(incoming(world) == [], "nothing of the file is kept")
        }
    }

    @Test(arguments: Engine.allCases)
    func whatIsWrongIsToldByLineAndNothingIsTaken(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let administrator = try world.browser(as: .administrator)
            let bad = file([
                "An,Nơi <b>Không</b> Có,Kế toán,01/07/2026,", "Bình,Sở Tài chính Gia Lai,Kế toán,31/02/2026,",
            ])
            let refused = try await administrator.upload("/people/import", [("days", "7")], files: [bad])
            #expect(refused.status == 422)
            #expect(refused.text.contains("Nơi &lt;b&gt;Không") && refused.text.contains("“31/02/2026”"))
            #expect(!(try await administrator.get("/people?q=binh").text).contains("Bình,"))
            let none = try await administrator.upload("/people/import", [("days", "40")], files: [])
            #expect(none.status == 422 && none.text.contains("value=\"40\""))
            let pdf = MultipartForm.File("people.csv", Array("%PDF-1.7".utf8))
            let other = try await administrator.upload("/people/import", [("days", "7")], files: [pdf])
            #expect(other.status == 422 && other.text.contains("PDF"))
            #expect(try await world.browser(as: .member).upload("/people/import", files: [bad]).status == 403)
            #expect(incoming(world) == [])
        }
    }
}
