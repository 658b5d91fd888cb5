import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

@Suite struct PersonImportAPITests {
    private let good = "Mai Nhập,Sở Tài chính Gia Lai,Kế toán,01/07/2026,yes"
    private let bad = "Hoa Nhập,Không Có,Kế toán,01/07/2026,"

    private func send(
        _ lines: [String], _ fields: [(String, String)] = [], as who: Who, _ world: World
    ) async throws -> Reply {
        let table = (["name,unit,title,from,invite"] + lines).joined(separator: "\r\n") + "\r\n"
        let file = MultipartForm.File("can-bo.csv", Array(table.utf8))
        return try await world.api(as: who).send(
            .post, "/api/v1/people/imports", headers: [.contentType: MultipartForm.contentType],
            body: MultipartForm(fields, files: [file]).bytes)
    }

    private func found(_ world: World) async throws -> Int {
        let reply = try await world.api(as: .administrator).get("/api/v1/people?q=nhap")
        return (reply.json["items"] as? [Any])?.count ?? -1
    }

    @Test(arguments: Engine.allCases) func aProgramChecksAndTakes(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let trial = try await send([good, bad], [("trial", "1")], as: .administrator, world)
            #expect(trial.status == 200 && trial.json["taken"] as? Int == 0 && trial.json["trial"] as? Bool == true)
            let problems = trial.json["problems"] as? [[String: Any]] ?? []
            #expect(problems.count == 1 && problems.first?["line"] as? Int == 3)
            #expect(problems.first?["column"] as? String == "unit")
            #expect((problems.first?["message"] as? String)?.contains("“Không Có”") == true)
            #expect(try await found(world) == 0)
            let done = try await send([good, bad], [("good_rows", "1")], as: .administrator, world)
            #expect(done.status == 201 && done.json["taken"] as? Int == 1 && done.json["people"] as? Int == 1)
            #expect(done.header("Cache-Control") == "no-store")
            let link = try #require((done.json["links"] as? [[String: Any]])?.first?["link"] as? String)
            let path = try #require(link.firstRange(of: "/invitation?key=").map { String(link[$0.lowerBound...]) })
            #expect(try await world.browser().get(path).text.contains("Mai Nhập"))
            #expect(try await found(world) == 1)
        }
    }

    @Test(arguments: Engine.allCases) func aBadRowRefusesTheFile(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let refused = try await send([good, bad], as: .administrator, world)
            #expect(refused.status == 422)
            #expect((refused.json["errors"] as? [[String: Any]])?.first?["line"] as? Int == 3)
            #expect(try await found(world) == 0)
            #expect(try await send([], as: .administrator, world).text.contains("import.no_rows"))
            let days = try await send([good], [("days", "99")], as: .administrator, world)
            #expect(days.status == 422 && days.text.contains("days"))
            #expect(try await send([good], as: .secretariat, world).status == 403)
            let none = try await world.api(as: .administrator).send(
                .post, "/api/v1/people/imports", headers: [.contentType: MultipartForm.contentType],
                body: MultipartForm([], files: []).bytes)
            #expect(none.status == 422 && none.text.contains("import.no_file"))
        }
    }
}
