import Storage

extension CommitteeStore {
    /// Which units below another have a committee on a day. Only units that the viewer has a right over are listed:
    /// of any other they could not know whether it has one. An unknown unit is ``AppError/notFound``.
    public func compliance(_ filter: ComplianceFilter, on day: Day? = nil) throws -> Compliance? {
        let day = day ?? today
        guard let unit = try filter.unit.map({ try units.find($0, on: day) }) ?? ownTerritory(on: day) else {
            return nil
        }
        var lines: [ComplianceLine] = []
        for row in try tx.all(statement(filter, unit.unit.id, on: day)) {
            let line = try CommitteeStore.line(row)
            // A unit with several committees counts by the furthest.
            if let last = lines.last, last.uid == line.uid {
                if isFurther(line, than: last) { lines[lines.count - 1] = line }
            } else {
                lines.append(line)
            }
        }
        let programmes = try list(ofHost: unit.unit.id, on: day).map(\.committee.programme)
        return Compliance(
            unit: unit, day: day, lines: lines,
            programmes: programmes.reduce(into: []) { known, programme in
                if !known.contains(programme) { known.append(programme) }
            })
    }

    private func isFurther(_ line: ComplianceLine, than other: ComplianceLine) -> Bool {
        guard line.committee != nil else { return false }
        return other.committee == nil || line.progress.done > other.progress.done
    }

    /// The highest territory among the viewer's rights; for the system the country.
    private func ownTerritory(on day: Day) throws -> UnitRow? {
        if viewer.isSystem {
            var country = UnitFilter()
            country.kind = .country
            return try units.list(country, page: .first).items.first
        }
        return try viewer.grants.map(\.unit).compactMap { try ifKnown(units.find($0, on: day)) }
            .filter(\.kind.isTerritory).min { $0.kind.level < $1.kind.level }
    }

    /// Driven by the edges below the unit, or by its closure for a level further down; each unit then takes one seek in
    /// each index.
    private func statement(_ filter: ComplianceFilter, _ unit: ID<OrgUnit>, on day: Day) -> SQL {
        let source: SQL =
            filter.level == nil
            ? "unit_edge e JOIN unit u ON u.id = e.unit_id" : "unit_closure e JOIN unit u ON u.id = e.unit_id"
        let below: SQL = filter.level == nil ? "e.parent_id = \(unit)" : "e.ancestor_id = \(unit) AND e.depth > 0"
        let level: SQL =
            filter.level.map { "v.level + 0 = \($0.rawValue)" } ?? "v.level < \(UnitKind.Level.body.rawValue)"
        let key = Committee.programmeKey(filter.programme)
        let programme: SQL = key.isEmpty ? "" : " AND c.programme_key = \(key)"
        return """
            SELECT u.uid, v.name, v.kind, u.latitude, u.longitude, v.sort_key, c.uid, b.id,
                \(CommitteeStore.progress(on: day))
            FROM \(source) JOIN unit_version v ON v.unit_id = u.id AND v.from_day <= \(day) AND v.to_day > \(day)
            LEFT JOIN committee c ON c.host_id = u.id\(programme)
            LEFT JOIN unit b ON b.id = c.unit_id AND b.from_day <= \(day) AND b.to_day > \(day)
                AND \(UnitScope(viewer).condition(on: "b"))
            WHERE \(below) AND e.hierarchy = 'territory' AND e.from_day <= \(day) AND e.to_day > \(day) AND \(level)
            AND \(UnitScope(viewer).within(Role.allCases)) ORDER BY v.sort_key, u.uid
            """
    }

    private static func line(_ row: Row) throws -> ComplianceLine {
        var place: OrgUnit.Place?
        if let latitude = try row.optionalInt64(3), let longitude = try row.optionalInt64(4) {
            place = OrgUnit.Place(latitude: latitude, longitude: longitude)
        }
        // A committee whose body is over, not yet there or unknown to the viewer is none.
        let isThere = try !row.isNull(7)
        return ComplianceLine(
            uid: try row.uid(0), name: try row.text(1), kind: UnitKind(rawValue: try row.text(2)) ?? .otherBody,
            place: place, committee: isThere ? try row.uid(6) : nil,
            progress: SetupProgress(mask: isThere ? try row.int(8) : 0), sortKey: try row.text(5))
    }
}
