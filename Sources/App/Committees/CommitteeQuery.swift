import Storage

/// The one statement behind every list of committees: page, count and export share its conditions.
///
/// Aliases: `c` committee, `u` its body, `v` the body's version, `h` the host. The source is chosen here, not by the
/// planner: a search walks the terms, a list below a unit its subtree, any other the bodies of the kind by name.
struct CommitteeQuery {
    let viewer: Viewer
    let filter: CommitteeFilter
    let day: Day
    /// Local key of `filter.unit`, found through the viewer beforehand.
    let unit: ID<OrgUnit>?

    func page(_ request: PageRequest) -> SQL {
        """
        SELECT \(CommitteeRow.columns(on: day)), v.sort_key, v.unit_id FROM \(tables) WHERE \(conditions)\
        \(after(request.after)) ORDER BY v.sort_key, v.unit_id LIMIT \(request.limit + 1)
        """
    }

    /// Counts no further than one more than `cap`.
    func count(cap: Int) -> SQL {
        "SELECT COUNT(*) FROM (SELECT 1 AS found FROM \(tables) WHERE \(conditions) LIMIT \(cap + 1)) n"
    }

    static func cursor(after row: Row) throws -> Cursor {
        let first = CommitteeRow.columnCount
        return Cursor([try row.text(first), String(try row.int64(first + 1))])
    }

    private var phrase: String? {
        let words = TextFold.words(filter.text).joined(separator: " ")
        return words.isEmpty ? nil : String(words.prefix(60))
    }

    private var tables: SQL {
        let source: SQL
        if phrase != nil {
            source = """
                unit_term t JOIN unit_version v ON v.id = t.version_id JOIN committee c ON c.unit_id = v.unit_id \
                JOIN unit u ON u.id = c.unit_id
                """
        } else if unit != nil {
            source = """
                unit_reach r JOIN committee c ON c.host_id = r.unit_id JOIN unit u ON u.id = c.unit_id \
                JOIN unit_version v ON v.unit_id = u.id
                """
        } else {
            source = "unit_version v JOIN committee c ON c.unit_id = v.unit_id JOIN unit u ON u.id = c.unit_id"
        }
        return "\(source) LEFT JOIN unit h ON h.id = c.host_id AND \(UnitScope(viewer).condition(on: "h"))"
    }

    private var conditions: SQL {
        var all: [SQL] = [state, UnitScope(viewer).condition]
        if let words = phrase {
            all.append("t.term >= \(words) AND t.term < \(words + "\u{10FFFF}") AND \(bestTerm(words))")
            if let unit {
                all.append("EXISTS (SELECT 1 FROM unit_reach r WHERE \(below(unit)) AND r.unit_id = c.host_id)")
            }
        } else if let unit {
            all.append(below(unit))
        } else {
            all.append("v.kind = \(UnitKind.steeringCommittee.rawValue)")
        }
        if let level = filter.level { all.append(hostIs(level)) }
        let key = Committee.programmeKey(filter.programme)
        if !key.isEmpty { all.append("c.programme_key = \(key)") }
        return all.joined(" AND ")
    }

    private func below(_ unit: ID<OrgUnit>) -> SQL { "r.hierarchy = 'territory' AND r.ancestor_id = \(unit)" }

    /// Asked of units that the viewer may know only, as the host's name is.
    private func hostIs(_ level: UnitKind.Level) -> SQL {
        "EXISTS (SELECT 1 FROM unit_version w WHERE w.unit_id = h.id AND w.level = \(level.rawValue))"
    }

    /// The version that speaks for the body: that of the day, or the last one of a body that has ended.
    private var state: SQL {
        let live: SQL = "(v.from_day <= \(day) AND v.to_day > \(day))"
        let ended: SQL = "(u.to_day <= \(day) AND v.to_day = u.to_day)"
        switch filter.state {
        case .live: return live
        case .ended: return ended
        case .all: return "(\(live) OR \(ended))"
        }
    }

    /// A name found by several of its words stands once.
    private func bestTerm(_ words: String) -> SQL {
        """
        NOT EXISTS (SELECT 1 FROM unit_term b WHERE b.version_id = t.version_id AND b.term >= \(words) \
        AND b.term < \(words + "\u{10FFFF}") AND b.term < t.term)
        """
    }

    private func after(_ cursor: Cursor?) -> SQL {
        guard let cursor, cursor.parts.count == 2 else { return "" }
        return " AND (v.sort_key, v.unit_id) > (\(cursor.parts[0]), \(Int64(cursor.parts[1]) ?? 0))"
    }
}
