public import Storage

/// Every read of units. Made from a transaction and a viewer, so that nothing is read unscoped.
public struct UnitStore {
    let tx: Transaction
    let viewer: Viewer
    let today: Day

    public init(tx: Transaction, viewer: Viewer, today: Day) {
        self.tx = tx
        self.viewer = viewer
        self.today = today
    }

    /// A page of the units that exist (or ended) on a day. An unknown parent is ``AppError/notFound``.
    /// `counts` are those of ``countsByKind()``, when the caller has them already.
    public func list(
        _ filter: UnitFilter, on day: Day? = nil, page: PageRequest, counts: [(kind: UnitKind, count: Int)]? = nil
    ) throws -> Page<UnitRow> {
        let query = try query(filter, on: day)
        let rows = try tx.all(query.page(page))
        let shown = rows.prefix(page.limit)
        var next: Cursor?
        if rows.count > page.limit, let last = shown.last { next = try query.cursor(after: last) }
        let total = try page.after == nil && next == nil ? shown.count : count(filter, query, on: day ?? today, counts)
        return Page(
            items: try shown.map(UnitRow.init), next: next, total: min(total, countCap),
            totalIsFloor: total > countCap)
    }

    private func count(
        _ filter: UnitFilter, _ query: UnitQuery, on day: Day, _ counts: [(kind: UnitKind, count: Int)]?
    ) throws -> Int {
        guard filter.isOfKindsOnly, day == today else { return try tx.first(query.count(cap: countCap))?.int(0) ?? 0 }
        return try (counts ?? countsByKind()).filter { filter.matches($0.kind) }.reduce(0) { $0 + $1.count }
    }

    /// The unit as it was on a day; a unit that had ended is shown as it was last, one to come as it will begin.
    public func find(_ uid: UID, on day: Day? = nil) throws -> UnitRow {
        guard let row = try tx.first(try one("u.uid = \(uid)", on: day ?? today)) else { throw AppError.notFound }
        return try UnitRow(row)
    }

    public func find(_ id: ID<OrgUnit>, on day: Day? = nil) throws -> UnitRow {
        guard let row = try tx.first(try one("u.id = \(id)", on: day ?? today)) else { throw AppError.notFound }
        return try UnitRow(row)
    }

    /// Of these units, those that the viewer may know of.
    func known(_ uids: [UID]) throws -> Set<UID> {
        let found = try KeyBatches.of(uids).flatMap { batch in
            try tx.all("SELECT u.uid FROM unit u WHERE u.uid IN (\(list: batch)) AND \(UnitScope(viewer).condition)")
        }
        return Set(try found.map { try $0.uid(0) })
    }

    /// What a person types to name a unit: its uid, a code, its name with a code in brackets, or its name alone when
    /// only one unit that lives has it.
    public func find(typed text: String) throws -> UnitRow? {
        if let uid = UID(parsing: text) { return try ifKnown(find(uid)) }
        if let found = try find(nameAndCode: text) { return found }
        let coded = try tx.all("SELECT unit_id FROM unit_code WHERE code = \(text) ORDER BY scheme DESC LIMIT 2")
        if let first = coded.first, let found = try ifKnown(find(first.id(0, of: OrgUnit.self))) { return found }
        var filter = UnitFilter()
        filter.text = text
        let wanted = TextFold.fold(text)
        let named = try list(filter, page: PageRequest(after: nil, limit: 20)).items
        let exact = named.filter { TextFold.fold($0.name) == wanted }
        return exact.count == 1 ? exact.first : named.count == 1 ? named.first : nil
    }

    /// What a form is filled with: words by which ``find(typed:)`` finds this unit again; its uid where none do.
    func typedName(of row: UnitRow) throws -> String {
        let names = [row.name] + (row.code.map { ["\(row.name) (\($0))"] } ?? [])
        return try names.first { try find(typed: $0)?.uid == row.uid } ?? row.uid.text
    }

    /// `Phường Quy Nhơn (21583)`.
    private func find(nameAndCode text: String) throws -> UnitRow? {
        guard text.hasSuffix(")"), let bracket = text.lastIndex(of: "(") else { return nil }
        let name = TextFold.fold(String(text[..<bracket]))
        let code = String(text[text.index(after: bracket)...].dropLast())
        let coded = try tx.all("SELECT unit_id FROM unit_code WHERE code = \(code) ORDER BY scheme DESC LIMIT 20")
        let found = try coded.compactMap { row in try ifKnown(find(row.id(0, of: OrgUnit.self))) }
        return found.first { TextFold.fold($0.name) == name }
    }

    /// From the top of the territory down to the unit's parent, as far as the viewer may know of them.
    public func path(of unit: ID<OrgUnit>, on day: Day? = nil) throws -> [UnitLink] {
        let day = day ?? today
        // The closure first, by the order of the tables; the newest line of each depth speaks.
        let lines = try tx.all(
            """
            SELECT u.uid, v.name, c.depth FROM unit_closure c CROSS JOIN unit u CROSS JOIN unit_version v
            WHERE c.unit_id = \(unit) AND c.hierarchy = 'territory' AND c.from_day <= \(day) AND c.depth > 0
            AND u.id = c.ancestor_id AND v.unit_id = u.id AND v.from_day <= c.from_day AND v.to_day > c.from_day
            AND \(UnitScope(viewer).condition) ORDER BY c.depth DESC, c.from_day DESC
            """)
        var path: [UnitLink] = []
        var depth = -1
        for line in lines where try line.int(2) != depth {
            depth = try line.int(2)
            path.append(UnitLink(uid: try line.uid(0), name: try line.text(1)))
        }
        return path
    }

    /// Living units by kind, for the head of the registry: all of them from an index, less the few that are hidden.
    public func countsByKind() throws -> [(kind: UnitKind, count: Int)] {
        let living: SQL = "v.to_day > \(today) AND v.from_day <= \(today)"
        // Joined to nothing, the kind orders no index: what is in force is few, all that ever was is not.
        let all = try tx.all(
            "SELECT v.kind || '', COUNT(*) FROM unit_version v WHERE \(living) GROUP BY v.kind || ''")
        let hidden = try tx.all(
            """
            SELECT v.kind, COUNT(*) FROM unit u CROSS JOIN unit_version v WHERE u.secrecy > 0
            AND NOT \(UnitScope(viewer).condition) AND v.unit_id = u.id AND \(living) GROUP BY v.kind
            """)
        let less = try Dictionary(
            hidden.map { (try $0.text(0), try $0.int(1)) }, uniquingKeysWith: { first, _ in first })
        return try all.compactMap { row in
            guard let kind = UnitKind(rawValue: try row.text(0)) else { return nil }
            let count = try row.int(1) - (less[kind.rawValue] ?? 0)
            return count > 0 ? (kind, count) : nil
        }.sorted { ($0.kind.level.rawValue, $0.kind.rawValue) < ($1.kind.level.rawValue, $1.kind.rawValue) }
    }

    /// Living units anywhere below another in the territory, by kind: as many as the list of them has.
    func countsByKind(below parent: ID<OrgUnit>) throws -> [(kind: UnitKind, count: Int)] {
        try tx.all(
            """
            SELECT v.kind, COUNT(*) FROM unit_closure f JOIN unit u ON u.id = f.unit_id
            JOIN unit_version v ON v.unit_id = u.id WHERE f.hierarchy = 'territory' AND f.ancestor_id = \(parent)
            AND f.depth > 0 AND f.from_day <= \(today) AND f.to_day > \(today) AND v.from_day <= \(today)
            AND v.to_day > \(today) AND \(UnitScope(viewer).condition) GROUP BY v.kind
            """
        ).compactMap { row -> (kind: UnitKind, count: Int)? in
            guard let kind = UnitKind(rawValue: try row.text(0)) else { return nil }
            return (kind, try row.int(1))
        }.sorted { ($0.kind.level.rawValue, $0.kind.rawValue) < ($1.kind.level.rawValue, $1.kind.rawValue) }
    }

    /// Hands over each unit of a list, for an export that is never held whole.
    public func each(_ filter: UnitFilter, on day: Day? = nil, _ body: (UnitRow) throws -> Void) throws {
        try tx.each(try query(filter, on: day).page(PageRequest.whole)) { row in
            try body(try UnitRow(row))
            return true
        }
    }

    private func query(_ filter: UnitFilter, on day: Day?) throws -> UnitQuery {
        let parent = try filter.parent.map { try find($0).unit.id }
        var query = UnitQuery(viewer: viewer, filter: filter, day: day ?? today, parent: parent)
        if filter.isDeep, let parent { query.isParentSmall = try isSmall(parent, filter.hierarchy) }
        let words = TextFold.words(filter.text).count
        guard words > 1, try tx.first(query.any) == nil else { return query }
        // No unit is called so: perhaps the last words name the province, as in "tan phu dong nai".
        for own in (1..<words).reversed() {
            query.ownWords = own
            if try tx.first(query.any) != nil { return query }
        }
        query.ownWords = nil
        return query
    }

    /// A subtree up to this size is read whole before it is ordered; of a larger one the list walks the order instead.
    private static let fewUnits = 2_000

    private func isSmall(_ parent: ID<OrgUnit>, _ hierarchy: Hierarchy) throws -> Bool {
        let counted = try tx.first(
            """
            SELECT COUNT(*) FROM (SELECT 1 AS found FROM unit_closure WHERE hierarchy = \(hierarchy.rawValue)
            AND ancestor_id = \(parent) LIMIT \(UnitStore.fewUnits + 1)) capped
            """)
        return try counted?.int(0) ?? 0 <= UnitStore.fewUnits
    }

    private func one(_ which: SQL, on day: Day) throws -> SQL {
        """
        SELECT \(UnitRow.columns) FROM unit u JOIN unit_version v ON v.unit_id = u.id AND v.from_day =
            COALESCE((SELECT MAX(w.from_day) FROM unit_version w WHERE w.unit_id = u.id AND w.from_day <= \(day)),
                (SELECT MIN(w.from_day) FROM unit_version w WHERE w.unit_id = u.id))
        LEFT JOIN unit_edge e ON e.unit_id = u.id AND e.hierarchy = 'territory' AND e.from_day =
            (SELECT MAX(f.from_day) FROM unit_edge f WHERE f.unit_id = u.id AND f.hierarchy = 'territory'
                AND f.from_day <= v.to_day AND f.from_day <= CASE WHEN u.from_day > \(day) THEN u.from_day ELSE \(day) END)
        LEFT JOIN unit p ON p.id = e.parent_id AND \(UnitScope(viewer).condition(on: "p"))
        LEFT JOIN unit_version pv ON pv.unit_id = p.id AND pv.from_day =
            (SELECT MAX(w.from_day) FROM unit_version w WHERE w.unit_id = p.id AND w.from_day <=
                CASE WHEN p.from_day > \(day) THEN p.from_day ELSE \(day) END)
        WHERE \(which) AND \(UnitScope(viewer).condition) LIMIT 1
        """
    }
}

extension PageRequest {
    /// For streams only.
    static let whole = PageRequest(unbounded: 10_000_000)

    private init(unbounded: Int) {
        self.init(after: nil, limit: 1)
        limit = unbounded
    }
}
