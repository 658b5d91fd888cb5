import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// What a program reads of a task it can send back: nothing changes, and what it leaves out stays.
@Suite struct TaskRoundTripTests {
    private func get(_ task: UID, _ tasks: TaskWorld) async throws -> Reply {
        try await tasks.world.api(as: .secretariat).get("/api/v1/tasks/\(task)")
    }

    private func put(_ task: UID, _ body: String, _ tasks: TaskWorld) async throws -> Reply {
        let version = try await tasks.find(task).version
        return try await tasks.world.api(as: .secretariat).send(
            .put, "/api/v1/tasks/\(task)/facts", raw: body, headers: [.ifMatch: "\"v\(version)\""])
    }

    /// All that the API says of the task but for how often and when it was changed.
    private func facts(_ task: UID, _ tasks: TaskWorld) async throws -> [String: String] {
        let json = try await get(task, tasks).json
        return try json.filter { !["version", "updated_at"].contains($0.key) }.mapValues {
            String(decoding: try JSONSerialization.data(withJSONObject: ["_": $0], options: .sortedKeys), as: UTF8.self)
        }
    }

    /// With something in every field.
    private func full(_ tasks: TaskWorld, _ deadline: Deadline?) async throws -> UID {
        let parent = try await tasks.issued { $0.title = "Chương trình chuyển đổi số" }
        let fields = try await tasks.act { try WorkField.common($0.tx) }
        let document = try tasks.world.documents(.science).issued
        return try await tasks.drafted {
            $0.description = "Mô tả\nhai dòng"
            $0.coordinating = [try tasks.world.uid(.front), try tasks.world.uid(.wardCommittee)]
            ($0.authority, $0.parent, $0.document) = (tasks.chairman.office.uid, parent.uid, document)
            ($0.paragraph, $0.priority, $0.isKey, $0.weight) = ("Mục 2", .high, true, 7)
            $0.pillar = fields.first { $0.family == .pillar }?.code ?? ""
            $0.group = fields.first { $0.family == .group }?.code ?? ""
            ($0.tags, $0.start, $0.deadline) = (["Số hóa", "Hạ tầng"], tasks.today, deadline)
            $0.products.append(TaskProduct(name: "Báo cáo", kind: nil, criterion: ""))
        }.uid
    }

    @Test(arguments: Engine.allCases) func whatIsReadIsSentBack(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let deadlines: [Deadline?] = [
                .day(tasks.due), try .period(#require(Period(typed: "2026Q4"))),
                .event("Luật được thông qua", reviewOn: tasks.due),
                .undated(reason: "Thường xuyên", reviewOn: tasks.due),
                nil,
            ]
            for deadline in deadlines {
                let task = try await full(tasks, deadline)
                let before = try await facts(task, tasks), stored = try await tasks.find(task)
                #expect(before["performer_uid"]?.contains(tasks.performer.office.uid.text) == true)
                let reply = try await put(task, try await get(task, tasks).text, tasks)
                #expect(reply.status == 200, "\(String(describing: deadline)): \(reply.text)")
                #expect(try await facts(task, tasks) == before)
                var after = try await tasks.find(task)
                (after.version, after.updatedAt) = (stored.version, stored.updatedAt)
                #expect(after == stored)
                let event = try await tasks.act { try #require(try $0.history(of: $0.find(task)).items.first) }
                #expect(event.verb == .changed && event.before.isEmpty && event.after.isEmpty, "\(event.after)")
            }
            #expect(try await tasks.disorder() == [])
        }
    }

    @Test(arguments: Engine.allCases) func whatIsLeftOutStays(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await full(tasks, .event("Luật được thông qua", reviewOn: tasks.due))
            var expected = try await facts(task, tasks)
            #expect(try await put(task, #"{"title": "Xây dựng kho dữ liệu chung"}"#, tasks).status == 200)
            expected["title"] = #"{"_":"Xây dựng kho dữ liệu chung"}"#
            #expect(try await facts(task, tasks) == expected)
            // A day that is typed is meant; null empties; a list or a text, an office by either name.
            let next = try await tasks.hire(.finance, "Chuyên viên mới").office.uid
            let changed = try await put(
                task,
                #"{"deadline": "30/6/2027", "tags": "Mới, Khác", "authority_uid": null, "performer_uid": "\#(next)"}"#,
                tasks)
            #expect(changed.status == 200, "\(changed.text)")
            let found = try await get(task, tasks).json
            #expect(found["deadline"] as? String == "2027-06-30" && found["deadline_kind"] as? String == "day")
            #expect(found["deadline_words"] is NSNull && found["review_on"] is NSNull)
            #expect(found["tags"] as? [String] == ["Mới", "Khác"] && found["authority"] is NSNull)
            #expect(found["performer_uid"] as? String == next.text && found["leader_uid"] is String)
            #expect((found["coordinating"] as? [Any])?.count == 2 && (found["products"] as? [Any])?.count == 2)
            let back = tasks.performer.office.uid
            #expect(try await put(task, #"{"performer": "\#(back)", "tags": ["Một"]}"#, tasks).status == 200)
            #expect(try await tasks.find(task).performer == tasks.performer.office.id)
        }
    }

    @Test(arguments: Engine.allCases) func whatIsNotChangedHereIsRefused(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await full(tasks, .day(tasks.due)), before = try await facts(task, tasks)
            let (one, other) = (tasks.chief.office.uid, tasks.colleague.office.uid)
            for (body, field) in [
                (#"{"state": "closed"}"#, "state"), (#"{"percent": 50}"#, "percent"),
                (#"{"due_on": "2027-01-01"}"#, "due_on"), (#"{"colour": "red"}"#, "colour"),
                (#"{"performer": "Ai đó"}"#, "performer"), (#"{"deadline_words": "Chờ luật"}"#, "deadline_kind"),
            ] {
                let reply = try await put(task, body, tasks)
                #expect(reply.status == 422 && reply.text.contains("\"\(field)\""), "\(body): \(reply.text)")
            }
            let both = #"{"performer": "\#(other)", "performer_uid": "\#(one)"}"#
            #expect(try await put(task, both, tasks).status == 422)
            #expect(try await facts(task, tasks) == before)
        }
    }

    /// What the viewer may not know of is not named, and stays.
    @Test(arguments: Engine.allCases) func whatIsHiddenStays(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await full(tasks, .day(tasks.due))
            let front = try tasks.world.id(.front), chief = tasks.chief
            let elsewhere = try await tasks.hire(.front, "Trưởng ban").office.id
            try await tasks.world.database.write { tx in
                try tx.run("UPDATE unit SET secrecy = 2 WHERE id = \(front)")
                try tx.run("UPDATE task SET authority_id = \(elsewhere) WHERE uid = \(task)")
            }
            let json = try await get(task, tasks).json
            #expect(json["authority_uid"] is NSNull && json["authority"] is String)
            #expect((json["coordinating"] as? [Any])?.count == 1)
            let authority = try await tasks.find(task).authority
            let reply = try await put(task, try await get(task, tasks).text, tasks)
            #expect(reply.status == 200, "\(reply.text)")
            let found = try await tasks.find(task)
            #expect(found.authority == authority && found.leader == chief.office.id)
            let count = try await tasks.number(
                "SELECT COUNT(*) FROM task_unit WHERE task_id = \(found.id) AND part = 'coordinating'")
            #expect(count == 2)
        }
    }
}
