import Storage

/// The two statements behind every matrix: one for the rows of a page with their cells, one for the counts.
///
/// Both read the duties of one document by `document_duty_matrix`. Aliases: `y` duty, `u` its unit, `v` the unit's
/// version of the day (its last one when it has ended), `k` the units of the page, `f` the document that fulfils.
struct CoverageQuery {
    let viewer: Viewer
    let today: Day
    let document: ID<Document>
    let filter: CoverageFilter
    /// Local key of `filter.requirement` and of `filter.below`, found through the viewer beforehand.
    let requirement: ID<Requirement>?
    let below: ID<OrgUnit>?

    /// Parts of a cursor: less late, less missing, sort key and uid of the last unit.
    static let cursorParts = 4

    func page(after cursor: Cursor?, limit: Int) -> SQL {
        """
        SELECT k.unit_id, k.uid, k.name, k.kind, k.sort_key, k.lateness, k.lack, k.total, k.to_day, \
        y.requirement_id, y.state, y.due_on, y.fulfilled_on, y.fulfilled_how, f.uid, f.sign, f.title \
        FROM (SELECT * FROM (\(unitsFound)) g WHERE \(beyond(cursor)) ORDER BY \(order("g")) LIMIT \(limit)) k \
        JOIN document_duty y ON y.document_id = \(document) AND y.unit_id = k.unit_id AND y.state <> 'removed' \
        LEFT JOIN document f ON f.id = y.fulfilled_by AND \(DocumentScope(viewer).condition(on: "f")) \
        ORDER BY \(order("k")), y.requirement_id
        """
    }

    /// Units with how many there are in all, and with what they owe as negative numbers, so that all sort keys run the
    /// same way: whoever owes most comes first, equals by name. Summed up before a unit is looked at, so that each is
    /// asked about once.
    private var unitsFound: SQL {
        """
        SELECT w.unit_id, u.uid, u.to_day, v.name, v.kind, v.sort_key, w.lateness, w.lack, COUNT(*) OVER () AS total \
        FROM (SELECT y.unit_id, \
        CAST(SUM(CASE WHEN y.state = 'open' AND y.due_on < \(today) THEN -1 ELSE 0 END) AS BIGINT) AS lateness, \
        CAST(SUM(CASE WHEN y.state = 'open' THEN -1 ELSE 0 END) AS BIGINT) AS lack \
        FROM document_duty y WHERE \(ofDuties) GROUP BY y.unit_id) w \
        JOIN unit u ON u.id = w.unit_id JOIN unit_version v ON \(version) WHERE \(ofUnits)
        """
    }

    /// Duties of the whole document by requirement and status, whatever is filtered. The sum keeps PostgreSQL from
    /// reading the duties of all documents in the order of their requirements.
    var counts: SQL {
        """
        SELECT y.requirement_id + 0, \(DutyStatus.column(today)), COUNT(*) \
        FROM document_duty y JOIN unit u ON u.id = y.unit_id WHERE y.document_id = \(document) \
        AND y.state <> 'removed' AND \(CoverageScope(viewer).condition) GROUP BY 1, 2
        """
    }

    /// Each unit with a place, and how it stands with what is asked for. A body without a place stands where the
    /// territory above it does.
    var places: SQL {
        """
        SELECT u.uid, g.name, g.late, g.missing, g.waived, g.tardy, g.cells, COALESCE(u.latitude, p.latitude), \
        COALESCE(u.longitude, p.longitude) FROM (SELECT y.unit_id, v.name, v.sort_key, \
        CAST(SUM(CASE WHEN y.state = 'open' AND y.due_on < \(today) THEN 1 ELSE 0 END) AS BIGINT) AS late, \
        CAST(SUM(CASE WHEN y.state = 'open' THEN 1 ELSE 0 END) AS BIGINT) AS missing, \
        CAST(SUM(CASE WHEN y.state = 'waived' THEN 1 ELSE 0 END) AS BIGINT) AS waived, \
        CAST(SUM(CASE WHEN y.state = 'done' AND y.fulfilled_on > y.due_on THEN 1 ELSE 0 END) AS BIGINT) AS tardy, \
        COUNT(*) AS cells FROM \(tables) WHERE \(conditions) GROUP BY y.unit_id, v.name, v.sort_key) g \
        JOIN unit u ON u.id = g.unit_id \
        LEFT JOIN unit_edge e ON e.unit_id = u.id AND e.hierarchy = 'territory' AND e.from_day <= \(today) \
        AND e.to_day > \(today) LEFT JOIN unit p ON p.id = e.parent_id ORDER BY g.sort_key, u.id
        """
    }

    /// Open duties with the unit's name, in its order.
    func missing(onlyLate: Bool) -> SQL {
        let late: SQL = onlyLate ? " AND y.due_on < \(today)" : ""
        return """
            SELECT y.requirement_id, u.id, u.uid, v.name, y.due_on FROM \(tables) WHERE \(conditions) \
            AND y.state = 'open'\(late) ORDER BY v.sort_key, u.id, y.requirement_id
            """
    }

    private var tables: SQL {
        "document_duty y JOIN unit u ON u.id = y.unit_id JOIN unit_version v ON \(version)"
    }

    private var version: SQL {
        """
        v.unit_id = u.id AND ((u.to_day > \(today) AND v.from_day <= \(today) AND v.to_day > \(today)) \
        OR (u.to_day <= \(today) AND v.to_day = u.to_day))
        """
    }

    private var conditions: SQL { "\(ofDuties) AND \(ofUnits)" }

    private var ofDuties: SQL {
        var all: [SQL] = ["y.document_id = \(document)", "y.state <> 'removed'"]
        if let requirement { all.append("y.requirement_id = \(requirement)") }
        if let state = filter.state { all.append(state.condition(on: today)) }
        return all.joined(" AND ")
    }

    private var ofUnits: SQL {
        var all = [CoverageScope(viewer).condition]
        if let below {
            all.append(
                "EXISTS (SELECT 1 FROM unit_reach b WHERE b.unit_id = u.id AND b.ancestor_id = \(below) AND u.id <> \(below))"
            )
        }
        // Folded words hold letters and digits only, so nothing needs the escape; it is there all the same.
        for word in TextFold.words(filter.text) { all.append("v.name_fold LIKE \("%\(word)%") ESCAPE '\\'") }
        return all.joined(" AND ")
    }

    private func keys(_ alias: StaticString) -> [SQL] {
        let unit = SQL(static: alias)
        let named = [unit + ".sort_key", unit + ".unit_id"]
        return filter.order == .urgency ? [unit + ".lateness", unit + ".lack"] + named : named
    }

    private func order(_ alias: StaticString) -> SQL {
        keys(alias).map { $0 + (filter.isDescending ? " DESC" : "") }.joined(", ")
    }

    private func beyond(_ cursor: Cursor?) -> SQL {
        guard let cursor, cursor.parts.count == CoverageQuery.cursorParts else { return "1 = 1" }
        let unit: SQL = "(SELECT x.id FROM unit x WHERE x.uid = \(cursor.parts[3]))"
        var values: [SQL] = ["\(cursor.parts[2])", unit]
        if filter.order == .urgency {
            values = ["\(Int64(cursor.parts[0]) ?? 0)", "\(Int64(cursor.parts[1]) ?? 0)"] + values
        }
        let later: SQL = filter.isDescending ? "<" : ">"
        return "(\(keys("g").joined(", "))) \(later) (\(values.joined(", ")))"
    }
}
