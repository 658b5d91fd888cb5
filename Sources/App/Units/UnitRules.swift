import Storage

/// The rules that need to look at other units. Each finds all it can before it refuses.
struct UnitRules {
    let store: UnitStore
    private var tx: Transaction { store.tx }

    func check(_ draft: UnitDraft) throws {
        var found = Validation()
        if draft.to <= draft.from { found.add("to", "unit.error.to_before_from") }
        if draft.kind != .country, draft.parent == nil { found.add("parent", "unit.error.parent_missing") }
        if draft.kind == .country, draft.parent != nil { found.add("parent", "unit.error.country_has_parent") }
        try checkParents(draft, &found)
        try checkCode(draft, &found)
        if found.isEmpty {
            try checkName(draft.name, draft.kind, under: draft.parent, on: draft.from, but: nil, &found)
        }
        try found.check()
    }

    private func checkParents(_ draft: UnitDraft, _ found: inout Validation) throws {
        for hierarchy in Hierarchy.allCases {
            guard let uid = draft.parent(in: hierarchy) else { continue }
            let field = UnitRules.field(of: hierarchy)
            guard let parent = try ifKnown(store.find(uid)) else {
                found.add(field, "unit.error.parent_unknown")
                continue
            }
            try checkRight(over: parent, kind: draft.kind, field, &found)
            checkLife(of: parent, from: draft.from, to: draft.to, field, &found)
            checkOrder(parent, above: draft.kind, hierarchy, field, &found)
            if draft.secrecy < parent.unit.secrecy { found.add("secrecy", "unit.error.more_open_than_parent") }
        }
        if draft.kind == .country, !store.viewer.isSystem, !store.viewer.has(.administrator) {
            throw AppError.forbidden(Message("unit.error.forbidden"))
        }
        // Whoever makes a unit must be able to see it.
        let isCovered = store.viewer.isSystem || store.viewer.grants.contains { $0.ceiling >= draft.secrecy }
        if !isCovered { found.add("secrecy", "unit.error.above_ceiling") }
    }

    func checkRight(over parent: UnitRow, kind: UnitKind, _ field: String, _ found: inout Validation) throws {
        let rights = UnitRights(store.viewer)
        if try rights.holds([.administrator], over: parent.unit.id, in: tx) { return }
        if !kind.isTerritory, try rights.holds([.secretariat], over: parent.unit.id, in: tx) { return }
        found.add(field, "unit.error.parent_forbidden", ["parent": .text(parent.name)])
    }

    func checkLife(of parent: UnitRow, from: Day, to: Day, _ field: String, _ found: inout Validation) {
        if parent.unit.from > from {
            found.add(
                field, "unit.error.parent_not_yet", ["parent": .text(parent.name), "day": .day(parent.unit.from)])
        }
        if parent.unit.to < to {
            found.add(field, "unit.error.parent_ends", ["parent": .text(parent.name), "day": .day(parent.unit.to)])
        }
    }

    /// A piece of territory lies in a larger one; a body may stand anywhere.
    func checkOrder(
        _ parent: UnitRow, above kind: UnitKind, _ hierarchy: Hierarchy, _ field: String, _ found: inout Validation
    ) {
        guard hierarchy == .territory, kind.isTerritory else { return }
        if parent.kind.level >= kind.level {
            found.add(field, "unit.error.parent_too_low", ["parent": .text(parent.name)])
        }
    }

    private func checkCode(_ draft: UnitDraft, _ found: inout Validation) throws {
        guard !draft.code.isEmpty else { return }
        if draft.scheme.isEmpty { found.add("scheme", "unit.error.scheme_missing") }
        let taken = try tx.first(
            "SELECT unit_id FROM unit_code WHERE scheme = \(draft.scheme) AND code = \(draft.code)")
        if taken != nil { found.add("code", "unit.error.code_taken", ["code": .text(draft.code)]) }
    }

    /// Two living units of one kind and one name under one parent would never be told apart.
    func checkName(
        _ name: String, _ kind: UnitKind, under parent: UID?, on day: Day, but unit: ID<OrgUnit>?,
        _ found: inout Validation
    ) throws {
        let upper: SQL =
            parent.map { uid in
                """
                EXISTS (SELECT 1 FROM unit_edge e JOIN unit p ON p.id = e.parent_id WHERE e.unit_id = v.unit_id
                AND e.hierarchy = 'territory' AND e.to_day > \(day) AND p.uid = \(uid))
                """
            } ?? "NOT EXISTS (SELECT 1 FROM unit_edge e WHERE e.unit_id = v.unit_id AND e.hierarchy = 'territory')"
        let twin = try tx.first(
            """
            SELECT v.unit_id FROM unit_version v WHERE v.sort_key = \(SortKey.vietnamese(name)) AND v.name = \(name)
            AND v.kind = \(kind.rawValue) AND v.to_day > \(day) AND v.unit_id <> \(unit?.value ?? 0) AND \(upper) LIMIT 1
            """)
        if twin != nil { found.add("name", "unit.error.twin", ["name": .text(name)]) }
    }

    static func field(of hierarchy: Hierarchy) -> String {
        switch hierarchy {
        case .territory: "parent"
        case .state: "state_parent"
        case .party: "party_parent"
        }
    }
}
