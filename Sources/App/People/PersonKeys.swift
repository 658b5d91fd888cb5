import Storage

/// The statements behind the list of people: page, count and export share their conditions. Each scope of the viewer is
/// read in the order of the list and limited by itself, and so is the viewer; whoever knows everybody reads the people.
struct PersonKeys {
    let filter: PersonFilter
    /// Nil for whoever knows everybody.
    let branches: [PersonScope.Branch]?
    let me: ID<Person>?

    func page(after: Cursor?, limit: Int) -> SQL {
        let order = order("m")
        let keys = sources(after).map { source -> SQL in
            "SELECT * FROM (\(source.rows) ORDER BY \(source.order) LIMIT \(limit)) b"
        }
        return """
            SELECT p.id, p.uid, p.name, p.version, p.sort_key FROM (SELECT m.id, m.sort_key, m.uid \
            FROM (\(keys.joined(" UNION "))) m ORDER BY \(order) LIMIT \(limit)) k \
            JOIN person p ON p.id = k.id ORDER BY \(self.order("p"))
            """
    }

    func count(cap: Int) -> SQL {
        let keys = sources(nil).map { source -> SQL in
            "SELECT * FROM (\(source.rows) LIMIT \(cap + 1)) b"
        }
        return "SELECT COUNT(*) FROM (SELECT m.id FROM (\(keys.joined(" UNION "))) m LIMIT \(cap + 1)) n"
    }

    private struct Source {
        let rows: SQL
        let order: SQL
    }

    private func sources(_ after: Cursor?) -> [Source] {
        guard let branches else { return [people("1 = 1", after)] }
        let scopes = branches.map { branch -> Source in
            let reached: SQL = "s.scope_id = \(branch.id) AND s.secrecy <= \(branch.ceiling.rawValue)"
            let conditions = [reached] + words("s")
            return Source(
                rows: """
                    SELECT s.person_id AS id, s.sort_key, s.uid FROM person_scope s \
                    WHERE \(conditions.joined(" AND "))\(behind(after, "s"))
                    """, order: order("s"))
        }
        // A viewer without rights and without a name knows nobody.
        return (me.map { [people("p.id = \($0)", after)] } ?? (scopes.isEmpty ? [people("1 = 0", after)] : [])) + scopes
    }

    private func people(_ which: SQL, _ after: Cursor?) -> Source {
        Source(
            rows: """
                SELECT p.id, p.sort_key, p.uid FROM person p \
                WHERE \(([which] + words("p")).joined(" AND "))\(behind(after, "p"))
                """, order: order("p"))
    }

    private func words(_ alias: StaticString) -> [SQL] {
        // Folded words hold letters and digits only, so nothing needs the escape; it is there all the same.
        filter.words.map { word -> SQL in "\(SQL(static: alias)).name_fold LIKE \("%\(word)%") ESCAPE '\\'" }
    }

    private func order(_ alias: StaticString) -> SQL {
        let row = SQL(static: alias)
        return filter.descending ? "\(row).sort_key DESC, \(row).uid DESC" : "\(row).sort_key, \(row).uid"
    }

    /// The rows behind a cursor of sort key and uid.
    private func behind(_ cursor: Cursor?, _ alias: StaticString) -> SQL {
        guard let cursor, cursor.parts.count == 2 else { return "" }
        let (row, sign): (SQL, SQL) = (SQL(static: alias), filter.descending ? "<" : ">")
        return " AND (\(row).sort_key, \(row).uid) \(sign) (\(cursor.parts[0]), \(cursor.parts[1]))"
    }
}
