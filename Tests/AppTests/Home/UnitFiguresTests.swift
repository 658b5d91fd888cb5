import Storage
import TestSupport
import Testing

@testable import App

/// The figures of a unit on its own page, on the page of a head and in the list are the same, for whoever reads them
/// and by whatever tree they are counted.
@Suite struct UnitFiguresTests {
    private static let places: [Place] = [.vietnam, .giaLai, .quyNhon, .finance, .science, .party, .wardCommittee]

    /// The committee of the ward stands below the Party's province committee in the tree of the Party alone.
    private func fill(_ tasks: TaskWorld) async throws {
        let (ward, party, now) = (try tasks.world.uid(.wardCommittee), try tasks.world.uid(.party), tasks.now)
        try await tasks.act { store in
            let move = UnitMove(hierarchy: .party, parent: party, from: store.today, basis: "Quyết định 9")
            _ = try store.units.move(ward, move, seen: nil, at: now)
        }
        for (number, place) in [Place.quyNhon, .quyNhon, .wardCommittee, .wardCommittee, .party].enumerated() {
            let performer = try await tasks.hire(place, "Chuyên viên \(number)")
            let head = try await tasks.hire(place, "Người đứng đầu \(number)")
            _ = try await tasks.given(by: .science, .open) {
                ($0.leadUnit, $0.secrecy) = (try tasks.world.uid(place), .public)
                ($0.performer, $0.leader) = (performer.office.uid, head.office.uid)
                $0.deadline = .day(tasks.today.adding(days: number.isMultiple(of: 2) ? -5 : 5))
            }
        }
        // Coordinated by the Party's committee, and led elsewhere: no figure of the committee counts it.
        let finance = try await tasks.issued { $0.coordinating = [party] }
        try await tasks.does(.accept, finance.uid, as: tasks.performer.viewer)
    }

    private func viewers(_ tasks: TaskWorld) throws -> [(name: String, viewer: Viewer)] {
        func holding(_ hierarchy: Hierarchy, _ place: Place, _ ceiling: Secrecy) throws -> Viewer {
            let grant = Viewer.Grant(
                role: .leader, hierarchy: hierarchy, unit: try tasks.world.id(place), ceiling: ceiling)
            return Viewer(identity: tasks.chief.viewer.identity, grants: [grant], day: tasks.today)
        }
        return [
            ("secretariat", tasks.secretariat), ("chairman", tasks.chairman.viewer),
            ("performer", tasks.performer.viewer), ("root", tasks.viewer(.root)), ("nobody", tasks.viewer(.nobody)),
            ("department", tasks.viewer(.department)), ("Party", try holding(.party, .party, .internal)),
            ("ward", try holding(.territory, .quyNhon, .restricted)), ("system", .system("test")),
        ]
    }

    private func leader(_ place: Place, _ below: TaskFilter.Below?, _ store: TaskStore, _ tasks: TaskWorld) throws
        -> Leader?
    {
        var query = Fields(raw: ["unit": try tasks.world.uid(place).text, "below": below?.rawValue ?? ""])
        let asked = LeaderRequest(&query, today: store.today)
        try query.problems.check()
        return try ifKnown(store.leader(asked))
    }

    @Test(arguments: Engine.allCases) func pageOverviewAndListSayTheSame(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            try await fill(tasks)
            for (name, viewer) in try viewers(tasks) {
                let compared = try await tasks.act(as: viewer) { store in
                    var compared = 0
                    for place in Self.places {
                        for below in [nil] + TaskFilter.Below.allCases.map(Optional.init) {
                            guard let read = try leader(place, below, store, tasks) else { continue }
                            let words = "\(name) of \(place) by \(read.counted.below)"
                            try compare(read, store, words)
                            if below == nil { try compare(try store.summary(ofUnit: read.unit.uid), read, words) }
                            compared += 1
                        }
                    }
                    return compared
                }
                #expect(compared >= 15, "\(name) knows of \(compared)")
            }
        }
    }

    private func compare(_ leader: Leader, _ store: TaskStore, _ words: String) throws {
        func rows(_ change: (inout TaskFilter) -> Void = { _ in }) throws -> Int {
            try store.list(leader.filter(change)).total
        }
        #expect(try rows() == leader.counts.open, "\(words)")
        #expect(try rows { $0.schedule = .overdue } == leader.counts.overdue, "late, \(words)")
        for state in TaskWorkflow.State.allCases where state.isOpen {
            #expect(try rows { $0.state = state } == leader.counts[state], "\(state), \(words)")
        }
        for child in leader.children {
            let filter = Leader.filter(of: child.unit.uid, by: leader.counted.below)
            #expect(try store.list(filter).total == child.counts.open, "\(child.unit.name), \(words)")
        }
    }

    private func compare(_ page: TaskSummary, _ leader: Leader, _ words: String) throws {
        #expect(page.counted == leader.counted && page.filter == leader.filter(), "\(words)")
        #expect(page.total == leader.counts.open && page.overdue == leader.counts.overdue, "\(words)")
        for (state, count) in page.states { #expect(count == leader.counts[state], "\(state), \(words)") }
    }

    /// Whoever may see the same tasks is shown the same figures, in whatever tree their right is.
    @Test(arguments: Engine.allCases) func twoReadersOfTheSameTasksReadTheSame(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            try await fill(tasks)
            let viewers = Dictionary(uniqueKeysWithValues: try viewers(tasks).map { ($0.name, $0.viewer) })
            func open(_ name: String, _ below: TaskFilter.Below?) async throws -> [Int] {
                try await tasks.act(as: try #require(viewers[name])) { store in
                    guard let read = try leader(.party, below, store, tasks) else { return [] }
                    return [read.counts.open, read.children.reduce(0) { $0 + $1.counts.open }]
                }
            }
            for name in ["secretariat", "chairman", "Party", "root", "system"] {
                #expect(try await open(name, .party) == [3, 2], "\(name)")
                #expect(try await open(name, .territory) == [1, 0], "\(name)")
                #expect(try await open(name, .alone) == [1, 0], "\(name)")
            }
            // By their own rights the one begins with the Party's tree, the other with the territory.
            #expect(try await open("Party", nil) == [3, 2])
            #expect(try await open("secretariat", nil) == [1, 0])
        }
    }

    @Test(arguments: Engine.allCases) func thePagesSayWhatTheyCount(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            try await fill(tasks)
            let party = try tasks.world.uid(.party), browser = try tasks.world.browser(as: .secretariat)
            let page = try SamplePage.context(as: tasks.secretariat)
            let territory = page.t("task.counted.territory"), byParty = page.t("task.counted.party")
            for path in ["/leader?unit=\(party)", "/units/\(party)"] {
                let text = try await browser.get(path).text
                #expect(text.contains(territory) && !text.contains(byParty) && !text.contains("⟦"), "\(path)")
            }
            let other = try await browser.get("/leader?unit=\(party)&below=party").text
            #expect(other.contains(byParty) && other.contains("below=alone"))
            // What the committee only coordinates is a link away.
            #expect(try await browser.get("/units/\(party)").text.contains("href=\"/tasks?unit=\(party)\""))
            let list = try await browser.get("/tasks?unit=\(party)&led=1&below=party")
            #expect(list.status == 200 && list.text.contains("name=\"below\""))
            // Of a unit that has none below it, all trees say the same.
            let plain = try await browser.get("/leader?unit=\(try tasks.world.uid(.finance))").text
            #expect(!plain.contains(page.t("task.counted.others")))
            #expect(try await browser.get("/leader?unit=\(party)&below=x").status == 422)
        }
    }
}
