import Storage

/// An office that may answer for a gap: of the unit that must issue, and who holds it.
public struct GapOffice: Sendable, Equatable {
    public let uid: UID
    public let title: String
    /// Nil when the viewer may not know of the person.
    public let person: String?

    /// As people read it and may type it.
    var name: String { [title, person ?? ""].filter { !$0.isEmpty }.joined(separator: ", ") }

    /// Those that a text means: by title and name in either order, else by one of the two.
    static func named(_ text: String, in offices: [GapOffice]) -> [GapOffice] {
        let wanted = TextFold.fold(text)
        let whole = offices.filter { office in
            let person = office.person ?? ""
            return [office.name, "\(person), \(office.title)"].contains { TextFold.fold($0) == wanted }
        }
        guard whole.isEmpty else { return whole }
        return offices.filter { office in
            [office.title, office.person ?? ""].contains { TextFold.fold($0) == wanted }
        }
    }
}

extension GapStore {
    /// Offices of a unit that are held today or will be, and the one that answers already, even after it has ended; as
    /// far as the viewer may know them.
    func offices(in unit: UID, or present: ID<Office>? = nil) throws -> [GapOffice] {
        let unit = try units.find(unit)
        let access = PersonAccess(tx: tx, viewer: viewer, today: today)
        return try tx.all(
            """
            SELECT o.uid, o.title, p.name FROM office o JOIN person p ON p.id = o.person_id
            WHERE o.unit_id = \(unit.unit.id)
            AND ((o.to_day > \(today) AND o.from_day < o.to_day) OR o.id = \(present?.value ?? 0))
            AND \(try access.known())
            ORDER BY p.sort_key, o.id LIMIT 500
            """
        ).map { GapOffice(uid: try $0.uid(0), title: try $0.text(1), person: try $0.text(2)) }
    }

    /// What a form is filled with: the office by title and name where only one is called so, else its uid.
    func typedName(of office: GapOffice, of gap: Gap, in unit: UID) throws -> String {
        let found = GapOffice.named(office.name, in: try offices(in: unit, or: gap.office))
        return found.map(\.uid) == [office.uid] ? office.name : office.uid.text
    }
}
