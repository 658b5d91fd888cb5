import Storage
import TestSupport
import Testing

@testable import App

/// Saved views: what is kept, who sees it, and that it shows nobody more than they may know.
@Suite struct SavedViewTests {
    private func save(
        _ name: String, _ query: String = "schedule=week", shared: Bool = false, first: Bool = false,
        in tasks: TaskWorld, as viewer: Viewer
    ) async throws -> SavedView {
        var fields = Fields(raw: [
            "name": name, "query": query, "is_shared": shared ? "1" : "", "is_default": first ? "1" : "",
        ])
        let draft = SavedViewDraft(&fields), now = tasks.now
        try fields.problems.check()
        return try await act(in: tasks, as: viewer) { try $0.save(draft, at: now) }
    }

    @discardableResult
    private func act<T: Sendable>(
        in tasks: TaskWorld, as viewer: Viewer, _ body: @escaping @Sendable (SavedViewStore) throws -> T
    ) async throws -> T {
        try await tasks.act(as: viewer) { store in
            try body(SavedViewStore(tx: store.tx, viewer: store.viewer, today: store.today))
        }
    }

    private func names(in tasks: TaskWorld, as viewer: Viewer) async throws -> [String] {
        try await act(in: tasks, as: viewer) { try $0.list().map(\.name) }
    }

    @Test func aViewIsTheFilterAsItIsTyped() {
        var fields = Fields(raw: [
            "name": " Việc  gấp ", "query": "order=title&q=d%E1%BB%AF+li%E1%BB%87u&after=x&which=open&key=1&x",
        ])
        let draft = SavedViewDraft(&fields)
        #expect(fields.problems.isEmpty && draft.name == "Việc gấp")
        #expect(draft.query == "key=1&order=title&q=d%E1%BB%AF%20li%E1%BB%87u")
        var wrong = Fields(raw: ["name": "x", "query": "order=colour&unit=nowhere"])
        _ = SavedViewDraft(&wrong)
        #expect(Set(wrong.problems.problems.map(\.field)) == ["query"] && wrong.problems.problems.count == 2)
    }

    @Test(arguments: Engine.allCases) func aViewIsOwnUnlessItIsSharedInTheUnit(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let (owner, mate, other) = (tasks.chief.viewer, tasks.colleague.viewer, tasks.chairman.viewer)
            let own = try await save("Của tôi", in: tasks, as: owner)
            let shared = try await save("Của phòng", shared: true, in: tasks, as: owner)
            #expect(try await names(in: tasks, as: owner) == ["Của phòng", "Của tôi"])
            #expect(try await names(in: tasks, as: mate) == ["Của phòng"])
            #expect(try await names(in: tasks, as: other) == [])
            for (viewer, view) in [(mate, own), (other, own), (other, shared)] {
                await #expect(throws: AppError.self) {
                    _ = try await act(in: tasks, as: viewer) { try $0.find(view.uid) }
                }
            }
            let now = tasks.now
            let refused = await tasks.refusal {
                try await act(in: tasks, as: mate) { try $0.remove(shared.uid, at: now) }
            }
            #expect(refused == ["forbidden"])
            #expect(try await names(in: tasks, as: owner).count == 2)
            try await act(in: tasks, as: owner) { try $0.remove(shared.uid, at: now) }
            #expect(try await names(in: tasks, as: mate) == [])
        }
    }

    @Test(arguments: Engine.allCases) func eachReaderChoosesWhatTheirListBeginsWith(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let (owner, mate, now) = (tasks.chief.viewer, tasks.colleague.viewer, tasks.now)
            let one = try await save("Một", shared: true, first: true, in: tasks, as: owner)
            let two = try await save("Hai", first: true, in: tasks, as: owner)
            func first(_ viewer: Viewer) async throws -> [String] {
                try await act(in: tasks, as: viewer) { try $0.list().filter(\.isDefault).map(\.name) }
            }
            #expect(try await first(owner) == ["Hai"])
            #expect(try await first(mate) == [])
            try await act(in: tasks, as: mate) { try $0.preset(one.uid, true, at: now) }
            #expect(try await first(owner) == ["Hai"])
            #expect(try await first(mate) == ["Một"])
            var fields = Fields(raw: ["name": "Một", "query": ""])
            let unshared = SavedViewDraft(&fields)
            try await act(in: tasks, as: owner) { try $0.change(one.uid, unshared, seen: 1, at: now) }
            #expect(try await first(mate) == [], "it is not shared any more")
            try await act(in: tasks, as: owner) { try $0.preset(two.uid, false, at: now) }
            #expect(try await first(owner) == [])
            try await act(in: tasks, as: owner) { try $0.remove(one.uid, at: now) }
        }
    }

    @Test(arguments: Engine.allCases) func namesAreOfOnePersonOnceAndThereAreNotTooMany(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            // Everybody has one in the world of the tests.
            for number in 2...SavedView.most { _ = try await save("Số \(number)", in: tasks, as: tasks.leader) }
            let many = await tasks.refusal { _ = try await save("Thêm", in: tasks, as: tasks.leader) }
            #expect(many.contains { $0.contains("saved-view.too_many") }, "\(many)")
            let before = try await names(in: tasks, as: tasks.secretariat).count
            _ = try await save("Việc của đơn vị", in: tasks, as: tasks.secretariat)
            let twice = await tasks.refusal { _ = try await save("việc của Đơn Vị", in: tasks, as: tasks.secretariat) }
            #expect(twice.contains { $0.contains("saved-view.name_taken") }, "\(twice)")
            #expect(try await names(in: tasks, as: tasks.secretariat).count == before + 1)
        }
    }

    /// Two people open the same view and each is shown what they may know of.
    @Test(arguments: Engine.allCases) func aSharedViewGivesNoRight(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let (office, member) = (try world.browser(as: .secretariat), try world.browser(as: .nobody))
            let unit = try world.uid(.science)
            let saved = try await office.post(
                "/tasks/views", form: [("name", "Của Sở"), ("query", "unit=\(unit)"), ("is_shared", "1")])
            #expect(saved.status == 303)
            let href = try #require(saved.header("Location"))
            #expect(href == "/tasks?unit=\(unit)")
            #expect(try await office.get(href).text.contains("Khảo sát hạ tầng"))
            let typed = try await member.get("/tasks?unit=\(unit)")
            #expect(typed.status == 404 || !typed.text.contains("Khảo sát hạ tầng"))
            #expect(try await world.browser(as: .leader).get("/tasks").text.contains("Của Sở"))
            #expect(!(try await member.get("/tasks").text).contains("Của Sở"))
        }
    }

    @Test(arguments: Engine.allCases) func theFormSaysInWordsWhatIsSaved(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let office = try world.browser(as: .secretariat), unit = try world.uid(.science)
            func said(_ reply: Reply) -> String {
                reply.text.firstMatch(of: /<p class="chosen">Bộ lọc này gồm: ([^<]*)<\/p>/).map { String($0.output.1) }
                    ?? ""
            }
            let query = "schedule=overdue&unit=\(unit)&period=2026-12&q=%3Cb%3E&key=1&order=title"
            let words =
                "Quá hạn · Sở Khoa học và Công nghệ Gia Lai · tên có “&lt;b&gt;” · đến hạn trong tháng 12/2026"
                + " · Chỉ nhiệm vụ trọng tâm · Theo tên"
            #expect(said(try await office.get("/tasks/views/new?\(query)")) == words)
            // A refused form says it again, and so does the form of a view that is there.
            let refused = try await office.post("/tasks/views", form: [("name", ""), ("query", query)])
            #expect(refused.status == 422 && said(refused) == words)
            _ = try await office.post(
                "/tasks/views", form: [("name", "Gấp"), ("query", "which=draft&due_to=2026-12-31")])
            let views = try await office.get("/tasks/views").text
            let path = try #require(
                views.firstMatch(of: /href="(\/tasks\/views\/[0-9a-f-]{36})" aria-label="Sửa: Gấp"/)?.output.1)
            #expect(
                said(try await office.get(String(path))) == "Bản dự kiến · đến hạn đến hết 31/12/2026 · Theo thời hạn")
            // What is not there any more still narrows.
            let gone = try await office.get("/tasks/views/new?unit=\(UID.new(at: World.start))")
            #expect(gone.status == 200 && said(gone).contains("không còn được biết"))
        }
    }

    @Test(arguments: Engine.allCases) func theListBeginsWithTheViewAndTheRestIsAPressAway(_ engine: Engine) async throws
    {
        try await World.with(engine) { world in
            let office = try world.browser(as: .secretariat)
            let form = try await office.get("/tasks/views/new?which=draft&order=title")
            #expect(form.text.contains("value=\"order=title&amp;which=draft\"") && !form.text.contains("⟦"))
            let saved = try await office.post(
                "/tasks/views",
                form: [("name", "<i>Dự kiến</i>"), ("query", "which=draft&order=title"), ("is_default", "1")])
            #expect(saved.status == 303)
            let list = try await office.get("/tasks")
            #expect(list.text.contains("dự kiến") && !list.text.contains("đang làm"))
            #expect(list.text.contains("&lt;i&gt;Dự kiến") && !list.text.contains("⟦"))
            #expect(try await office.get("/tasks?which=open").text.contains("đang làm"))
            let views = try await office.get("/tasks/views")
            #expect(views.text.contains("&lt;i&gt;Dự kiến") && !views.text.contains("⟦"))
            let path = try #require(views.text.firstMatch(of: /href="(\/tasks\/views\/[0-9a-f-]{36})"/)?.output.1)
            let wrong = try await office.post(String(path), form: [("name", ""), ("query", "which=draft")])
            #expect(wrong.status == 422)
            // What it names is gone: the list begins as it does for everybody.
            try await world.database.write { tx in
                try tx.run("UPDATE saved_view SET query = 'unit=01980000-0000-7000-8000-000000000000'")
            }
            #expect(try await office.get("/tasks").text.contains("đang làm"))
        }
    }
}
