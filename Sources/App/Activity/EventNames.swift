import Storage

/// People and units inside events. Whoever may read an act need not know everything that it names, so an event holds a
/// person as `person:` and their uid, and a unit that not everybody may know as `unit:` and its uid. Each reader is
/// shown the name, if they may know it, and otherwise `…`.
///
/// A name that is changed or erased later is so in the history too.
struct EventNames {
    let tx: Transaction
    let viewer: Viewer
    /// Nil for a reader of whom the day is not known: then nobody is named.
    let today: Day?

    static let unknown = "…"

    static func person(_ uid: UID) -> String { Mark.person.rawValue + uid.text }
    static func unit(_ uid: UID) -> String { Mark.unit.rawValue + uid.text }

    private enum Mark: String, CaseIterable {
        case person = "person:"
        case unit = "unit:"
    }

    private struct Name: Hashable {
        let mark: Mark
        let uid: UID
    }

    /// The events with the names that the viewer may know in their values: at most one statement for people and one
    /// for units.
    func resolve(_ rows: [EventRow]) throws -> [EventRow] {
        let asked = Set(
            rows.flatMap { row in (Array(row.before.values) + Array(row.after.values)).flatMap(EventNames.names) })
        guard !asked.isEmpty else { return rows }
        let known = try people(asked).merging(try units(asked)) { first, _ in first }
        return rows.map { row in
            var row = row
            row.before = row.before.mapValues { EventNames.filled($0, known) }
            row.after = row.after.mapValues { EventNames.filled($0, known) }
            return row
        }
    }

    private func people(_ asked: Set<Name>) throws -> [Name: String] {
        guard let today else { return [:] }
        var access = PersonAccess(tx: tx, viewer: viewer, today: today)
        access.fewUnits = 0
        let known = try access.known()
        return try named(.person, asked) { uids in
            "SELECT p.uid, p.name FROM person p WHERE p.uid IN (\(list: uids)) AND \(known)"
        }
    }

    private func units(_ asked: Set<Name>) throws -> [Name: String] {
        let known = UnitScope(viewer).condition
        return try named(.unit, asked) { uids in
            """
            SELECT u.uid, (SELECT v.name FROM unit_version v WHERE v.unit_id = u.id ORDER BY v.from_day DESC LIMIT 1)
            FROM unit u WHERE u.uid IN (\(list: uids)) AND \(known)
            """
        }
    }

    private func named(_ mark: Mark, _ asked: Set<Name>, _ statement: ([UID]) -> SQL) throws -> [Name: String] {
        let uids = asked.filter { $0.mark == mark }.map(\.uid).sorted()
        var names: [Name: String] = [:]
        for start in stride(from: 0, to: uids.count, by: 500) {
            for row in try tx.all(statement(Array(uids[start..<min(start + 500, uids.count)]))) {
                names[Name(mark: mark, uid: try row.uid(0))] = try row.optionalText(1)
            }
        }
        return names
    }

    private static func names(in text: String) -> [Name] { pieces(of: text).compactMap(\.name) }

    private static func filled(_ text: String, _ known: [Name: String]) -> String {
        pieces(of: text).map { piece in piece.name.map { known[$0] ?? unknown } ?? String(piece.text) }.joined()
    }

    /// The text in pieces: plain ones, and names.
    private static func pieces(of text: String) -> [(text: Substring, name: Name?)] {
        var pieces: [(Substring, Name?)] = []
        var rest = Substring(text)
        while let (mark, start) = firstMark(in: rest) {
            let after = rest[start.upperBound...].prefix(36)
            let name = UID(parsing: after).map { Name(mark: mark, uid: $0) }
            pieces.append((rest[..<(name == nil ? start.upperBound : start.lowerBound)], nil))
            if let name { pieces.append((after, name)) }
            rest = rest[(name == nil ? start.upperBound : after.endIndex)...]
        }
        pieces.append((rest, nil))
        return pieces
    }

    private static func firstMark(in text: Substring) -> (Mark, Range<Substring.Index>)? {
        Mark.allCases.compactMap { mark in text.firstRange(of: mark.rawValue).map { (mark, $0) } }
            .min { $0.1.lowerBound < $1.1.lowerBound }
    }
}
