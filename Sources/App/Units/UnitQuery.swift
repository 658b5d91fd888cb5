import Storage

/// The one statement behind every list of units: list, type-ahead, children, export and count share its conditions.
///
/// Aliases: `u` unit, `v` its version, `e` its edge in the territory, `p` and `pv` the parent and its version, `f` what
/// stands below the parent that was asked for.
///
/// We choose what drives it, not the planners: the terms of a search, else the units below a parent, unless these are
/// most of the country, else the versions in the order of the list.
struct UnitQuery {
    let viewer: Viewer
    let filter: UnitFilter
    /// The day that the list is about.
    let day: Day
    /// Local key of `filter.parent`, found through the viewer beforehand.
    let parent: ID<OrgUnit>?
    /// The units below `parent` are few enough to begin with.
    var isParentSmall = true
    /// How many of the words are the unit's own; those behind them name a place above it. Nil: all are its own.
    var ownWords: Int?

    /// Columns that order the list, so that each page begins after a key.
    var keys: [SQL] {
        let name: [SQL] = ["v.sort_key", "v.unit_id"]
        if let words = phrase, filter.order == .name, !filter.isDescending {
            return [
                "(CASE WHEN t.term = \(words) THEN 0 ELSE 1 END)", "(CASE WHEN u.to_day > \(day) THEN 0 ELSE 1 END)",
                "v.level", "length(v.name_fold)",
            ] + name
        }
        switch filter.order {
        case .name: return name
        case .level: return ["v.level"] + name
        case .from: return ["u.from_day"] + name
        }
    }

    /// The folded text of the search; nil without one.
    var phrase: String? {
        let words = TextFold.words(filter.text)
        return UnitQuery.joined(words.prefix(ownWords ?? words.count))
    }

    private var place: String? { ownWords.flatMap { UnitQuery.joined(TextFold.words(filter.text).dropFirst($0)) } }

    private static func joined(_ words: ArraySlice<String>) -> String? {
        words.isEmpty ? nil : String(words.joined(separator: " ").prefix(60))
    }

    /// Whether anything at all would be found.
    var any: SQL { "\(below)SELECT 1 FROM \(found) WHERE \(conditions) LIMIT 1" }

    func page(_ request: PageRequest) -> SQL {
        let direction: SQL = filter.isDescending ? " DESC" : ""
        return """
            \(below)SELECT \(UnitRow.columns), \(keys.joined(", ")) FROM \(found) \(parents) \
            WHERE \(conditions)\(after(request.after)) \
            ORDER BY \(keys.map { $0 + direction }.joined(", ")) LIMIT \(request.limit + 1)
            """
    }

    /// Counts no further than one more than `cap`.
    func count(cap: Int) -> SQL {
        "\(below)SELECT COUNT(*) FROM (SELECT 1 AS found FROM \(found) WHERE \(conditions) LIMIT \(cap + 1)) n"
    }

    private var isDrivenByParent: Bool { parent != nil && isParentSmall && phrase == nil }

    /// The units below the parent, computed first, when the list is driven by them.
    private var below: SQL {
        guard isDrivenByParent, let parent else { return "" }
        let edges: SQL = filter.isDeep ? "unit_closure" : "unit_edge"
        return
            "WITH f AS MATERIALIZED (SELECT f.unit_id FROM \(edges) f JOIN unit u ON u.id = f.unit_id WHERE \(stands(parent))) "
    }

    private var found: SQL {
        let units: SQL = "JOIN unit u ON u.id = v.unit_id"
        if phrase != nil { return "unit_term t JOIN unit_version v ON v.id = t.version_id \(units)" }
        return isDrivenByParent
            ? "f JOIN unit_version v ON v.unit_id = f.unit_id \(units)" : "unit_version v \(units)"
    }

    /// What the list says of each unit's own parent.
    private var parents: SQL {
        """
        LEFT JOIN unit_edge e ON e.unit_id = u.id AND e.hierarchy = 'territory' AND (\(atHand("e", life: "u"))) \
        LEFT JOIN unit p ON p.id = e.parent_id AND \(UnitScope(viewer).condition(on: "p")) \
        LEFT JOIN unit_version pv ON pv.unit_id = p.id AND (\(atHand("pv", life: "p")))
        """
    }

    private var conditions: SQL {
        var all: [SQL] = [state, UnitScope(viewer).condition]
        if let words = phrase { all.append("t.term >= \(words) AND t.term < \(words + "\u{10FFFF}")") }
        if let kind = filter.kind { all.append("v.kind = \(kind.rawValue)") }
        if let level = filter.level { all.append("v.level = \(level.rawValue)") }
        if let parent, !isDrivenByParent {
            let edges: SQL = filter.isDeep ? "unit_closure" : "unit_edge"
            all.append("EXISTS (SELECT 1 FROM \(edges) f WHERE f.unit_id = u.id AND \(stands(parent)))")
        }
        // A unit found by several words of one name, or by an older name, stands once: at its best term.
        if phrase != nil { all.append(bestTerm) }
        if let place { all.append(liesIn(place)) }
        return all.joined(" AND ")
    }

    /// The version that speaks for the unit: that of the day, or the last one of a unit that has ended.
    private var state: SQL {
        let live: SQL = "(v.from_day <= \(day) AND v.to_day > \(day))"
        let ended: SQL = "(u.to_day <= \(day) AND v.to_day = u.to_day)"
        switch filter.state {
        case .live: return live
        case .ended: return ended
        case .all: return "(\(live) OR \(ended))"
        }
    }

    private func atHand(_ alias: StaticString, life: StaticString) -> SQL {
        let row = SQL(static: alias), unit = SQL(static: life)
        return """
            (\(unit).to_day > \(day) AND \(row).from_day <= \(day) AND \(row).to_day > \(day)) \
            OR (\(unit).to_day <= \(day) AND \(row).to_day = \(unit).to_day)
            """
    }

    private var bestTerm: SQL {
        guard let words = phrase else { return "1 = 1" }
        return """
            NOT EXISTS (SELECT 1 FROM unit_term b WHERE b.version_id = t.version_id AND b.term >= \(words) \
            AND b.term < \(words + "\u{10FFFF}") AND b.term < t.term)
            """
    }

    /// A unit above it, known to the viewer, whose name has a word that begins so.
    private func liesIn(_ place: String) -> SQL {
        """
        EXISTS (SELECT 1 FROM unit_closure x JOIN unit a ON a.id = x.ancestor_id JOIN unit_term z ON z.unit_id = a.id \
        WHERE x.unit_id = u.id AND x.hierarchy = 'territory' AND x.depth > 0 AND z.term >= \(place) \
        AND z.term < \(place + "\u{10FFFF}") AND \(UnitScope(viewer).condition(on: "a")))
        """
    }

    /// On `f`, an edge or a line of the closure, and `u`: the unit stands below the parent, then or last.
    private func stands(_ parent: ID<OrgUnit>) -> SQL {
        let above: SQL = filter.isDeep ? "f.ancestor_id = \(parent) AND f.depth > 0" : "f.parent_id = \(parent)"
        return "\(above) AND f.hierarchy = \(filter.hierarchy.rawValue) AND (\(atHand("f", life: "u")))"
    }

    private func after(_ cursor: Cursor?) -> SQL {
        guard let cursor, cursor.parts.count == keys.count else { return "" }
        let values = cursor.parts.enumerated().map { index, part -> SQL in
            isNumber(index) ? "\(Int64(part) ?? 0)" : "\(part)"
        }
        let order: SQL = filter.isDescending ? "<" : ">"
        return " AND (\(keys.joined(", "))) \(order) (\(values.joined(", ")))"
    }

    private func isNumber(_ index: Int) -> Bool {
        let isKey = index == keys.count - 1
        if phrase != nil, filter.order == .name, !filter.isDescending { return index < 4 || isKey }
        return isKey || (filter.order == .level && index == 0)
    }

    /// Where the page after this row begins.
    func cursor(after row: Row) throws -> Cursor {
        let first = row.values.count - keys.count
        return Cursor(
            try keys.indices.map { index in
                isNumber(index) ? String(try row.int64(first + index)) : try row.text(first + index)
            })
    }
}
