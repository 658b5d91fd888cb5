import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// One part of a task by its own form, and a draft that becomes a part of another task.
@Suite struct TaskPartFormTests {
    /// A whole with all that its parts take from it.
    private func whole(_ tasks: TaskWorld) async throws -> TaskRow {
        let there = try await tasks.hire(.quyNhon, "Trưởng phòng")
        return try await tasks.issued {
            ($0.title, $0.leadUnit) = ("Xây dựng trục dữ liệu của tỉnh", try tasks.world.uid(.quyNhon))
            ($0.performer, $0.leader) = (there.office.uid, tasks.chairman.office.uid)
            ($0.pillar, $0.secrecy, $0.priority, $0.isKey) = ("digital-society", .public, .urgent, true)
            ($0.paragraph, $0.tags) = ("Mục 3", ["dữ liệu"])
        }
    }

    @Test(arguments: Engine.allCases) func thePageOfATaskLeadsToAFormThatTakesAfterIt(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let whole = try await whole(tasks), browser = try tasks.world.browser(as: .secretariat)
            let page = try await browser.get(whole.href).text
            let address = "/tasks/new?parent=\(whole.uid)"
            #expect(page.contains("href=\"\(address)\""))
            let unit = try await browser.get(address)
            #expect(unit.status == 200 && unit.text.contains(whole.task.title) && !unit.text.contains("⟦"))
            #expect(unit.text.contains("name=\"parent\" value=\"\(whole.uid)\""))
            let form = try await browser.get("\(address)&lead_unit=\(try tasks.world.uid(.finance))")
            #expect(form.status == 200 && !form.text.contains("⟦"))
            for mark in [
                "<option value=\"digital-society\" selected>", "<option value=\"public\" selected>",
                "<option value=\"urgent\" selected>", "value=\"Mục 3\"", "value=\"dữ liệu\"", "value=\"\(whole.uid)\"",
            ] { #expect(form.text.contains(mark), "\(mark)") }
            #expect(form.text.contains("value=\"1\" id") && form.text.contains(" checked"), "a key task")
            #expect(!form.text.contains("100% xã tra cứu được hồ sơ"), "its products are its own")
            let made = try await browser.post(
                "/tasks",
                [
                    "title": "Kết nối dữ liệu tài chính", "lead_unit": "\(try tasks.world.uid(.finance))",
                    "parent": "\(whole.uid)", "weight": "3",
                ])
            #expect(made.status == 303, "\(made.text.prefix(2_000))")
            let uid = try #require(made.location.flatMap { UID(parsing: String($0.dropFirst("/tasks/".count))) })
            let part = try await tasks.find(uid)
            #expect(part.parent == whole.task.id && part.weight == 3)
        }
    }

    /// What one may not know of, may not split, or has ended, begins no part.
    @Test(arguments: Engine.allCases) func aPartOfWhatIsNotOnesOwnIsRefused(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let browser = try tasks.world.browser(as: .secretariat)
            func status(_ parent: String) async throws -> Int {
                try await browser.get("/tasks/new?parent=\(parent)").status
            }
            let foreign = try await tasks.given(by: .otherCommittee, .draft) {
                $0.leadUnit = try tasks.world.uid(.communeCommittee)
            }
            #expect(try await status(foreign.uid.text) == 404)
            #expect(try await status(UID.new(at: tasks.now).text) == 404)
            #expect(try await status("x") == 404)
            let ended = try await tasks.given(by: .science, .closed)
            #expect(try await status(ended.uid.text) == 409)
            let there = try await tasks.hire(.front, "Chuyên viên")
            let above = try await tasks.given(by: .committee, .open) {
                $0.leadUnit = try tasks.world.uid(.front)
                ($0.performer, $0.leader) = (there.office.uid, tasks.chairman.office.uid)
            }
            #expect(try await status(above.uid.text) == 403)
            let reader = try tasks.world.browser(as: .supervisor)
            let known = try await whole(tasks)
            #expect(try await reader.get("/tasks/new?parent=\(known.uid)").status == 403)
            #expect(try await !reader.get(known.href).text.contains("/tasks/new?parent="))
        }
    }

    @Test(arguments: Engine.allCases) func aDraftIsMovedBelowAnotherByItsForm(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let browser = try tasks.world.browser(as: .secretariat), whole = try await whole(tasks)
            let other = try await tasks.issued { $0.title = "Chuẩn hóa dữ liệu nền" }
            let draft = try await tasks.drafted { ($0.title, $0.parent) = ("Rà soát danh mục", whole.uid) }
            let below = try await tasks.drafted { ($0.title, $0.parent) = ("Lập mẫu biểu", draft.uid) }
            let form = try await browser.get("\(draft.href)/edit").text
            #expect(form.contains("data-from=\"/api/v1/tasks\"") && form.contains(whole.task.title))
            func save(_ parent: String, version: Int) async throws -> Reply {
                try await browser.post(
                    draft.href,
                    [
                        "title": "Rà soát danh mục", "lead_unit": "\(try tasks.world.uid(.finance))",
                        "parent": parent, "version": "\(version)",
                    ])
            }
            // By its title, its address, or its uid.
            #expect(try await save("chuan hoa du lieu nen", version: 1).status == 303)
            #expect(try await tasks.find(draft.uid).parent == other.task.id)
            #expect(try await save("https://example.vn\(whole.href)?x=1", version: 2).status == 303)
            #expect(try await tasks.find(draft.uid).parent == whole.task.id)
            for (typed, told) in [
                (below.uid.text, "Nhiệm vụ không thể nằm dưới chính nó"),
                (draft.uid.text, "Nhiệm vụ không thể nằm dưới chính nó"),
                ("Không có nhiệm vụ này", "Không có nhiệm vụ cấp trên này"),
            ] {
                let refused = try await save(typed, version: 3)
                #expect(refused.status == 422 && refused.text.contains(told), "\(typed)")
                #expect(refused.text.contains("value=\"\(typed)\""), "nothing typed is lost")
            }
            #expect(try await save("", version: 3).status == 303)
            #expect(try await tasks.find(draft.uid).parent == nil)
            #expect(try await tasks.disorder() == [])
        }
    }

    @Test(arguments: Engine.allCases) func programsSayOfWhatATaskIsAPart(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let api = try tasks.world.api(as: .secretariat), whole = try await whole(tasks)
            let other = try await tasks.issued()
            let lead = "\(try tasks.world.uid(.finance))"
            let made = try await api.send(
                .post, "/api/v1/tasks",
                json: ["title": "Kết nối dữ liệu tài chính", "lead_unit": lead, "parent": whole.uid.text])
            #expect(made.status == 201, "\(made.text)")
            let uid = try #require((made.json["uid"] as? String).flatMap { UID(parsing: $0) })
            #expect(try await tasks.find(uid).parent == whole.task.id)
            func move(below parent: UID, version: Int) async throws -> Reply {
                try await api.send(
                    .put, "/api/v1/tasks/\(uid)/facts",
                    json: ["title": "Kết nối dữ liệu tài chính", "lead_unit": lead, "parent": parent.text],
                    ifMatch: version)
            }
            #expect(try await move(below: other.uid, version: 1).status == 200)
            #expect(try await api.get("/api/v1/tasks/\(uid)").json["parent"] as? String == other.uid.text)
            let cycle = try await move(below: uid, version: 2)
            #expect(cycle.status == 422 && cycle.text.contains("task.error.cycle"))
            let unknown = try await move(below: UID.new(at: tasks.now), version: 2)
            #expect(unknown.status == 422 && unknown.text.contains("task.error.parent_unknown"))
        }
    }

    /// Who edits a draft need not know of the task above, nor have a say in it, as long as it stays.
    @Test(arguments: Engine.allCases) func whatStandsAboveStaysUnlessItIsMoved(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            func save(_ row: TaskRow, _ parent: UID?) async -> [String] {
                await tasks.refusal {
                    let (draft, now) = (try tasks.draft { $0.parent = parent }, tasks.now)
                    try await tasks.act(as: tasks.secretariat) { try $0.change(row.uid, draft, seen: nil, at: now) }
                }
            }
            let there = try await tasks.hire(.front, "Chuyên viên")
            func below(_ secrecy: Secrecy) async throws -> (TaskRow, TaskRow) {
                let above = try await tasks.given(by: .front, .open) {
                    ($0.leadUnit, $0.secrecy) = (try tasks.world.uid(.front), secrecy)
                    ($0.performer, $0.leader) = (there.office.uid, tasks.chairman.office.uid)
                }
                return (above, try await tasks.given(by: .science, .draft) { $0.parent = above.uid })
            }
            let (secret, hidden) = try await below(.restricted)
            #expect(await save(hidden, nil) == [])
            #expect(try await tasks.find(hidden.uid).parent == secret.task.id, "they did not mean to take it away")
            #expect(await save(hidden, secret.uid) == ["parent task.error.parent_unknown"])
            let (open, part) = try await below(.public)
            #expect(await save(part, open.uid) == [], "it stands there already")
            let other = try await tasks.drafted()
            #expect(await save(other, open.uid) == ["parent task.error.parent_forbidden"])
            #expect(await save(part, nil) == [])
            #expect(try await tasks.find(part.uid).parent == nil)
        }
    }

    /// A task takes its own parts along.
    @Test(arguments: Engine.allCases) func atMostTenStandAbove(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            var chain = [try await tasks.drafted()]
            while let last = chain.last, chain.count < TaskStore.deepest {
                chain.append(try await tasks.drafted { $0.parent = last.uid })
            }
            let moved = try await tasks.drafted()
            _ = try await tasks.drafted { $0.parent = moved.uid }
            func move(below parent: TaskRow) async -> [String] {
                await tasks.refusal {
                    let (draft, now) = (try tasks.draft { $0.parent = parent.uid }, tasks.now)
                    try await tasks.act(as: tasks.secretariat) { try $0.change(moved.uid, draft, seen: nil, at: now) }
                }
            }
            #expect(await move(below: chain[TaskStore.deepest - 1]) == ["parent task.error.too_deep"])
            #expect(await move(below: chain[TaskStore.deepest - 2]) == [])
        }
    }
}
