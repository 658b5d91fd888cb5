import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

@Suite struct DocumentImportAPITests {
    private let good = """
        sign,type,issuer,title,issued_on,implements
        71/KH-UBND,,Ủy ban nhân dân tỉnh Gia Lai,Kế hoạch nhập,2026-02-01,72/KH-UBND
        72/KH-UBND,,Ủy ban nhân dân tỉnh Gia Lai,Kế hoạch gốc,2026-01-01,
        """
    private let bad = "\n73/KH-UBND,,Không Có Đơn Vị,Xấu,2026-02-01,"

    private func send(
        _ table: String, _ fields: [(String, String)] = [], key: String? = nil, as who: Who, _ world: World
    ) async throws -> Reply {
        var headers: HTTPFields = [.contentType: MultipartForm.contentType]
        if let key, let name = HTTPField.Name(IdempotencyKey.header) { headers[name] = key }
        return try await world.api(as: who).send(
            .post, "/api/v1/documents/imports", headers: headers,
            body: MultipartForm(fields, files: [MultipartForm.File("vb.csv", Array(table.utf8))]).bytes)
    }

    private func found(_ world: World) async throws -> Int {
        let reply = try await world.api(as: .secretariat).get("/api/v1/documents?q=ke+hoach+nhap")
        return (reply.json["items"] as? [Any])?.count ?? -1
    }

    @Test(arguments: Engine.allCases) func aProgramChecksAndTakes(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let trial = try await send(good, [("trial", "1")], as: .secretariat, world)
            #expect(trial.status == 200 && trial.json["taken"] as? Int == 2 && trial.json["links"] as? Int == 1)
            #expect(try await found(world) == 0)
            let done = try await send(good, key: "once", as: .secretariat, world)
            #expect(done.status == 201 && done.json["taken"] as? Int == 2 && done.json["problem_count"] as? Int == 0)
            #expect((done.json["sha256"] as? String)?.count == 64)
            #expect(try await found(world) == 1)
            #expect(try await send(good, key: "once", as: .secretariat, world).text == done.text)
            #expect(try await send(good, as: .secretariat, world).status == 422, "the numbers are taken")
        }
    }

    @Test(arguments: Engine.allCases) func aBadRowRefusesTheFileOrIsLeftOut(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let refused = try await send(good + bad, as: .secretariat, world)
            #expect(refused.status == 422)
            let error = (refused.json["errors"] as? [[String: Any]])?.first
            #expect(error?["line"] as? Int == 4 && error?["field"] as? String == "issuer")
            #expect(try await found(world) == 0)
            let part = try await send(good + bad, [("good_rows", "1")], as: .secretariat, world)
            #expect(part.status == 201 && part.json["taken"] as? Int == 2 && part.json["problem_count"] as? Int == 1)
            let head = String(good.prefix { $0 != "\n" })
            #expect(try await send(head, as: .secretariat, world).text.contains("import.no_rows"))
            let long = head + String(repeating: "\n1/KH-UBND,,VN,Dài,2026-02-01,", count: 2_001)
            #expect(try await send(long, as: .secretariat, world).text.contains("import.too_many_rows"))
            #expect(try await send(good, as: .leader, world).status == 403)
        }
    }
}
