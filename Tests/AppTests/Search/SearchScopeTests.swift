import Storage
import TestSupport
import Testing

@testable import App

/// What is found is what is known: search against the scopes of the features, for everybody, by each way to find.
@Suite struct SearchScopeTests {
    @Test(arguments: Engine.allCases) func nobodyFindsMoreOrLessThanTheyKnow(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            try await mark(world)
            var found = 0, hidden = 0
            for who in Who.allCases {
                let viewer = try await world.viewer(who)
                let known = try await known(to: viewer, world)
                for few in [-1, 100_000] {
                    let result = try await world.search(
                        "zyqxova", as: viewer, page: PageRequest(after: nil, limit: 200)
                    ) { filter, store in
                        filter.reach = .everything
                        (store.limits.few, store.limits.newest) = (few, 3)
                    }
                    #expect(Set(result.cards.map { "\($0.subject.uid)" }) == known.uids, "\(who) \(few)")
                    #expect(result.total == known.uids.count, "\(who) \(few)")
                    #expect(result.facets.kinds.map(\.count).reduce(0, +) == known.uids.count, "\(who)")
                }
                found += known.uids.count
                hidden += known.all - known.uids.count
            }
            #expect(found > 20 && hidden > 20, "\(found) found, \(hidden) hidden")
        }
    }

    /// As far as one's own scopes go, by words with the parts of the country in which these lie, and by name.
    @Test(arguments: Engine.allCases) func nobodyFindsMoreOrLessInTheirOwnScopes(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            try await mark(world)
            var inParts = 0, found = 0
            for who in Who.allCases {
                let viewer = try await world.viewer(who)
                let known = try await owned(by: viewer, world)
                for few in [-1, 100_000] {
                    let result = try await world.search(
                        "zyqxova", as: viewer, page: PageRequest(after: nil, limit: 200)
                    ) { filter, store in
                        filter.kind = .task
                        store.limits.few = few
                    }
                    #expect(Set(result.cards.map { "\($0.subject.uid)" }) == known.uids, "\(who) \(few)")
                    #expect(result.total == known.uids.count, "\(who) \(few)")
                    try await theFirstAreFound(of: result.cards.map(\.subject.uid), viewer, world)
                }
                inParts += known.regions?.isEmpty == false ? known.uids.count : 0
                found += known.uids.count
            }
            #expect(inParts > 10 && found > inParts, "\(inParts) of \(found) in parts")
        }
    }

    /// A task of another part of the country that names the viewer's office stands in its place among the others.
    @Test(arguments: Engine.allCases) func whoIsNamedElsewhereFindsItToo(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            try await mark(world)
            var elsewhere = 0
            for who in Who.allCases {
                let viewer = try await world.viewer(who), before = try await owned(by: viewer, world)
                guard let office = TaskScope(viewer).offices.first, before.regions?.isEmpty == false else { continue }
                try await world.database.write { tx in
                    let rows = try tx.all(
                        """
                        SELECT t.id, t.uid FROM search_entry e JOIN task t ON t.id = e.subject_id
                        WHERE e.subject_kind = 'task' AND t.closed < 2 ORDER BY e.id
                        """)
                    // The newest, one of the middle, and one that the viewer knows already.
                    let others = try rows.filter { try !before.uids.contains($0.text(1)) }
                    let named = [others.first, others.dropFirst(others.count / 2).first]
                    let own = try rows.first { try before.uids.contains($0.text(1)) }
                    let tasks = try (named + [own]).compactMap { try $0?.int64(0) }
                    try tx.run("UPDATE task SET leader_id = \(office) WHERE id IN (\(list: tasks))")
                    try SearchMap(tx: tx).refresh(.task, tasks)
                }
                let known = try await owned(by: viewer, world)
                let result = try await world.search("zyqxova", as: viewer, page: PageRequest(after: nil, limit: 200)) {
                    filter, store in
                    filter.kind = .task
                    store.limits.few = -1
                }
                #expect(Set(result.cards.map { "\($0.subject.uid)" }) == known.uids, "\(who)")
                #expect(result.total == known.uids.count, "\(who)")
                try await theFirstAreFound(of: result.cards.map(\.subject.uid), viewer, world)
                elsewhere += known.uids.count - before.uids.count
            }
            #expect(elsewhere > 3, "\(elsewhere)")
        }
    }

    /// However few are looked at, and in whatever way they are found.
    private func theFirstAreFound(of all: [UID], _ viewer: Viewer, _ world: World) async throws {
        for cap in [1, 2, 5] where all.count > cap {
            for order in SearchFilter.Order.allCases {
                let result = try await world.search(
                    "zyqxova", as: viewer, page: PageRequest(after: nil, limit: 200)
                ) { filter, store in
                    (filter.kind, filter.order) = (.task, order)
                    (store.limits.few, store.limits.cap, store.limits.newest) = (-1, cap, cap)
                }
                #expect(Set(result.cards.map(\.subject.uid)) == Set(all.prefix(cap)) && result.isCapped, "\(cap)")
            }
        }
    }

    /// Somebody who has not signed in, and somebody without an office, find nothing that is not for everybody.
    @Test(arguments: Engine.allCases) func nobodyInParticularFindsNothing(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            try await mark(world)
            let result = try await world.search("zyqxova", as: .anonymous) { filter, _ in filter.reach = .everything }
            #expect(result.total == 0 && result.cards.isEmpty && result.facets.kinds.isEmpty)
        }
    }

    /// Whom a restricted task names finds it; whoever else has rights up to internal does not.
    @Test(arguments: Engine.allCases) func aRestrictedTaskIsFoundByWhomItNames(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let row = try await tasks.given(by: .science, .open) {
                $0.title = "Việc kín bảo vệ mạng"
                $0.secrecy = .restricted
            }
            let people: [(Viewer, Int)] = [
                (tasks.performer.viewer, 1), (tasks.chief.viewer, 1), (tasks.colleague.viewer, 0),
                (tasks.secretariat, 0), (tasks.viewer(.root), try await tasks.reach(row.uid, tasks.viewer(.root))),
            ]
            for (viewer, count) in people {
                for few in [-1, 1_500] {
                    let found = try await tasks.world.search("việc kín", as: viewer) { _, store in
                        store.limits.few = few
                    }
                    #expect(found.total == count, "\(viewer.name)")
                }
            }
            let draft = try await tasks.drafted { $0.title = "Dự kiến mua máy chủ" }
            #expect(try await tasks.world.search("máy chủ", as: tasks.secretariat).total == 1)
            #expect(try await tasks.world.search("máy chủ", as: tasks.performer.viewer).total == 0)
            _ = try await tasks.does(.issue, draft.uid, as: tasks.secretariat)
            #expect(try await tasks.world.search("máy chủ", as: tasks.performer.viewer).total == 1)
        }
    }

    /// What is typed is never a scope.
    @Test(arguments: Engine.allCases) func noWordIsAScope(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            _ = try await tasks.given(by: .science, .open) { $0.secrecy = .restricted }
            let words = try await tasks.world.database.read { tx in
                try tx.all("SELECT words FROM search_entry WHERE subject_kind = 'task'").flatMap {
                    try $0.text(0).split(separator: " ").map(String.init)
                }
            }
            let scopes = words.filter { $0.contains(".") }
            #expect(scopes.count > 3)
            for scope in scopes {
                #expect(try await tasks.world.search(scope, as: .system("test")).total == 0, "\(scope)")
            }
        }
    }

    /// Gives every record one and the same word.
    private func mark(_ world: World) async throws {
        try await world.database.write { tx in
            try tx.run("UPDATE task SET description = 'Zyqxova'")
            try tx.run("UPDATE document SET quote = 'Zyqxova' WHERE is_reference = 0")
            try tx.run("UPDATE document SET holder = 'Zyqxova' WHERE is_reference = 1")
            try SearchMap(tx: tx).rebuild()
        }
    }

    private func owned(by viewer: Viewer, _ world: World) async throws -> (uids: Set<String>, regions: [Int64]?) {
        let scope = TaskScope(viewer)
        let placed = scope.branches.map { "v.scope_id = \($0.id) AND v.secrecy <= \($0.ceiling.rawValue)" as SQL }
        let named: SQL = """
            t.closed < 2 AND (t.performer_id IN (\(list: scope.offices)) OR t.leader_id IN (\(list: scope.offices))
            OR t.authority_id IN (\(list: scope.offices)))
            """
        return try await world.database.read { tx in
            let rows = try tx.all(
                """
                SELECT t.uid FROM task t WHERE EXISTS (SELECT 1 FROM task_scope v WHERE v.task_id = t.id
                AND (\((placed + ["1 = 0"]).joined(" OR ")))) OR (\(named))
                """)
            return (Set(try rows.map { try $0.text(0) }), try SearchSource.of(.task).regions(tx, viewer, .own))
        }
    }

    private func known(to viewer: Viewer, _ world: World) async throws -> (uids: Set<String>, all: Int) {
        try await world.database.read { tx in
            let rows = try tx.all(
                """
                SELECT t.uid FROM task t WHERE \(TaskScope(viewer).condition()) UNION ALL
                SELECT d.uid FROM document d WHERE \(DocumentScope(viewer).condition())
                """)
            let all = try tx.first(
                "SELECT (SELECT COUNT(*) FROM task) + (SELECT COUNT(*) FROM document WHERE state <> 'discarded')")
            return (Set(try rows.map { try $0.text(0) }), try all?.int(0) ?? 0)
        }
    }
}

extension TaskWorld {
    /// 1 when the viewer knows the task.
    func reach(_ task: UID, _ viewer: Viewer) async throws -> Int {
        try await act(as: viewer) { store in try ifKnown(store.find(task)) == nil ? 0 : 1 }
    }
}
