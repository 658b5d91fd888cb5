import Storage

/// What tasks give to search.
enum TaskSearch {
    static let source = SearchSource(
        kind: .task, states: TaskWorkflow.State.allCases.map(\.rawValue), entries: entries, keys: keys, scopes: scopes,
        names: { TaskScope($0).offices.map(SearchScopes.named) }, hasParts: true, regions: regions, size: size,
        show: show,
        key: { tx, uid in try tx.first("SELECT id FROM task WHERE uid = \(uid)")?.int64(0) })

    /// As ``TaskScope/branches`` has it; what everybody may know only where it is asked for.
    private static func scopes(_ viewer: Viewer, _ reach: SearchReach) -> [String] {
        let scope = TaskScope(viewer)
        let open = reach == .everything && viewer.isSignedIn ? [SearchScopes.everybody] : []
        return scope.branches.flatMap { SearchScopes.upTo($0.ceiling, of: $0.id) } + open
    }

    private static func regions(_ tx: Transaction, _ viewer: Viewer, _ reach: SearchReach) throws -> [Int64]? {
        guard reach == .own, !viewer.isSystem else { return nil }
        return try SearchRegion.all(
            of: Set(TaskScope(viewer).branches.map { TaskScope.unit(of: $0.id) }).sorted(), in: tx)
    }

    private static func size(_ tx: Transaction, _ viewer: Viewer, _ reach: SearchReach, _ cap: Int) throws -> Int {
        if reach == .everything { return cap }
        let branches = TaskScope(viewer).branches.map(\.id)
        let row = try tx.first(
            """
            SELECT COUNT(*) FROM (SELECT 1 FROM task_scope WHERE scope_id IN (\(list: branches)) LIMIT \(cap)) n
            """)
        return try row?.int(0) ?? 0
    }

    private static func keys(_ tx: Transaction, _ above: Int64, _ limit: Int) throws -> [Int64] {
        try tx.all("SELECT id FROM task WHERE id > \(above) ORDER BY id LIMIT \(limit)").map { try $0.int64(0) }
    }

    private static func entries(_ tx: Transaction, _ tasks: [Int64]) throws -> [SearchEntry] {
        var places: [Int64: [Int64]] = [:], products: [Int64: String] = [:]
        for row in try tx.all(
            "SELECT task_id, scope_id FROM task_scope WHERE task_id IN (\(list: tasks)) ORDER BY task_id, scope_id"
        ) { places[try row.int64(0), default: []].append(try row.int64(1)) }
        for row in try tx.all(
            "SELECT task_id, name FROM task_product WHERE task_id IN (\(list: tasks)) ORDER BY task_id, position"
        ) { products[try row.int64(0), default: ""] += " " + (try row.text(1)) }
        let regions = try SearchRegion.of(Set(places.values.joined().map(TaskScope.unit)).sorted(), in: tx)
        return try tx.all(
            """
            SELECT id, title, description, start_on, state, pillar, lead_unit_id, secrecy, closed, performer_id,
            leader_id, authority_id FROM task WHERE id IN (\(list: tasks)) ORDER BY id
            """
        ).map { row in
            let id = try row.int64(0)
            return SearchEntry(
                .task, id, day: try row.day(3), state: try row.text(4), pillar: try row.text(5),
                unit: try row.int64(6), title: try row.text(1),
                text: try row.text(2) + (products[id] ?? ""), scopes: try known(row, places[id] ?? []),
                regions: Set((places[id] ?? []).compactMap { regions[TaskScope.unit(of: $0)] }).sorted())
        }
    }

    private static func known(_ row: Row, _ places: [Int64]) throws -> [String] {
        let secrecy = Secrecy(rawValue: try row.int(7)) ?? .restricted
        let placed = places.map { SearchScopes.of($0, secrecy: secrecy) }
        guard try row.int(8) < 2 else { return placed }
        let offices = try (9...11).compactMap { try row.optionalID($0, of: Office.self) }.map(SearchScopes.named)
        return placed + offices + (secrecy == .public ? [SearchScopes.everybody] : [])
    }

    private static func show(
        _ tx: Transaction, _ viewer: Viewer, _ today: Day, _ tasks: [Int64]
    ) throws -> [SearchCard] {
        let store = TaskStore(tx: tx, viewer: viewer, today: today)
        let rows = try store.rows("t.id IN (\(list: tasks))", order: "t.id", limit: tasks.count)
        return try store.warned(rows).map { row in
            let task = row.task
            return SearchCard(
                subject: task.subject, href: row.href, title: task.title, unit: row.leadUnit.name,
                passages: [task.description], day: task.start == .never ? nil : task.start,
                due: task.due == .never ? nil : task.due, state: task.workflow.state.rawValue,
                states: { TaskWords.short(task, row.status(on: $0.today), $0) })
        }
    }
}
