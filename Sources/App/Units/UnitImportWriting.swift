import Storage

/// Writes the rows of a plan: units, versions, names, codes, edges, and the one event of the whole act.
struct UnitImportWriting {
    let tx: Transaction
    let viewer: Viewer
    let now: Instant
    let progress: ImportProgress.Callback?

    func write(_ plan: UnitImportPlan, _ report: UnitImportReport) throws {
        let origin = try Installation.origin(tx)
        let rows = plan.taken.map { plan.file.rows[$0] }
        let units = try ImportKeys.next(rows.count, of: "unit", tx)
        let versions = try ImportKeys.next(rows.count, of: "unit_version", tx)
        let ids = Dictionary(zip(plan.taken, units)) { first, _ in first }
        let uids = rows.map { _ in UID.new(at: now) }
        tell(0, of: rows.count)

        try tx.insert(
            into: "unit",
            ["id", "uid", "origin", "from_day", "to_day", "secrecy", "latitude", "longitude", "area", "version"],
            rows: rows.indices.lazy.map { place in
                let row = rows[place]
                return [
                    .integer(units[place]), uids[place].sqlValue, .text(origin.text), row.from.sqlValue,
                    row.to.sqlValue, row.secrecy.rawValue.sqlValue, .optional(row.place?.latitude),
                    .optional(row.place?.longitude), .optional(row.area), .integer(1),
                ]
            })
        tell(rows.count / 4, of: rows.count)
        try writeVersions(rows, units, versions)
        tell(rows.count / 2, of: rows.count)
        try writeCodes(rows, units)
        tell(rows.count / 4 * 3, of: rows.count)
        var tops = try writeEdges(plan, ids)
        tell(rows.count, of: rows.count)
        for (index, place) in plan.taken.enumerated() {
            if case .none = plan.parents[place] { tops.insert(Top(id: ID(units[index]), uid: uids[index])) }
        }
        try record(report, origin, top: tops.count == 1 ? tops.first : nil)
    }

    /// A unit below which, or as which, rows were put.
    private struct Top: Hashable {
        let id: ID<OrgUnit>
        let uid: UID
    }

    private func tell(_ done: Int, of total: Int) { progress?(ImportProgress(.writing, done: done, total: total)) }

    private func writeVersions(_ rows: [UnitImportRow], _ units: [Int64], _ versions: [Int64]) throws {
        try tx.insert(
            into: "unit_version",
            [
                "id", "unit_id", "kind", "level", "name", "sort_key", "name_fold", "from_day", "to_day", "basis",
            ],
            rows: rows.indices.lazy.map { place in
                let row = rows[place]
                return [
                    .integer(versions[place]), .integer(units[place]), .text(row.kind.rawValue),
                    row.kind.level.rawValue.sqlValue, .text(row.name), .text(SortKey.vietnamese(row.name)),
                    .text(TextFold.fold(row.name)), row.from.sqlValue, row.to.sqlValue, .text(row.basis),
                ]
            })
        let named = rows.indices.filter { !rows[$0].englishName.isEmpty }
        try tx.insert(
            into: "unit_name", ["version_id", "language", "name"],
            rows: named.lazy.map { place in
                [.integer(versions[place]), .text(Language.english.rawValue), .text(rows[place].englishName)]
            })
    }

    private func writeCodes(_ rows: [UnitImportRow], _ units: [Int64]) throws {
        try tx.insert(
            into: "unit_code", ["scheme", "code", "unit_id"],
            rows: rows.indices.lazy.map { place in
                [.text(rows[place].code.scheme), .text(rows[place].code.code), .integer(units[place])]
            })
    }

    /// Returns the units of the registry below which the rows were put.
    private func writeEdges(_ plan: UnitImportPlan, _ ids: [Int: Int64]) throws -> Set<Top> {
        var tops: Set<Top> = []
        var edges: [(child: Int64, parent: Int64, row: UnitImportRow)] = []
        for place in plan.taken {
            guard let child = ids[place] else { continue }
            let row = plan.file.rows[place]
            switch plan.parents[place] {
            case .row(let above): if let parent = ids[above] { edges.append((child, parent, row)) }
            case .known(let known):
                tops.insert(Top(id: known.id, uid: known.uid))
                edges.append((child, known.id.value, row))
            case .none, .nowhere: break
            }
        }
        let keys = try ImportKeys.next(edges.count, of: "unit_edge", tx)
        try tx.insert(
            into: "unit_edge", ["id", "unit_id", "parent_id", "hierarchy", "from_day", "to_day", "basis"],
            rows: zip(keys, edges).lazy.map { key, edge in
                [
                    .integer(key), .integer(edge.child), .integer(edge.parent), .text(edge.row.hierarchy.rawValue),
                    edge.row.from.sqlValue, edge.row.to.sqlValue, .text(edge.row.basis),
                ]
            })
        return tops
    }

    /// Said of the unit at the top of all rows, when there is one, else of the installation.
    private func record(_ report: UnitImportReport, _ origin: UID, top: Top?) throws {
        var after = ["file": report.file, "sha256": report.hash, "rows": String(report.taken)]
        if report.problems.count > 0 { after["refused"] = String(report.rows - report.taken - report.known) }
        for (kind, count) in report.counts { after[kind.rawValue] = String(count) }
        let subject =
            top.map { Subject(.unit, id: $0.id.value, uid: $0.uid) } ?? Subject(.installation, id: 0, uid: origin)
        try ActivityStore(tx: tx, viewer: viewer)
            .record(Event(.imported, subject, unit: top?.id, after: after), at: now)
    }
}

extension SQLValue {
    fileprivate static func optional(_ number: Int64?) -> SQLValue { number.map(SQLValue.integer) ?? .null }
}
