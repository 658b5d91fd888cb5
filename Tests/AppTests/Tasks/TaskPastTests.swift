import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// For programs: what was asked of a task, who had it, and how a draft is given up.
@Suite struct TaskPastTests {
    private func items(_ reply: Reply) throws -> [[String: Any]] {
        try #require(reply.json["items"] as? [[String: Any]], "\(reply.status) \(reply.text)")
    }

    @Test(arguments: Engine.allCases) func aRequestIsReadBeforeAndAfterItsAnswer(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let tasks = try world.tasks(.wardCommittee), task = try #require(tasks.extended)
            let path = "/api/v1/tasks/\(task)", asked = try #require(tasks.extensionAsked)
            let api = try world.api(as: .secretariat)
            let detail = try await api.get(path).json
            let links = try #require(detail["links"] as? [String: String])
            #expect(links["extensions"] == "\(path)/extensions" && links["assignments"] == "\(path)/assignments")
            let waiting = try #require(try items(try await api.get("\(path)/extensions")).first)
            #expect(waiting["uid"] as? String == asked.text && waiting["reason"] as? String == "Thiếu thiết bị")
            #expect(waiting["from"] as? String == "2026-12-31" && waiting["to"] as? String == "2027-01-30")
            #expect(waiting["decision"] is NSNull && waiting["decided_at"] is NSNull && waiting["decided_by"] is NSNull)
            let decided = try await api.send(
                .post, "\(path)/extensions/\(asked)/decision", json: ["decision": "granted", "answer": "Đồng ý"],
                ifMatch: 1)
            #expect(decided.status == 200, "\(decided.text)")
            let one = try await api.get("\(path)/extensions/\(asked)").json
            #expect(one["decision"] as? String == "granted" && one["answer"] as? String == "Đồng ý")
            #expect(one["decided_at"] is String)
            #expect((one["decided_by"] as? String)?.isEmpty == false)
            // A request belongs to its task, and is known where that is.
            let other = try world.tasks(.wardCommittee).before("acceptance")
            #expect(try await api.get("/api/v1/tasks/\(other)/extensions/\(asked)").status == 404)
            for end in ["/extensions", "/extensions/\(asked)", "/assignments"] {
                #expect(try await world.browser(as: .nobody).get(path + end).status == 404, "\(end)")
            }
        }
    }

    /// The names of people are those that the page shows to the same reader, and no others.
    @Test(arguments: Engine.allCases) func whoHadItIsNamedAsThePageNamesThem(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let task = try #require(try world.tasks(.science).reassignable)
            let path = "/api/v1/tasks/\(task)", deputy = try world.staff(.science).deputyOffice
            let given = try await world.api(as: .leader).send(
                .post, "\(path)/performer", json: ["office": deputy.text, "reason": "Chuyển công tác"], ifMatch: 1)
            #expect(given.status == 200, "\(given.text)")
            var named = 0
            for who in [Who.root, .leader, .focal, .supervisor, .member] {
                let viewer = try await world.viewer(who), today = world.today
                let shown = try await world.database.read { tx in
                    try TaskStore(tx: tx, viewer: viewer, today: today).detail(task).assignments
                }
                let read = try items(try await world.api(as: who).get("\(path)/assignments"))
                #expect(read.map { $0["person_name"] as? String } == shown.map(\.office.person), "\(who)")
                #expect(read.map { $0["office"] as? String } == shown.map(\.office.uid.text))
                #expect(read.count { $0["to"] is NSNull } == 2, "one does it, one answers for it")
                #expect(read.contains { $0["reason"] as? String == "Chuyển công tác" })
                named += shown.count { $0.office.person != nil }
            }
            #expect(named > 0)
        }
    }

    @Test(arguments: Engine.allCases) func aDraftIsGivenUpOnce(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let draft = try world.tasks(.science).before("issue"), path = "/api/v1/tasks/\(draft)"
            let api = try world.api(as: .secretariat)
            func count() async throws -> Int {
                try await world.database.read { tx in
                    try tx.first("SELECT COUNT(*) FROM event WHERE verb = 'discarded' AND subject_kind = 'task'")?
                        .int(0) ?? 0
                }
            }
            #expect(try await api.send(.delete, path).status == 428)
            #expect(try await api.send(.delete, path, headers: [.ifMatch: "\"v9\""]).status == 412)
            #expect(try await world.api(as: .focal).send(.delete, path, headers: [.ifMatch: "\"v1\""]).status == 403)
            var headers: HTTPFields = [.ifMatch: "\"v1\""]
            if let name = HTTPField.Name(IdempotencyKey.header) { headers[name] = "xoa-1" }
            let before = try await count()
            let first = try await api.send(.delete, path, headers: headers)
            #expect(first.status == 200, "\(first.text)")
            #expect(try await api.get(path).status == 404)
            // The answer was lost and the program asks again.
            let again = try await api.send(.delete, path, headers: headers)
            #expect(again.status == 200 && again.text == first.text)
            #expect(try await api.send(.delete, path, headers: [.ifMatch: "\"v1\""]).status == 404)
            #expect(try await count() == before + 1)
            let issued = try world.tasks(.science).before("acceptance")
            let kept = try await api.send(.delete, "/api/v1/tasks/\(issued)", headers: [.ifMatch: "\"v1\""])
            #expect(kept.status == 409, "\(kept.text)")
        }
    }
}
