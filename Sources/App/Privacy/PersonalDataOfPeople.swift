import Storage

extension PersonalData {
    static let identity = PersonalData(
        "identity",
        [
            ("person", ["name", "sort_key", "name_fold"]), ("person_scope", ["person_id", "sort_key", "name_fold"]),
            ("person_erasure", ["person_id", "number", "day"]),
        ],
        records: { tx, person in
            try tx.all("SELECT uid, name FROM person WHERE id = \(person)").map {
                .object([("uid", .text(try $0.text(0))), ("name", .text(try $0.text(1)))])
            }
        },
        subjects: { tx, person in
            try tx.all("SELECT uid FROM person WHERE id = \(person)").flatMap { row in
                let uid = try row.uid(0)
                return [Subject(.person, id: person.value, uid: uid), Account.subject(person, uid)]
            }
        },
        erase: { tx, person in
            let last = try tx.first("SELECT MAX(number) FROM person_erasure")?.optionalInt64(0) ?? 0
            let name = ErasedPerson.name(Int(last) + 1)
            try tx.run(
                """
                UPDATE person SET name = \(name), sort_key = \(name), name_fold = '', version = version + 1 \
                WHERE id = \(person)
                """)
            try PersonMap(tx: tx).refresh([person.value])
        })

    static let offices = PersonalData(
        "offices", [("office", ["person_id", "title", "from_day", "to_day", "decision"])],
        records: { tx, person in
            try tx.all(
                """
                SELECT o.uid, o.title, o.from_day, o.to_day, o.decision, u.uid, \(UnitLife.name(.never)) \
                FROM office o JOIN unit u ON u.id = o.unit_id WHERE o.person_id = \(person) ORDER BY o.from_day, o.id
                """
            ).map { row in
                .object([
                    ("uid", .text(try row.text(0))), ("title", .text(try row.text(1))), ("from", .day(try row.day(2))),
                    ("to", .day(try row.day(3))), ("decision", .text(try row.text(4))),
                    ("unit", .text(try row.text(5))), ("unit_name", .text(try row.text(6))),
                ])
            }
        },
        subjects: { tx, person in
            try tx.all("SELECT id, uid FROM office WHERE person_id = \(person) ORDER BY id").map {
                Subject(.office, id: try $0.int64(0), uid: try $0.uid(1))
            }
        })

    static let grants = PersonalData(
        "grants", [("access_grant", ["office_id", "role", "unit_id", "secrecy"])],
        records: { tx, person in
            try tx.all(
                """
                SELECT g.uid, g.role, g.hierarchy, g.secrecy, g.from_day, g.to_day, o.uid FROM access_grant g \
                JOIN office o ON o.id = g.office_id WHERE o.person_id = \(person) ORDER BY g.from_day, g.id
                """
            ).map { row in
                .object([
                    ("uid", .text(try row.text(0))), ("role", .text(try row.text(1))),
                    ("hierarchy", .text(try row.text(2))),
                    ("ceiling", .text((Secrecy(rawValue: try row.int(3)) ?? .public).name)),
                    ("from", .day(try row.day(4))), ("to", .day(try row.day(5))), ("office", .text(try row.text(6))),
                ])
            }
        },
        subjects: { tx, person in
            try tx.all(
                """
                SELECT g.id, g.uid FROM access_grant g JOIN office o ON o.id = g.office_id \
                WHERE o.person_id = \(person) ORDER BY g.id
                """
            ).map { Subject(.grant, id: try $0.int64(0), uid: try $0.uid(1)) }
        })

    /// Both sides: who acts for the person, and for whom the person acts.
    static let delegations = PersonalData(
        "delegations", [("delegation", ["principal_id", "agent_id", "authority"])],
        records: { tx, person in
            try tx.all(
                """
                SELECT d.uid, d.capacity, d.authority, d.from_day, d.to_day, p.uid, a.uid FROM delegation d \
                JOIN office p ON p.id = d.principal_id JOIN office a ON a.id = d.agent_id \
                WHERE p.person_id = \(person) OR a.person_id = \(person) ORDER BY d.from_day, d.id
                """
            ).map { row in
                .object([
                    ("uid", .text(try row.text(0))), ("capacity", .text(try row.text(1))),
                    ("authority", .text(try row.text(2))), ("from", .day(try row.day(3))),
                    ("to", .day(try row.day(4))), ("office_acted_for", .text(try row.text(5))),
                    ("office_that_acts", .text(try row.text(6))),
                ])
            }
        })
}
