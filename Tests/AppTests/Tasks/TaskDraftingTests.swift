import Storage
import TestSupport
import Testing

@testable import App

/// A draft may say little, but nothing that is wrong; it is known to those who plan alone.
@Suite struct TaskDraftingTests {
    @Test(arguments: Engine.allCases) func everythingThatIsWrongIsToldAtOnce(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let unknown = UID.new(at: tasks.now)
            let before = try await tasks.number("SELECT COUNT(*) FROM event")
            let found = await tasks.refusal {
                _ = try await tasks.drafted { draft in
                    draft.title = "…"
                    draft.leadUnit = unknown
                    draft.coordinating = [unknown]
                    (draft.performer, draft.leader, draft.authority) = (unknown, unknown, unknown)
                    (draft.document, draft.parent) = (unknown, unknown)
                    draft.deadline = .day(try #require(Day(number: 0)))
                    draft.start = Day(parsing: "1999-12-31")
                    draft.weight = -1
                    (draft.pillar, draft.group) = ("khong-co", "khong-co")
                    draft.products = Array(repeating: TaskProduct(name: "", kind: nil, criterion: ""), count: 11)
                }
            }
            #expect(
                found == [
                    "title field.missing", "lead_unit coverage.error.unit_unknown",
                    "coordinating coverage.error.unit_unknown", "performer task.error.office_unknown",
                    "leader task.error.office_unknown", "authority task.error.office_unknown",
                    "document document.error.unknown", "parent task.error.parent_unknown",
                    "deadline deadline.error.epoch", "start_on deadline.error.year", "weight field.integer",
                    "pillar field.choice", "task_group field.choice", "products gap.error.too_many",
                ])
            let rows = try await tasks.number("SELECT COUNT(*) FROM task")
            let events = try await tasks.number("SELECT COUNT(*) FROM event")
            #expect(rows == 0 && events == before)
        }
    }

    @Test(arguments: Engine.allCases) func aUnitLeadsOrCoordinatesAndLivesToday(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let both = await tasks.refusal {
                _ = try await tasks.drafted { $0.coordinating = [$0.leadUnit, try tasks.world.uid(.front)] }
            }
            #expect(both == ["coordinating task.error.lead_coordinates"])
            let (front, today, now) = (try tasks.world.uid(.front), tasks.today, tasks.now)
            try await tasks.act { store in
                _ = try store.units.dissolve(
                    front, UnitDissolution(from: today, basis: "Nghị quyết 1"), seen: nil, at: now)
            }
            let ended = await tasks.refusal {
                _ = try await tasks.given(by: .science, .draft) { $0.leadUnit = front }
            }
            #expect(ended == ["lead_unit coverage.error.unit_ended"])
        }
    }

    @Test(arguments: Engine.allCases) func nobodyGivesWorkOutsideTheirRights(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            func refused(_ place: Place, as viewer: Viewer? = nil) async -> [String] {
                await tasks.refusal {
                    _ = try await tasks.drafted(as: viewer) { draft in
                        draft = TaskDraft(title: draft.title, leadUnit: try tasks.world.uid(place))
                    }
                }
            }
            #expect(await refused(.wardCommittee) == [])
            #expect(await refused(.tayNinh) == ["lead_unit task.error.unit_forbidden"])
            #expect(await refused(.vietnam) == ["lead_unit task.error.unit_forbidden"])
            #expect(await refused(.otherCommittee) == ["lead_unit coverage.error.unit_unknown"])
            for who in [Who.administrator, .member, .focal, .supervisor, .root] {
                #expect(
                    await refused(.finance, as: tasks.viewer(who)) == ["lead_unit task.error.unit_forbidden"], "\(who)")
            }
            for who in [Who.leader, .acting] { #expect(await refused(.finance, as: tasks.viewer(who)) == []) }
            for who in [Who.nobody, .former] {
                #expect(await refused(.finance, as: tasks.viewer(who)) == ["forbidden"], "\(who)")
            }
        }
    }

    /// What a deputy drafts is the office's whose work it is, though the deputy sits elsewhere.
    @Test(arguments: Engine.allCases) func whoActsForAnotherGivesWorkInTheirName(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let agent = try await tasks.viewer(tasks.performer.office.uid, for: tasks.world.office(.leader))
            let row = try await tasks.drafted(as: agent) { $0.leadUnit = try tasks.world.uid(.front) }
            #expect(try await tasks.find(row.uid).assigningUnit == tasks.world.id(.science))
            let own = tasks.leader
            #expect(try await tasks.act(as: own) { try $0.rights($0.find(row.uid).task).directs })
        }
    }

    @Test(arguments: Engine.allCases) func noTaskIsItsOwnAncestor(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let top = try await tasks.drafted()
            let middle = try await tasks.drafted { $0.parent = top.uid }
            let low = try await tasks.drafted { $0.parent = middle.uid }
            func change(_ task: TaskRow, below parent: TaskRow) async -> [String] {
                await tasks.refusal {
                    let (draft, now) = (try tasks.draft { $0.parent = parent.uid }, tasks.now)
                    try await tasks.act(as: tasks.secretariat) { try $0.change(task.uid, draft, seen: nil, at: now) }
                }
            }
            #expect(await change(top, below: top) == ["parent task.error.cycle"])
            #expect(await change(top, below: middle) == ["parent task.error.cycle"])
            #expect(await change(top, below: low) == ["parent task.error.cycle"])
            #expect(await change(low, below: top) == [])
        }
    }

    @Test(arguments: Engine.allCases) func aTreeHasAnEnd(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            var chain = [try await tasks.drafted()]
            while let last = chain.last, chain.count <= TaskStore.deepest {
                chain.append(try await tasks.drafted { $0.parent = last.uid })
            }
            let (last, above) = (chain[TaskStore.deepest], chain[TaskStore.deepest - 1])
            let deeper = await tasks.refusal { _ = try await tasks.drafted { $0.parent = last.uid } }
            #expect(deeper == ["parent task.error.too_deep"])
            let same = await tasks.refusal {
                let (draft, now) = (try tasks.draft { $0.parent = above.uid }, tasks.now)
                try await tasks.act(as: tasks.secretariat) { try $0.change(last.uid, draft, seen: nil, at: now) }
            }
            #expect(same == [], "what stands may stay")
        }
    }

    @Test(arguments: Engine.allCases) func aParentIsKnownOpenAndOnesOwn(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            func child(of parent: TaskRow, as viewer: Viewer? = nil, lead: Place = .finance) async -> [String] {
                await tasks.refusal {
                    _ = try await tasks.drafted(as: viewer) {
                        $0 = TaskDraft(title: $0.title, leadUnit: try tasks.world.uid(lead))
                        $0.parent = parent.uid
                    }
                }
            }
            let foreign = try await tasks.given(by: .otherCommittee, .draft) {
                $0.leadUnit = try tasks.world.uid(.communeCommittee)
            }
            #expect(await child(of: foreign) == ["parent task.error.parent_unknown"])
            let cancelled = try await tasks.given(by: .science, .closed)
            #expect(await child(of: cancelled) == ["parent task.error.parent_closed"])
            let mine = try await tasks.issued()
            #expect(await child(of: mine, as: tasks.colleague.viewer) == [], "who leads it may split it")
            let other = try await tasks.given(by: .science, .open) {
                $0.leadUnit = try tasks.world.uid(.science)
                $0.performer = try tasks.world.office(.focal)
                $0.leader = try tasks.world.office(.leader)
            }
            #expect(
                await child(of: other, as: tasks.colleague.viewer) == ["parent task.error.parent_forbidden"],
                "a child that is never done would keep others from ending their task")
        }
    }

    @Test(arguments: Engine.allCases) func aChangeFromAnOlderStateIsStale(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let (row, now, viewer) = (try await tasks.drafted(), tasks.now, tasks.secretariat)
            let draft = try tasks.draft { $0.title = "Lập bản đồ dữ liệu dùng chung" }
            let changed = try await tasks.act(as: viewer) { try $0.change(row.uid, draft, seen: 1, at: now) }
            #expect(changed.task.version == 2 && changed.task.title == draft.title)
            let again = await tasks.refusal {
                _ = try await tasks.act(as: viewer) { try $0.change(row.uid, draft, seen: 1, at: now) }
            }
            #expect(again == ["stale"])
            #expect(await tasks.tried(.issue, row.uid, as: viewer, seen: 1) == "stale")
            let discard = await tasks.refusal {
                _ = try await tasks.act(as: viewer) { try $0.discard(row.uid, seen: 1, at: now) }
            }
            #expect(discard == ["stale"])
            #expect(await tasks.tried(.issue, row.uid, as: viewer, seen: 2) == "done")
            let late = await tasks.refusal {
                _ = try await tasks.act(as: viewer) { try $0.change(row.uid, draft, seen: 3, at: now) }
            }
            #expect(late == ["conflict task.error.issued"])
            #expect(try await tasks.verbs(row.uid) == ["created", "changed", "given"])
            #expect(try await tasks.disorder() == [])
        }
    }

    @Test(arguments: Engine.allCases) func aDraftThatIsDeletedLeavesAnEventAndNoRows(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let (now, viewer) = (tasks.now, tasks.secretariat)
            let parent = try await tasks.drafted()
            let child = try await tasks.drafted {
                $0.parent = parent.uid
                $0.coordinating = [try tasks.world.uid(.front)]
            }
            func discard(_ row: TaskRow, as viewer: Viewer) async -> [String] {
                await tasks.refusal {
                    _ = try await tasks.act(as: viewer) { try $0.discard(row.uid, seen: nil, at: now) }
                }
            }
            #expect(await discard(parent, as: viewer) == ["conflict task.error.has_children"])
            #expect(await discard(child, as: tasks.viewer(.supervisor)) == ["forbidden"])
            #expect(await discard(child, as: tasks.performer.viewer) == ["not found"])
            #expect(await discard(child, as: viewer) == [])
            #expect(await discard(child, as: viewer) == ["not found"])
            for table in ["task_unit", "task_product", "task_scope", "task_recency"] as [StaticString] {
                let sql: SQL = "SELECT COUNT(*) FROM \(SQL(static: table)) WHERE task_id = \(child.task.id)"
                #expect(try await tasks.number(sql) == 0, "\(table)")
            }
            #expect(try await tasks.number("SELECT COUNT(*) FROM task") == 1)
            func told(_ viewer: Viewer) async throws -> [String] {
                try await tasks.act(as: viewer) { store in
                    try ActivityStore(tx: store.tx, viewer: store.viewer, today: store.today)
                        .recent(EventFilter(verb: .discarded, kind: .task)).items.compactMap { $0.before["title"] }
                }
            }
            #expect(try await told(viewer) == [child.task.title])
            #expect(try await told(tasks.performer.viewer) == [], "whoever never knew of it hears nothing now")
            let narrow = Viewer(
                identity: tasks.performer.viewer.identity,
                grants: [
                    Viewer.Grant(
                        role: .administrator, hierarchy: .territory, unit: try tasks.world.id(.giaLai),
                        ceiling: .internal)
                ], day: tasks.today)
            #expect(try await told(narrow) == [], "how secret it was nobody can tell any more")
            let issued = try await tasks.issued()
            #expect(await discard(issued, as: viewer) == ["conflict task.error.not_draft"])
            #expect(try await tasks.disorder() == [])
        }
    }

    /// SQLite gives the number of a deleted row to the next one.
    @Test(arguments: Engine.allCases) func anotherTaskDoesNotInheritItsHistory(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let (now, viewer, unit) = (tasks.now, tasks.secretariat, tasks.performer.viewer)
            let secret = try await tasks.drafted { $0.title = "Việc không ai được biết" }
            try await tasks.act(as: viewer) { try $0.discard(secret.uid, seen: nil, at: now) }
            let next = try await tasks.issued()
            #expect(try await tasks.verbs(next.uid) == ["created", "given"])
            let told = try await tasks.act(as: unit) { store in
                let events = ActivityStore(tx: store.tx, viewer: unit, today: store.today)
                return try events.recent(EventFilter(kind: .task)).items.map(\.subject)
            }
            #expect(Set(told) == [next.uid])
        }
    }

    @Test(arguments: Engine.allCases) func aDraftIsUnknownToTheUnitThatIsToLeadIt(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let row = try await tasks.drafted()
            for (name, viewer) in [("performer", tasks.performer.viewer), ("chief", tasks.chief.viewer)] {
                let found = await tasks.refusal { _ = try await tasks.act(as: viewer) { _ = try $0.find(row.uid) } }
                #expect(found == ["not found"], "\(name)")
                #expect(try await tasks.names(as: viewer) { $0.which = .draft } == [], "\(name)")
                #expect(await tasks.tried(.accept, row.uid, as: viewer) == "not found", "\(name)")
            }
            #expect(try await tasks.names(as: tasks.secretariat) { $0.which = .draft } == [row.task.title])
            #expect(try await tasks.names(as: tasks.secretariat) == [])
            try await tasks.does(.issue, row.uid, as: tasks.leader)
            #expect(try await tasks.names(as: tasks.performer.viewer) == [row.task.title])
            #expect(try await tasks.names(as: tasks.chief.viewer) == [row.task.title])
        }
    }

    /// A row of which only the kind was chosen is kept, and the gate says what it lacks.
    @Test(arguments: Engine.allCases) func nothingThatWasTypedOfAProductIsDropped(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let (unit, now) = (try tasks.world.uid(.finance), tasks.now)
            let lacks = try await tasks.act(as: tasks.secretariat) { store in
                let typed = [
                    "title": "Xây dựng nền tảng dữ liệu", "lead_unit": unit.text, "products.1.kind": "report",
                    "is_key": "true",
                ]
                var form = TaskForm(Fields(raw: typed), store: store)
                let row = try store.create(try form.draft(), at: now)
                #expect(row.task.isKey, "as a program says it")
                let kept = try store.tx.ask(store.products(of: row.task.id))
                #expect(kept == [TaskProduct(name: "", kind: .report, criterion: "")])
                return try store.clarity(of: row).findings.filter { $0.point == .product }.map(\.problem.field)
            }
            #expect(lacks == ["products.0.name", "products.0.criterion"])
        }
    }
}
