import Storage

extension UnitStore {
    /// Changes of units are rare and touch many rows of the map: on PostgreSQL they wait for each other here, before
    /// anything is read, instead of failing to serialise. SQLite has one writer anyway.
    static func queue(_ tx: Transaction) throws {
        if tx.engine == .postgres { try tx.run("LOCK TABLE unit IN SHARE ROW EXCLUSIVE MODE") }
    }

    /// Makes a unit with its first version, its parents, its code and its event. Problems name their field.
    @discardableResult public func create(_ draft: UnitDraft, at now: Instant) throws -> UnitRow {
        try UnitRules(store: self).check(draft)
        let uid = UID.new(at: now)
        let id = try insertUnit(draft, uid)
        try insertVersion(
            of: id, kind: draft.kind, name: draft.name, names: draft.names, draft.from, draft.to, draft.basis)
        for hierarchy in Hierarchy.allCases {
            guard let parent = try draft.parent(in: hierarchy).map({ try find($0) }) else { continue }
            try insertEdge(
                id, parent.unit.id, hierarchy, from: draft.from, to: min(draft.to, parent.unit.to), draft.basis)
        }
        if !draft.code.isEmpty {
            try tx.run("INSERT INTO unit_code (scheme, code, unit_id) VALUES (\(draft.scheme), \(draft.code), \(id))")
        }
        try UnitMap(tx: tx).refresh(id, today: today)
        try UnitMap(tx: tx).refreshTerms(id)
        try record(.created, id, uid, after: try described(draft), at: now)
        return try UnitStore(tx: tx, viewer: .system(viewer.name), today: today).find(id)
    }

    private func insertUnit(_ draft: UnitDraft, _ uid: UID) throws -> ID<OrgUnit> {
        let row = try tx.all(
            """
            INSERT INTO unit (uid, origin, from_day, to_day, secrecy, latitude, longitude, area, version)
            VALUES (\(uid), \(try Installation.origin(tx)), \(draft.from), \(draft.to), \(draft.secrecy.rawValue),
                \(draft.place?.latitude), \(draft.place?.longitude), \(draft.area), 1) RETURNING id
            """
        ).first
        guard let row else { throw StorageError.decoding("the new unit has no id") }
        return try row.id(0)
    }

    func insertVersion(
        of id: ID<OrgUnit>, kind: UnitKind, name: String, names: [String: String], _ from: Day, _ to: Day,
        _ basis: String
    ) throws {
        let row = try tx.all(
            """
            INSERT INTO unit_version (unit_id, kind, level, name, sort_key, name_fold, from_day, to_day, basis)
            VALUES (\(id), \(kind.rawValue), \(kind.level.rawValue), \(name), \(SortKey.vietnamese(name)),
                \(TextFold.fold(name)), \(from), \(to), \(basis)) RETURNING id
            """
        ).first
        guard let version = try row?.int64(0) else { throw StorageError.decoding("the new version has no id") }
        for (language, other) in names.sorted(by: { $0.key < $1.key }) where !other.isEmpty {
            try tx.run("INSERT INTO unit_name (version_id, language, name) VALUES (\(version), \(language), \(other))")
        }
    }

    func insertEdge(
        _ id: ID<OrgUnit>, _ parent: ID<OrgUnit>, _ hierarchy: Hierarchy, from: Day, to: Day, _ basis: String
    ) throws {
        try tx.run(
            """
            INSERT INTO unit_edge (unit_id, parent_id, hierarchy, from_day, to_day, basis)
            VALUES (\(id), \(parent), \(hierarchy.rawValue), \(from), \(to), \(basis))
            """)
    }

    func record(
        _ verb: Event.Verb, _ id: ID<OrgUnit>, _ uid: UID, before: [String: String] = [:], after: [String: String],
        at now: Instant
    ) throws {
        try ActivityStore(tx: tx, viewer: viewer).record(
            Event(
                verb, Subject(.unit, id: id.value, uid: uid), unit: id, before: before.filter { !$0.value.isEmpty },
                after: after.filter { !$0.value.isEmpty }), at: now)
    }

    /// For the event. A parent that not everybody may know is named by its uid only.
    private func described(_ draft: UnitDraft) throws -> [String: String] {
        var fields = [
            "name": draft.name, "kind": draft.kind.rawValue, "from": draft.from.text, "secrecy": draft.secrecy.name,
            "code": draft.code, "basis": draft.basis,
        ]
        if draft.to != .never { fields["to"] = draft.to.text }
        if let parent = draft.parent { fields["parent"] = try eventName(parent) }
        return fields
    }

    func eventName(_ uid: UID) throws -> String {
        let row = try UnitStore(tx: tx, viewer: .system("history"), today: today).find(uid)
        return row.unit.secrecy == .public ? row.name : uid.text
    }
}
