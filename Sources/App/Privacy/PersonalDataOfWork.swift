import Storage

// What committees, documents and gaps keep of a person. Their events name people by uid, so that an erasure need not
// touch them.
extension PersonalData {
    /// Seats in steering committees. The quotation of the decision may hold the name.
    static let seats = PersonalData(
        "seats",
        [
            (
                "committee_seat",
                ["person_id", "office_id", "position", "title", "from_day", "to_day", "decision", "quote"]
            )
        ],
        records: { tx, person in
            try tx.all(
                """
                SELECT s.uid, s.position, s.title, s.from_day, s.to_day, s.decision, c.uid FROM committee_seat s \
                JOIN committee c ON c.id = s.committee_id WHERE s.person_id = \(person) ORDER BY s.from_day, s.id
                """
            ).map { row in
                .object([
                    ("uid", .text(try row.text(0))), ("position", .text(try row.text(1))),
                    ("title", .text(try row.text(2))), ("from", .day(try row.day(3))), ("to", .day(try row.day(4))),
                    ("decision", .text(try row.text(5))), ("committee", .text(try row.text(6))),
                ])
            }
        },
        erase: { tx, person in
            try tx.run("UPDATE committee_seat SET quote = '' WHERE person_id = \(person) AND quote <> ''")
        })

    /// Opinions on drafts that an office of the person was asked for: that they were, not what is in the draft.
    static let opinions = PersonalData(
        "opinions", [("document_opinion", ["office_id", "asked_at", "text", "given_at"])],
        records: { tx, person in
            try tx.all(
                """
                SELECT q.uid, q.asked_at, q.given_at, q.text FROM document_opinion q \
                JOIN office o ON o.id = q.office_id WHERE o.person_id = \(person) ORDER BY q.id
                """
            ).map { row in
                .object([
                    ("uid", .text(try row.text(0))), ("asked", .text(try row.instant(1).text)),
                    ("given", .optional(try row.isNull(2) ? nil : row.instant(2).text)),
                    ("text", .text(try row.text(3))),
                ])
            }
        })

    /// Documents that name an office of the person as one that may know of them.
    static let readers = PersonalData(
        "readers", [("document_reader", ["office_id", "named_at"])],
        records: { tx, person in
            try tx.all(
                """
                SELECT d.uid, r.named_at FROM document_reader r JOIN office o ON o.id = r.office_id \
                JOIN document d ON d.id = r.document_id WHERE o.person_id = \(person) ORDER BY r.named_at, d.id
                """
            ).map { .object([("document", .text(try $0.text(0))), ("named", .text(try $0.instant(1).text))]) }
        })

    /// Gaps in the regulations that an office of the person is to close.
    static let gaps = PersonalData(
        "gaps", [("gap", ["office_id"])],
        records: { tx, person in
            try tx.all(
                """
                SELECT g.uid, g.due_on FROM office o JOIN gap g ON g.office_id = o.id \
                WHERE o.person_id = \(person) ORDER BY g.id
                """
            ).map { .object([("uid", .text(try $0.text(0))), ("due", .day(try $0.day(1)))]) }
        })

    /// Tasks that an office of the person does, answers for or decides on.
    static let tasks = PersonalData(
        "tasks",
        [
            ("task", ["responsible_id", "declared_by", "performer_id", "leader_id", "authority_id"]),
            ("task_assignment", ["office_id", "from_day", "to_day"]),
        ],
        records: { tx, person in
            try tx.all(
                """
                SELECT t.uid, t.due FROM task t WHERE t.responsible_id = \(person) OR t.id IN (SELECT w.id FROM office o \
                JOIN task w ON w.performer_id = o.id OR w.leader_id = o.id OR w.authority_id = o.id \
                WHERE o.person_id = \(person)) ORDER BY t.id
                """
            ).map { .object([("uid", .text(try $0.text(0))), ("due", .day(try $0.day(1)))]) }
        })

    /// Lists under a name. A shared one goes too: it is a setting, no record.
    static let savedViews = PersonalData(
        "saved-views",
        [("saved_view", ["person_id", "name", "query", "is_shared"]), ("saved_view_default", ["person_id"])],
        records: { tx, person in
            let own: SQL = "SELECT uid, name, query, is_shared FROM saved_view WHERE person_id = \(person) ORDER BY id"
            return try tx.all(own).map {
                .object([
                    ("uid", .text(try $0.text(0))), ("name", .text(try $0.text(1))), ("query", .text(try $0.text(2))),
                    ("shared", .bool(try $0.bool(3))),
                ])
            }
        },
        erase: { tx, person in
            try tx.run(
                """
                DELETE FROM saved_view_default WHERE person_id = \(person)
                OR view_id IN (SELECT id FROM saved_view WHERE person_id = \(person))
                """)
            try tx.run("DELETE FROM saved_view WHERE person_id = \(person)")
        })

    /// Files of tasks that the person sent. One that waits to be confirmed may name anybody: an erasure takes all of
    /// those away, and whoever sent one checks it again.
    static let imports = PersonalData(
        "imports", [("task_import", ["person_id", "name", "made_at"])],
        records: { tx, person in
            try tx.all("SELECT uid, name, made_at FROM task_import WHERE person_id = \(person) ORDER BY id").map {
                .object([
                    ("uid", .text(try $0.text(0))), ("file", .text(try $0.text(1))),
                    ("at", .text(try $0.instant(2).text)),
                ])
            }
        },
        erase: { tx, person in
            try tx.run("UPDATE task_import SET name = '' WHERE person_id = \(person)")
            try tx.run("DELETE FROM task_import WHERE taken_at = 0")
        })
}
