import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// Each number on the page of a head is the number of rows behind its link, for everybody who may open the page.
@Suite struct LeaderFiguresTests {
    /// Links to lists of tasks and of acts with the number that stands on each: of a bar the one at its end.
    private func figures(_ text: String) -> [(href: String, count: Int)] {
        let link = /<a[^>]*href="(\/(?:tasks|leader\/acts)\?[^"]+)"[^>]*>(.*?)<\/a>/.dotMatchesNewlines()
        let links = text.matches(of: link)
        return links.compactMap { link -> (href: String, count: Int)? in
            let shown = String(link.output.2)
            let bar = shown.firstMatch(of: /class="n">([\d.]+)</).map { String($0.output.1) }
            let bare = bar ?? shown.replacing(/<[^>]*>/, with: " ")
            let numbers = bare.matches(of: /(^|\s)(\d[\d.]*)(?=\s|$)/).map { String($0.output.2).filter(\.isNumber) }
            guard let number = numbers.first.flatMap({ Int($0) }) else { return nil }
            return (String(link.output.1).replacing("&amp;", with: "&"), number)
        }
    }

    private func total(_ href: String, _ browser: Browser) async throws -> Int {
        let reply = try await browser.get("/api/v1" + href)
        #expect(reply.status == 200, "\(href): \(reply.text)")
        return (reply.json["total"] as? Int) ?? -1
    }

    private func leader(of unit: UID, since: Day, in tasks: TaskWorld) async throws -> Leader {
        var query = Fields(raw: ["unit": unit.text, "since": since.text])
        let asked = LeaderRequest(&query, today: tasks.today)
        try query.problems.check()
        return try await tasks.act(as: tasks.leader) { try $0.leader(asked) }
    }

    /// Tasks in every state and of every age, led in two units of the province.
    private func fill(_ tasks: TaskWorld) async throws {
        for (number, due) in [-100, -20, -1, 0, 3, 7, 8, 40, 41].enumerated() {
            let task = try await tasks.issued { $0.deadline = .day(tasks.today.adding(days: due)) }
            if number > 2 { try await tasks.declared(task.uid) }
            if number == 4 { try await tasks.does(.return, task.uid, as: tasks.secretariat) }
            if number == 5 { try await tasks.does(.verify, task.uid, as: tasks.secretariat) }
            if number == 6 { try await tasks.does(.cancel, task.uid, as: tasks.secretariat) }
        }
        let refused = try await tasks.issued()
        try await tasks.does(.refuse, refused.uid, as: tasks.performer.viewer)
        let there = try await tasks.hire(.quyNhon, "Chuyên viên")
        _ = try await tasks.given(by: .science, .open) {
            $0.leadUnit = try tasks.world.uid(.quyNhon)
            ($0.performer, $0.leader) = (there.office.uid, tasks.chairman.office.uid)
            $0.deadline = .day(tasks.today.adding(days: -3))
        }
    }

    @Test(arguments: Engine.allCases) func everyNumberHasItsRows(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            try await fill(tasks)
            var followed = 0
            for who in [Who.secretariat, .leader, .supervisor, .member, .root, .department, .nobody] {
                let browser = try tasks.world.browser(as: who)
                for place in [Place.giaLai, .finance, .quyNhon, .science] {
                    let page = try await browser.get("/leader?unit=\(try tasks.world.uid(place))")
                    guard page.status == 200 else { continue }
                    for (href, count) in figures(page.text) {
                        #expect(try await total(href, browser) == count, "\(who) \(place) \(href)")
                        followed += 1
                    }
                }
            }
            #expect(followed > 400, "only \(followed) links")
        }
    }

    @Test(arguments: Engine.allCases) func whatWaitsIsWhatWaits(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            try await fill(tasks)
            let asking = try await tasks.issued { $0.title = "Việc xin thêm thời gian" }
            let (now, later) = (tasks.now, tasks.due.adding(days: 9))
            try await tasks.act(as: tasks.performer.viewer) {
                try $0.askExtension(asking.uid, to: later, reason: "Thiếu vốn", seen: nil, at: now)
            }
            let unit = try tasks.world.uid(.giaLai)
            let leader = try await leader(of: unit, since: tasks.today, in: tasks)
            let parts = Dictionary(uniqueKeysWithValues: leader.waiting.parts.map { ($0.part, $0.rows) })
            #expect(parts[.extensions]?.map(\.task.title) == ["Việc xin thêm thời gian"])
            #expect(leader.counts.waiting == 1)
            #expect(parts[.refused]?.count == leader.counts[.refused] && leader.counts[.refused] == 1)
            #expect(parts[.declared]?.count == leader.counts[.declared] && leader.counts[.declared] == 3)
            let page = try await tasks.world.browser(as: .leader).get("/leader?unit=\(unit)").text
            #expect(page.contains("Việc xin thêm thời gian"))
        }
    }

    /// An act counts from its own day on, and what fell due on the day before today is newly late since that day.
    @Test(arguments: Engine.allCases) func theDayIsTheFirstThatCounts(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let unit = try tasks.world.uid(.giaLai), first = tasks.today
            _ = try await tasks.issued { $0.deadline = .day(tasks.today.adding(days: 1)) }
            tasks.pass(days: 2)
            _ = try await tasks.issued()
            for (since, issued, late) in [(0, 2, 1), (1, 1, 1), (2, 1, 0)] {
                let found = try await leader(of: unit, since: first.adding(days: since), in: tasks)
                #expect(found.acts[.issue] == issued, "since \(since)")
                #expect(found.counts.newlyLate == late, "since \(since)")
            }
            let shown = leaderPage(
                try await leader(of: unit, since: first, in: tasks), try SamplePage.context(as: tasks.leader))
            #expect(shown.text.contains("<b>2</b></a></li>") && shown.text.contains("act=issue"))
        }
    }

    /// The same task twice is two acts: each has its row, page by page, found by the tasks or by the acts.
    @Test(arguments: Engine.allCases) func eachActHasItsRow(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            try await fill(tasks)
            tasks.pass(days: 1)
            let twice = try await tasks.issued()
            for _ in 0..<2 {
                try await tasks.does(.refuse, twice.uid, as: tasks.performer.viewer)
                try await tasks.does(.issue, twice.uid, as: tasks.secretariat)
            }
            for who in [Who.leader, .supervisor, .root, .department, .nobody] {
                for (place, days) in [(Place.giaLai, 0), (.giaLai, 7), (.finance, 7), (.quyNhon, 7)] {
                    try await compare(place, tasks.today.adding(days: -days), tasks.viewer(who), tasks)
                }
            }
            let api = try tasks.world.api(as: .leader)
            let path = "/api/v1/leader/acts?unit=\(try tasks.world.uid(.giaLai))"
            let newest = try await api.get("\(path)&limit=1").json
            let first = (newest["items"] as? [[String: Any]])?.first
            #expect(first?["act"] as? String == "issue" && first?["task"] as? String == twice.uid.text)
            let fresh = try await api.get("\(path)&limit=200&since=\(tasks.today)").json
            let days = (fresh["items"] as? [[String: Any]] ?? []).compactMap { $0["on"] as? String }
            #expect(Set(days) == [tasks.today.text] && days.count >= 4, "since a day is since that day")
            #expect(try await api.get("\(path)&act=progress").status == 422)
            #expect(try await api.get("\(path)&after=x").status == 422)
            let unit = try tasks.world.uid(.giaLai).text
            let refused = try await tasks.act(as: tasks.leader) { store in
                var query = Fields(raw: ["unit": unit, "act": "refuse"])
                return try store.leaderActs(LeaderActsRequest(&query, today: store.today), page: .first)
            }
            let shown = leaderActsPage(refused, after: nil, try SamplePage.context(as: tasks.leader)).text
            #expect(shown.contains("Đã xem xét") && !shown.contains("⟦"))
        }
    }

    /// Acts read page by page are as many as the figure says, of each kind and of all.
    private func compare(_ place: Place, _ since: Day, _ viewer: Viewer, _ tasks: TaskWorld) async throws {
        let uid = try tasks.world.uid(place), kinds: [TaskWorkflow.Act?] = TaskWorkflow.Act.counted + [nil]
        try await tasks.act(as: viewer) { store in
            guard let unit = try ifKnown(store.units.find(uid)) else { return }
            let branch = try store.countedScope(of: unit.unit.id)
            let counts = try store.acts(of: branch, since: since)
            for kind in kinds {
                let wanted = kind.map { counts[$0, default: 0] } ?? counts.values.reduce(0, +)
                for few in [0, 5_000] {
                    var seen: [UID] = [], after: Cursor?
                    repeat {
                        let asked = kind.map { [$0] } ?? TaskWorkflow.Act.counted
                        var some = store
                        some.fewInScope = few
                        let page = try some.done(
                            asked, in: branch, since: since, page: PageRequest(after: after, limit: 3))
                        #expect(page.total == wanted)
                        seen += page.items.map(\.uid)
                        after = page.next
                    } while after != nil
                    #expect(seen.count == wanted && Set(seen).count == wanted, "\(place) \(viewer.name)")
                }
            }
        }
    }

    @Test(arguments: Engine.allCases) func aDayThatIsNotCountedIsRefused(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let browser = try tasks.world.browser(as: .leader)
            let path = "/leader?unit=\(try tasks.world.uid(.giaLai))&since="
            for (since, status) in [
                (tasks.today.text, 200), (tasks.today.adding(days: 1).text, 422),
                (tasks.today.adding(days: -TaskTally.actDays).text, 200),
                (tasks.today.adding(days: -TaskTally.actDays - 1).text, 422), ("31/02/2026", 422), ("", 200),
            ] {
                let reply = try await browser.get(path + since)
                #expect(reply.status == status, "\(since)")
                #expect(try await browser.get("/api/v1" + path + since).status == status, "\(since)")
            }
        }
    }

    @Test(arguments: Engine.allCases) func aUnitWithoutTasksSaysSoAndAnUnknownOneIsNone(
        _ engine: Engine
    ) async throws {
        try await TaskWorld.with(engine) { tasks in
            let browser = try tasks.world.browser(as: .leader)
            let empty = try await browser.get("/leader?unit=\(try tasks.world.uid(.front))")
            #expect(empty.status == 200 && empty.text.contains("<strong>0</strong>"))
            #expect(!empty.text.contains("⟦") && !empty.text.contains("NaN"))
            for (href, count) in figures(empty.text) {
                #expect(try await total(href, browser) == 0 && count == 0, "\(href)")
            }
            // Out of the reader's scope, and without an office or a right.
            for path in ["/leader", "/api/v1/leader"] {
                let hidden = "\(path)?unit=\(try tasks.world.uid(.otherCommittee))"
                #expect(try await browser.get(hidden).status == 404)
                #expect(try await tasks.world.browser(as: .nobody).get(path).status == 404)
            }
        }
    }
}
