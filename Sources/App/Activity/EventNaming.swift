import Storage

/// How each kind of record is asked for its name: under the scope of the viewer, so that whoever may not know of it gets
/// none.
extension EventNames {
    /// In one order, so that the same list asks the same way.
    static let asked: [Subject.Kind] = [
        .person, .unit, .office, .grant, .document, .committee, .requirement, .gap, .task,
    ]

    func statement(_ kind: Subject.Kind, _ uids: [UID]) throws -> SQL {
        switch kind {
        case .person:
            return "SELECT p.uid, p.name FROM person p WHERE p.uid IN (\(list: uids)) AND \(try access.known())"
        case .office:
            return """
                SELECT o.uid, p.name, o.title,
                (SELECT v.name FROM unit_version v WHERE v.unit_id = u.id ORDER BY v.from_day DESC LIMIT 1)
                FROM office o JOIN person p ON p.id = o.person_id JOIN unit u ON u.id = o.unit_id
                WHERE o.uid IN (\(list: uids)) AND \(try access.known()) AND \(access.officeKnown())
                """
        case .document:
            return """
                SELECT d.uid, CASE WHEN d.sign <> '' THEN d.sign ELSE d.title END FROM document d
                WHERE d.uid IN (\(list: uids)) AND \(DocumentScope(viewer).condition())
                """
        case .task:
            return """
                SELECT t.uid, t.title FROM task t WHERE t.uid IN (\(list: uids)) AND \(TaskScope(viewer).condition())
                """
        case .grant:
            return """
                SELECT g.uid, p.name, o.title,
                (SELECT v.name FROM unit_version v WHERE v.unit_id = u.id ORDER BY v.from_day DESC LIMIT 1)
                FROM access_grant g JOIN office o ON o.id = g.office_id JOIN person p ON p.id = o.person_id
                JOIN unit u ON u.id = o.unit_id
                WHERE g.uid IN (\(list: uids)) AND \(try access.known()) AND \(access.officeKnown())
                """
        case .gap:
            return """
                SELECT g.uid, g.title FROM gap g JOIN unit u ON u.id = g.owner_id
                WHERE g.uid IN (\(list: uids)) AND \(CoverageScope(viewer).condition)
                """
        case .requirement:
            let known = CoverageStore(tx: tx, viewer: viewer, today: day).knownRequirement
            return """
                SELECT q.uid, q.title FROM document_requirement q JOIN document d ON d.id = q.document_id
                WHERE q.uid IN (\(list: uids)) AND \(DocumentScope(viewer).condition()) AND \(known)
                """
        case .committee:
            return """
                SELECT c.uid, (SELECT v.name FROM unit_version v WHERE v.unit_id = u.id ORDER BY v.from_day DESC LIMIT 1)
                FROM committee c JOIN unit u ON u.id = c.unit_id
                WHERE c.uid IN (\(list: uids)) AND \(UnitScope(viewer).condition)
                """
        default:
            return """
                SELECT u.uid, (SELECT v.name FROM unit_version v WHERE v.unit_id = u.id ORDER BY v.from_day DESC LIMIT 1)
                FROM unit u WHERE u.uid IN (\(list: uids)) AND \(UnitScope(viewer).condition)
                """
        }
    }

    /// Where nobody looked up the viewer's rights for a day, they are nobody's administrator.
    private var access: PersonAccess {
        PersonAccess(tx: tx, viewer: viewer, today: day)
    }

    private var day: Day { today ?? viewer.day ?? .beginning }

    /// `Trần Thị B, Phó Giám đốc, Sở Khoa học và Công nghệ` for an office, and for a right that one has.
    func name(_ kind: Subject.Kind, _ row: Row) throws -> String? {
        guard kind == .office || kind == .grant else { return try row.optionalText(1) }
        let name = try row.text(1)
        let parts = [ErasedPerson.number(in: name) == nil ? name : "", try row.text(2), try row.optionalText(3) ?? ""]
        return parts.filter { !$0.isEmpty }.joined(separator: ", ")
    }
}
