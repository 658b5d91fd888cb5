import Storage
import TestSupport
import Testing

@testable import App

/// One task to many units in one act: all or none, by the rules of a single one.
@Suite struct TaskBreakdownTests {
    /// Of the parent, as its own form gives it.
    private func template(_ tasks: TaskWorld) throws -> TaskDraft {
        try tasks.draft { ($0.performer, $0.leader) = (nil, nil) }
    }

    private func breakDown(
        _ tasks: TaskWorld, _ parent: UID, _ parts: [TaskBreakdown.Part], issued: Bool = false,
        as viewer: Viewer? = nil,
        seen: Int? = nil, _ change: (inout TaskDraft) -> Void = { _ in }
    ) async throws -> BrokenDownTask {
        var draft = try template(tasks)
        change(&draft)
        let breakdown = TaskBreakdown(template: draft, parts: parts, isIssued: issued), now = tasks.now
        return try await tasks.act(as: viewer ?? tasks.secretariat) {
            try $0.breakDown(parent, breakdown, seen: seen, at: now)
        }
    }

    private func finance(_ tasks: TaskWorld) throws -> TaskBreakdown.Part {
        TaskBreakdown.Part(
            unit: try tasks.world.uid(.finance), performer: tasks.performer.office.uid, leader: tasks.chief.office.uid)
    }

    @Test(arguments: Engine.allCases) func partsAreIssuedAsSingleOnesAre(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let parent = try await tasks.issued()
            let single = try await tasks.find(parent.uid)
            let made = try await breakDown(tasks, parent.uid, [try finance(tasks)], issued: true) { $0.weight = 3 }
            let uid = try #require(made.made.first)
            let part = try await tasks.find(uid)
            #expect(part.workflow == single.workflow && part.originalDue == single.due && part.start == single.start)
            #expect(part.parent == single.id && part.weight == 3 && part.performer == single.performer)
            let holders = try await tasks.number(
                "SELECT COUNT(*) FROM task_assignment WHERE task_id = \(part.id) AND office_id = \(part.performer)")
            let responsible = try await tasks.number(
                "SELECT COUNT(*) FROM task WHERE id = \(part.id) AND responsible_id = \(tasks.performer.person.id)")
            #expect(holders == 1 && responsible == 1)
            #expect(try await tasks.verbs(uid) == ["given"])
            #expect(try await tasks.verbs(parent.uid) == ["created", "given", "broken-down"])
            #expect(try await tasks.disorder() == [])
            let detail = try await tasks.act(as: tasks.secretariat) { try $0.detail(uid) }
            #expect(detail.products.map(\.name) == ["Nền tảng dữ liệu"])
            let rows = try await tasks.act(as: tasks.secretariat) { try $0.rows(of: made.bulk.uid).map(\.uid) }
            #expect(rows == [uid])
            // Who does it goes on as with any other.
            try await tasks.does(.accept, uid, as: tasks.performer.viewer)
        }
    }

    @Test(arguments: Engine.allCases) func theGateNamesEachUnitAndPoint(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let parent = try await tasks.issued()
            let front = TaskBreakdown.Part(
                unit: try tasks.world.uid(.front), performer: tasks.performer.office.uid, leader: nil)
            let found = await tasks.refusal {
                _ = try await breakDown(tasks, parent.uid, [try finance(tasks), front], issued: true) {
                    $0.products = []
                }
            }
            #expect(
                found == [
                    "products task.clarity.product.missing", "performer task.breakdown.error.of_unit",
                    "leader task.breakdown.error.of_unit",
                ])
            let rows = try await tasks.number("SELECT COUNT(*) FROM task")
            #expect(rows == 1, "all or none")
            let drafts = try await breakDown(tasks, parent.uid, [try finance(tasks), front])
            #expect(drafts.made.count == 2)
            #expect(try await tasks.verbs(try #require(drafts.made.last)) == ["created"])
            #expect(try await tasks.disorder() == [])
        }
    }

    @Test(arguments: Engine.allCases) func aUnitHasOnePartAndTheSecondHearsOfTheFirst(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let parent = try await tasks.issued()
            let seen = parent.task.version
            let first = try await breakDown(tasks, parent.uid, [try finance(tasks)], seen: seen)
            #expect(first.parent.task.version == seen + 1)
            let stale = await tasks.refusal {
                _ = try await breakDown(tasks, parent.uid, [try finance(tasks)], as: tasks.leader, seen: seen)
            }
            #expect(stale == ["stale"])
            let present = await tasks.refusal {
                _ = try await breakDown(tasks, parent.uid, [try finance(tasks)], seen: seen + 1)
            }
            #expect(present == ["units task.breakdown.error.present"])
            #expect(try await tasks.number("SELECT COUNT(*) FROM task WHERE parent_id IS NOT NULL") == 1)
        }
    }

    @Test(arguments: Engine.allCases) func twoAtOnceMakeEachPartOnce(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let parent = try await tasks.issued()
            let seen = parent.task.version
            let outcomes = await withTaskGroup(of: [String].self) { group in
                for viewer in [tasks.secretariat, tasks.leader] {
                    group.addTask {
                        await tasks.refusal {
                            _ = try await breakDown(
                                tasks, parent.uid, [try finance(tasks)], issued: true, as: viewer, seen: seen)
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.filter(\.isEmpty).count == 1 && outcomes.contains(["stale"]))
            #expect(try await tasks.number("SELECT COUNT(*) FROM task WHERE parent_id IS NOT NULL") == 1)
        }
    }

    @Test(arguments: Engine.allCases) func whatIsHiddenIsNeitherPlannedNorTold(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let parent = try await tasks.issued()
            let hidden = try tasks.world.uid(.front), top = try tasks.world.uid(.giaLai)
            try await tasks.act { store in
                try store.tx.run("UPDATE unit SET secrecy = 2 WHERE uid = \(hidden)")
            }
            let names = try await tasks.act(as: tasks.secretariat) { store in
                var found = Validation()
                return try UnitKind.allCases.flatMap {
                    try store.places(.kind($0, below: top), except: [], &found).map(\.link.uid)
                }
            }
            #expect(names.contains(try tasks.world.uid(.finance)) && !names.contains(hidden))
            let part = TaskBreakdown.Part(unit: hidden)
            let refused = await tasks.refusal { _ = try await breakDown(tasks, parent.uid, [part]) }
            #expect(refused == ["units coverage.error.unit_unknown"])
            let outside = TaskBreakdown.Part(unit: try tasks.world.uid(.otherCommittee))
            let foreign = await tasks.refusal { _ = try await breakDown(tasks, parent.uid, [outside]) }
            #expect(foreign == ["units coverage.error.unit_unknown"])
            let focal = await tasks.refusal {
                _ = try await breakDown(tasks, parent.uid, [try finance(tasks)], as: tasks.performer.viewer)
            }
            #expect(focal == ["forbidden"])
            let stranger = await tasks.refusal {
                _ = try await breakDown(tasks, parent.uid, [try finance(tasks)], as: .anonymous)
            }
            #expect(stranger == ["not found"])
        }
    }

    @Test(arguments: Engine.allCases) func peopleAreFoundByRightOrTitle(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let parent = try await tasks.issued()
            let focal = try await tasks.hire(.finance, "Đầu mối", .focal).office.uid
            let units = [try tasks.world.uid(.finance), try tasks.world.uid(.front)]
            let (parts, plan) = try await tasks.act(as: tasks.secretariat) { store in
                let places = try store.places(units)
                let parts = try store.parts(in: places, performer: .role(.focal), leader: .title("giam doc"))
                var draft = TaskDraft(title: "Rà soát hạ tầng số của đơn vị", leadUnit: units[0])
                draft.deadline = .day(tasks.due)
                let breakdown = TaskBreakdown(template: draft, parts: parts)
                return (parts, try store.plan(parent.uid, breakdown))
            }
            let finance = try #require(parts.first { $0.unit == units[0] })
            #expect(finance.performer == focal)
            #expect(finance.leader == tasks.chief.office.uid)
            #expect(plan.missing.map(\.message.key) == ["task.clarity.product.missing"])
            let row = try #require(plan.rows.first { $0.unit.uid == units[1] })
            #expect(row.missing.map(\.message.key).contains("task.clarity.responsibility.leader_missing"))
            let rows = try await tasks.number("SELECT COUNT(*) FROM task")
            #expect(rows == 1, "nothing is written")
        }
    }
}
