import Storage

extension PersonalData {
    /// What the offices of a person were told, and when they read it: of nobody else's concern, so that it goes.
    static let notices = PersonalData(
        "notices", [("notice", ["office_id", "kind", "subject_uid", "at", "read_at"])],
        records: { tx, person in
            try tx.all(
                """
                SELECT n.uid, n.kind, n.at, n.read_at FROM office o JOIN notice n ON n.office_id = o.id
                WHERE o.person_id = \(person) ORDER BY n.id
                """
            ).map { row in
                .object([
                    ("uid", .text(try row.text(0))), ("kind", .text(try row.text(1))),
                    ("at", .text(try row.instant(2).text)), ("read", .optional(try row.optionalInstant(3)?.text)),
                ])
            }
        },
        erase: { tx, person in
            try tx.run("DELETE FROM notice WHERE office_id IN (SELECT id FROM office WHERE person_id = \(person))")
        })
}
