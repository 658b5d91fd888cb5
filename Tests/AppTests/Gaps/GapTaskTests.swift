import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// A gap names the tasks that cannot go on, and each of these says for what it waits.
@Suite struct GapTaskTests {
    private func task(_ place: Place, _ act: String, _ world: World) throws -> UID {
        try world.tasks(place).before(act)
    }

    private func gap(_ world: World, waiting: String, title: String = "Quy chế dữ liệu chung") throws -> KeyValuePairs<
        String, String
    > {
        [
            "title": title, "type": "regulation", "owner": try world.uid(.science).text, "due_on": "2026-11-01",
            "blocked_tasks": waiting,
        ]
    }

    private func names(_ reply: Reply, _ member: String) -> [String] {
        (reply.json[member] as? [[String: Any]] ?? []).compactMap { $0["uid"] as? String }
    }

    @Test(arguments: Engine.allCases) func bothSayWhatWaits(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let (own, hidden) = (try task(.science, "progress", world), try task(.otherCommittee, "progress", world))
            let (root, api) = (try world.api(as: .root), try world.api(as: .secretariat))
            let made = try await root.send(
                .post, "/api/v1/gaps", json: try gap(world, waiting: "\(own)\nhttps://a.vn/tasks/\(hidden)/history"))
            let path = try #require(made.location, "\(made.text)"), page = path.replacing("/api/v1", with: "")
            #expect(Set(names(try await root.get(path), "blocked_tasks")) == [own.text, hidden.text])
            #expect(names(try await api.get(path), "blocked_tasks") == [own.text])
            let browser = try world.browser(as: .secretariat)
            let shown = try await browser.get(page).text
            #expect(shown.contains("/tasks/\(own)") && !shown.contains("/tasks/\(hidden)"))
            let waiting = try await browser.get("/tasks/\(own)").text
            #expect(waiting.contains("Đang chờ ban hành") && waiting.contains("href=\"\(page)\""))
            #expect(waiting.contains("trễ 21 ngày") || waiting.contains("21 ngày"))
            #expect(
                names(try await api.get("/api/v1/tasks/\(own)"), "waits_for") == [page.replacing("/gaps/", with: "")])
            // The form of the gap names the task again; a change keeps what its editor may not know of.
            let form = try await browser.get(page + "/edit").text
            #expect(form.contains(own.text) || form.contains("đang làm"))
            let changed = try await api.send(.put, path + "/facts", json: try gap(world, waiting: ""), ifMatch: 1)
            #expect(changed.status == 200, "\(changed.text)")
            #expect(names(try await root.get(path), "blocked_tasks") == [hidden.text])
            #expect(try await !browser.get("/tasks/\(own)").text.contains("Đang chờ ban hành"))
        }
    }

    /// Whoever may know of the task alone is not told of the gap; a settled one keeps nobody waiting.
    @Test(arguments: Engine.allCases) func aHiddenOrSettledGapIsNotNamed(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let own = try task(.science, "progress", world), api = try world.api(as: .secretariat)
            try await world.database.write { tx in try tx.run("UPDATE task SET secrecy = 0 WHERE uid = \(own)") }
            let made = try await api.send(.post, "/api/v1/gaps", json: try gap(world, waiting: own.text))
            let path = try #require(made.location, "\(made.text)")
            let stranger = try await world.browser(as: .nobody).get("/tasks/\(own)")
            #expect(stranger.status == 200 && !stranger.text.contains("Quy chế dữ liệu chung"))
            let known = try await world.browser(as: .secretariat).get("/tasks/\(own)").text
            #expect(known.contains("Quy chế dữ liệu chung"))
            let dropped = try await api.send(
                .post, path + "/decisions", json: ["decision": "drop", "reason": "Không cần"], ifMatch: 1)
            #expect(dropped.status == 200, "\(dropped.text)")
            #expect(names(try await api.get("/api/v1/tasks/\(own)"), "waits_for").isEmpty)
            #expect(names(try await api.get(path), "blocked_tasks") == [own.text])
        }
    }

    @Test(arguments: Engine.allCases) func whatIsNotKnownIsRefusedByItsLine(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let (own, hidden) = (try task(.science, "issue", world), try task(.otherCommittee, "progress", world))
            let browser = try world.browser(as: .secretariat)
            let refused = try await browser.post(
                "/gaps", try gap(world, waiting: "\(own)\n\(hidden)"))
            #expect(refused.status == 422 && refused.text.contains("id=\"f-blocked_tasks-reason\""))
            #expect(refused.text.contains(hidden.text), "what was typed comes back")
            // A draft that is given up takes its line along.
            let api = try world.api(as: .secretariat)
            let made = try await api.send(.post, "/api/v1/gaps", json: try gap(world, waiting: own.text))
            let gone = try await browser.post("/tasks/\(own)/removal", ["version": "1"])
            #expect(gone.status == 303, "\(gone.text)")
            #expect(names(try await api.get(try #require(made.location)), "blocked_tasks").isEmpty)
        }
    }
}
