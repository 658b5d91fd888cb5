public import Storage

/// The registry as CSV, with the columns that ``UnitImport`` reads: a file that goes out can come in elsewhere.
///
/// Carried: code, kind, name, English name, place, area, life, secrecy, legal basis and one superior of each unit.
/// Not carried: uids, further codes and names, earlier versions and earlier or further superiors, people, history.
public struct UnitExport {
    /// Which units, and in which of their versions.
    public enum Extent: Sendable, Equatable {
        /// Every unit ever, as it was last.
        case everything
        /// The units that exist on that day, as they are then.
        case existing(on: Day)
        /// The units that began by that day, as they were then or, if they had ended, at their end.
        case begun(by: Day)
    }

    let tx: Transaction
    let viewer: Viewer

    public init(tx: Transaction, viewer: Viewer) {
        self.tx = tx
        self.viewer = viewer
    }

    /// Name of the list for units that have no code: their code is then their uid.
    static let uidScheme = "uid"

    /// The header line.
    public static let header = CSVWriter.line(UnitImportReading.columns)

    /// Hands over row after row, each with its line end, levels from the top down. Returns the number of units.
    @discardableResult public func write(_ extent: Extent, _ take: (String) throws -> Void) throws -> Int {
        var count = 0
        try each(extent) { _, line in
            try take(line)
            count += 1
        }
        return count
    }

    /// The units of a list, in its order, with the header.
    func csv(_ filter: UnitFilter, on day: Day) throws -> String {
        var order: [Int64] = []
        try UnitStore(tx: tx, viewer: viewer, today: day).each(filter, on: day) { order.append($0.unit.id.value) }
        let wanted = Set(order)
        var lines: [Int64: String] = [:]
        try each(.begun(by: day)) { unit, line in if wanted.contains(unit) { lines[unit] = line } }
        return UnitExport.header + order.compactMap { lines[$0] }.joined()
    }

    private func each(_ extent: Extent, _ take: (_ unit: Int64, _ line: String) throws -> Void) throws {
        let codes = try codes()
        let parents = try parents(extent)
        try tx.each(statement(extent)) { row in
            try take(try row.int64(0), CSVWriter.line(try cells(row, codes, parents)))
            return true
        }
    }

    private func statement(_ extent: Extent) -> SQL {
        """
        SELECT u.id, u.uid, u.from_day, u.to_day, u.secrecy, u.latitude, u.longitude, u.area,
            v.kind, v.name, v.basis, n.name
        FROM unit u JOIN unit_version v ON v.unit_id = u.id
        LEFT JOIN unit_name n ON n.version_id = v.id AND n.language = \(Language.english.rawValue)
        WHERE \(UnitScope(viewer).condition) AND \(version(extent))
        ORDER BY v.level, v.sort_key, u.id
        """
    }

    private func version(_ extent: Extent) -> SQL {
        switch extent {
        case .everything: return "v.from_day = (SELECT MAX(w.from_day) FROM unit_version w WHERE w.unit_id = u.id)"
        case .existing(let day): return "v.from_day <= \(day) AND v.to_day > \(day)"
        case .begun(let day):
            return """
                v.from_day =
                    (SELECT MAX(w.from_day) FROM unit_version w WHERE w.unit_id = u.id AND w.from_day <= \(day))
                """
        }
    }

    private func cells(
        _ row: Row, _ codes: [Int64: UnitCode], _ parents: [Int64: (parent: Int64, hierarchy: String)]
    ) throws -> [CSVWriter.Cell] {
        let unit = try row.int64(0)
        let uid = try row.text(1)
        let code = codes[unit] ?? UnitCode(UnitExport.uidScheme, uid)
        let above = parents[unit]
        let parent = above.flatMap { codes[$0.parent] }
        let from = try row.day(2), to = try row.day(3)
        let kind = try row.text(8), name = try row.text(9), basis = try row.text(10)
        let secrecy = Secrecy(rawValue: try row.int(4)) ?? .restricted
        let places = (try row.optionalInt64(5), try row.optionalInt64(6), area: try row.optionalInt64(7))
        let englishName = try row.optionalText(11) ?? ""
        return [
            .text(code.code), .text(kind), .text(name), .text(parentText(parent, below: code)),
            number(places.0), number(places.1), number(places.area),
            .text(from == .beginning ? "" : from.text), .text(to == .never ? "" : to.text), .text(code.scheme),
            .text(englishName), .text(parent == nil ? "" : above?.hierarchy ?? ""),
            .text(secrecy.name), .text(basis),
        ]
    }

    private func parentText(_ parent: UnitCode?, below code: UnitCode) -> String {
        guard let parent else { return "" }
        return parent.scheme == code.scheme ? parent.code : "\(parent.scheme):\(parent.code)"
    }

    private func number(_ millionths: Int64?) -> CSVWriter.Cell {
        millionths.map { .number(DecimalText.text($0, places: 6)) } ?? .empty
    }

    /// One code of each unit that the viewer may know of: in the first list by name.
    private func codes() throws -> [Int64: UnitCode] {
        var codes: [Int64: UnitCode] = [:]
        try tx.each(
            """
            SELECT u.id, u.uid, c.scheme, c.code FROM unit u LEFT JOIN unit_code c ON c.unit_id = u.id
            WHERE \(UnitScope(viewer).condition) ORDER BY u.id, c.scheme, c.code
            """
        ) { row in
            let unit = try row.int64(0)
            guard codes[unit] == nil else { return true }
            if let scheme = try row.optionalText(2) {
                codes[unit] = UnitCode(scheme, try row.text(3))
            } else {
                codes[unit] = UnitCode(UnitExport.uidScheme, try row.text(1))
            }
            return true
        }
        return codes
    }

    /// One superior of each unit, the latest: in the territory, else the state, else the Party.
    private func parents(_ extent: Extent) throws -> [Int64: (parent: Int64, hierarchy: String)] {
        var parents: [Int64: (parent: Int64, hierarchy: String)] = [:]
        let when: SQL =
            switch extent {
            case .everything: ""
            case .existing(let day): "WHERE from_day <= \(day) AND to_day > \(day)"
            case .begun(let day): "WHERE from_day <= \(day)"
            }
        try tx.each(
            """
            SELECT unit_id, parent_id, hierarchy FROM unit_edge \(when) ORDER BY unit_id,
                CASE hierarchy WHEN 'territory' THEN 0 WHEN 'state' THEN 1 ELSE 2 END, from_day DESC
            """
        ) { row in
            let unit = try row.int64(0)
            if parents[unit] == nil { parents[unit] = (try row.int64(1), try row.text(2)) }
            return true
        }
        return parents
    }
}
