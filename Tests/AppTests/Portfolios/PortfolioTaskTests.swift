import Storage
import TestSupport
import Testing

@testable import App

/// Tasks as lines of a portfolio: who covers which, as far as each reader may know them.
@Suite struct PortfolioTaskTests {
    private func assign(
        _ all: CommitteeWorld, to seat: UID, _ reference: String, as who: Who? = nil, fields: [UID] = [],
        tasks: [UID] = []
    ) async throws {
        let uid = try all.uid(), now = all.world.clock.now
        try await all.act(as: who) { store in
            let asked = Assignment(seat: seat, reference: reference, from: store.today, fields: fields, tasks: tasks)
            _ = try PortfolioStore(store).assign(uid, asked, seen: nil, at: now)
        }
    }

    private func states(_ all: CommitteeWorld, as who: Who? = nil) async throws -> [String: String] {
        let coverage = try await all.detail(as: who).coverage
        return Dictionary(
            coverage.tasks.map {
                ($0.what.title, $0.state.rawValue + ($0.isThroughField ? " through a field" : ""))
            }, uniquingKeysWith: { first, _ in first })
    }

    /// The standing agency, the Department of Science and Technology, gives the tasks.
    @Test(arguments: Engine.allCases) func whoCoversAKeyTaskIsTold(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let all = CommitteeWorld(world: tasks.world), seats = try tasks.world.committee(.provinceSteering)
            let key = try await tasks.issued {
                ($0.title, $0.isKey, $0.pillar) = ("Việc trọng tâm", true, "innovation")
            }
            let other = try await tasks.issued { $0.title = "Việc thường xuyên" }
            _ = try await tasks.given(by: .front, .open) { ($0.title, $0.isKey) = ("Của nơi khác", true) }
            _ = try await tasks.given(by: .science, .closed) { ($0.title, $0.isKey) = ("Việc đã kết thúc", true) }
            #expect(try await states(all) == ["Việc trọng tâm": "nobody"])
            let uid = try all.uid()
            let pillar = try await all.act { store in
                try PortfolioStore(store).fields(of: try store.find(uid)).first { $0.code == "innovation" }?.uid
            }
            try await assign(all, to: seats.head, "TB 1", fields: [try #require(pillar)])
            #expect(try await states(all) == ["Việc trọng tâm": "single through a field"])
            try await assign(all, to: seats.member, "TB 2", tasks: [key.uid, other.uid])
            #expect(try await states(all) == ["Việc trọng tâm": "single", "Việc thường xuyên": "single"])
            let coverage = try await all.detail().coverage
            let member = try #require(coverage.members.first { $0.seat.uid == seats.member }).seat.id
            #expect(Set(coverage.tasks(of: member).map(\.uid)) == [key.uid, other.uid])
            #expect(coverage.notices(of: member) == ["TB 2"])
            try await assign(all, to: seats.head, "TB 3", fields: [try #require(pillar)], tasks: [key.uid])
            #expect(try await states(all)["Việc trọng tâm"] == "several")
            let event = try await all.lastEvent()
            #expect(event?.after["tasks"] == "Việc trọng tâm")
            let yesterday = try await all.detail(on: tasks.today.adding(days: -1)).coverage
            #expect(yesterday.tasks.isEmpty, "nobody was charged yet, and what was open is not known any more")
            try await all.act {
                let end = CommitteeEnd(from: CommitteeWorld.day, decision: "Thôi tham gia")
                _ = try $0.endSeat(uid, seat: seats.member, end, seen: nil, at: World.start)
            }
            let later = try await all.detail(on: CommitteeWorld.day).coverage
            #expect(later.tasks.map(\.state) == [.single], "who left covers nothing any more")
        }
    }

    /// A restricted task stands in a portfolio. Who may not know of it sees neither it nor a number with it, and a
    /// notice of theirs does not end it.
    @Test(arguments: Engine.allCases) func aTaskIsKnownInAPortfolioByWhomItIsKnownAnyway(
        _ engine: Engine
    ) async throws {
        try await TaskWorld.with(engine) { tasks in
            let all = CommitteeWorld(world: tasks.world), seat = try tasks.world.committee(.provinceSteering).member
            let secret = try await tasks.given(by: .science, .open) {
                ($0.title, $0.isKey, $0.secrecy) = ("Việc kín bảo vệ mạng", true, .restricted)
            }
            let open = try await tasks.issued { $0.title = "Việc ai cũng biết" }
            try await assign(all, to: seat, "TB 1", tasks: [secret.uid, open.uid])
            let path = "committees/\(try all.uid())"
            for who in [Who.secretariat, .member, .leader] {
                #expect(try await states(all, as: who) == ["Việc ai cũng biết": "single"])
                let browser = try tasks.world.browser(as: who), api = try tasks.world.api(as: who)
                var texts: [String] = []
                for page in ["/\(path)", "/\(path)/portfolio", "/\(path)/history", "/events"] {
                    texts.append(try await browser.get(page).text)
                }
                texts.append(try await api.get("/api/v1/\(path)/portfolio").text)
                texts.append(try await api.get("/api/v1/\(path)/history").text)
                if who == .secretariat {
                    texts.append(try await browser.get("/\(path)/assignments/new?seat=\(seat)").text)
                }
                for text in texts {
                    #expect(!text.contains("Việc kín") && !text.contains(secret.uid.text), "\(who)")
                }
                #expect(texts[4].contains("Việc ai cũng biết"))
                #expect(try await all.lastEvent(as: who)?.after["tasks"]?.contains("…") == true)
            }
            #expect(try await states(all, as: .root).count == 2)
            try await assign(all, to: seat, "TB 2", as: .secretariat, tasks: [])
            #expect(try await states(all, as: .root) == ["Việc kín bảo vệ mạng": "single"])
            let refused = await tasks.refusal {
                try await assign(all, to: seat, "TB 3", as: .secretariat, tasks: [secret.uid])
            }
            let unknown = await tasks.refusal {
                try await assign(all, to: seat, "TB 3", as: .secretariat, tasks: [UID.new(at: World.start)])
            }
            #expect(refused == ["tasks portfolio.error.task_unknown"] && refused == unknown)
        }
    }

    @Test(arguments: Engine.allCases) func onlyWhatIsIssuedAndOpenIsGivenAnew(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let all = CommitteeWorld(world: tasks.world), seat = try tasks.world.committee(.provinceSteering).member
            let draft = try await tasks.drafted()
            let closed = try await tasks.given(by: .science, .closed)
            let open = try await tasks.issued()
            for (task, key) in [(draft, "task_draft"), (closed, "task_closed")] {
                let told = await tasks.refusal { try await assign(all, to: seat, "TB 1", tasks: [task.uid]) }
                #expect(told == ["tasks portfolio.error.\(key)"])
            }
            try await assign(all, to: seat, "TB 1", tasks: [open.uid])
            try await tasks.does(.cancel, open.uid, TaskReport(text: "Không còn cần"), as: tasks.secretariat)
            try await assign(all, to: seat, "TB 2", tasks: [open.uid])
            #expect(try await states(all).values.map(\.self) == ["single"], "what is held may stay")
            let many = (0...Assignment.mostTasks).map { _ in UID.new(at: World.start) }
            let told = await tasks.refusal { try await assign(all, to: seat, "TB 3", tasks: many) }
            #expect(told == ["tasks field.too_many"])
        }
    }

    /// Boxes, one that is suggested, and lines by address and title.
    @Test(arguments: Engine.allCases) func aFormNamesTasksAndKeepsWhatIsWrong(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let all = CommitteeWorld(world: tasks.world), seat = try tasks.world.committee(.provinceSteering).member
            let key = try await tasks.issued { ($0.title, $0.isKey) = ("Nhiệm vụ một", true) }
            let second = try await tasks.issued { $0.title = "Nhiệm vụ hai; phần đầu" }
            let third = try await tasks.issued { $0.title = "Nhiệm vụ ba" }
            let fourth = try await tasks.issued { $0.title = "Nhiệm vụ bốn" }
            let path = "/committees/\(try all.uid())"
            let browser = try tasks.world.browser(as: .secretariat)
            let form = try await browser.get("\(path)/assignments/new?seat=\(seat)").text
            #expect(form.contains("name=\"task.\(key.uid)\"") && form.contains("data-from=\"/api/v1/tasks\""))
            let typed = [
                ("version", "1"), ("seat", seat.text), ("reference", "TB 9"), ("from", "22/11/2026"),
                ("task.\(key.uid)", "1"), ("task", third.uid.text),
            ]
            let lines = "nhiem vu hai; phan dau\nhttps://vidu.vn/tasks/\(fourth.uid)/history?x=1"
            let wrong = try await browser.post("\(path)/assignments", form: typed + [("tasks", lines + "\nKhông có")])
            #expect(wrong.status == 422 && wrong.text.contains("“Không có”"))
            #expect(wrong.text.contains("data-chosen=\"Nhiệm vụ ba\"") && wrong.text.contains("nhiem vu hai"))
            #expect(wrong.text.contains("name=\"task.\(key.uid)\" checked"))
            #expect(try await browser.post("\(path)/assignments", form: typed + [("tasks", lines)]).status == 303)
            let named = try await all.detail().coverage.tasks.filter { $0.state == .single }.map(\.what.uid)
            #expect(Set(named) == [key.uid, second.uid, third.uid, fourth.uid])
            let again = try await browser.get("\(path)/assignments/new?seat=\(seat)").text
            #expect(again.contains("name=\"task.\(second.uid)\" checked"))
            let page = try await browser.get("\(path)/portfolio?state=single").text
            #expect(page.contains("Nhiệm vụ hai; phần đầu") && page.contains("href=\"/tasks/\(third.uid)\""))
        }
    }

    /// Of many key tasks the first are shown, and what a notice names beside them; the pages stay light.
    @Test(arguments: Engine.allCases) func manyKeyTasksAreCut(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let all = CommitteeWorld(world: tasks.world), seat = try tasks.world.committee(.provinceSteering).member
            let (draft, unit, now) = (try tasks.draft(), try tasks.world.id(.science), tasks.now)
            let made = try await tasks.act { store in
                try (1...PortfolioStore.mostKeyTasks + 2).map { number -> TaskRow in
                    var one = draft
                    one.title = "Nhiệm vụ trọng tâm thứ \(number) về hoàn thiện hạ tầng số dùng chung của tỉnh"
                    one.isKey = true
                    one.deadline = .day(store.today.adding(days: number))
                    return try store.issue(store.create(one, assigning: unit, at: now).uid, seen: nil, at: now)
                }
            }
            let last = try #require(made.last)
            let before = try await all.detail().coverage
            #expect(before.tasks.count == PortfolioStore.mostKeyTasks && before.hasMoreTasks)
            #expect(
                before.tasks.first?.what.uid == made.first?.uid && !before.tasks.contains { $0.what.uid == last.uid })
            try await assign(all, to: seat, "TB 1", tasks: [made[PortfolioStore.mostKeyTasks].uid, last.uid])
            let after = try await all.detail().coverage
            #expect(after.tasks.count == PortfolioStore.mostKeyTasks + 2)
            #expect(after.tasks.filter { $0.state == .single }.count == 2)
            let browser = try tasks.world.browser(as: .secretariat), path = "/committees/\(try all.uid())"
            for page in ["\(path)/portfolio", "\(path)/assignments/new?seat=\(seat)"] {
                let size = try await browser.get(page).bytes.count
                #expect(size < 50_000, "\(page) weighs \(size), without the communes of a province")
            }
        }
    }

    @Test func aFieldCoversWhatNoNoticeNames() {
        let task = ChargedTask(
            id: ID(1), uid: UID.new(at: World.start), title: "Một", isKey: true, fields: [ID(7), ID(8)])
        let none = PortfolioCoverage(members: [], fields: [], localities: [], tasks: [task], lines: [])
        #expect(none.tasks.map(\.state) == [.nobody] && none.tasks.allSatisfy { !$0.isThroughField })
        #expect(none.count(.nobody) == 1)
    }
}
