import Storage

extension PersonalData {
    /// The hash of the password is never handed out, not even to its owner.
    static let account = PersonalData(
        "account", [("account", ["person_id", "sign_in", "password", "language", "disabled", "changed_at"])],
        records: { tx, person in
            try tx.all("SELECT sign_in, language, disabled, changed_at FROM account WHERE person_id = \(person)").map {
                .object([
                    ("sign_in", .text(try $0.text(0))), ("language", .optional(try $0.optionalText(1))),
                    ("disabled", .bool(try $0.bool(2))), ("changed", .text(try $0.instant(3).text)),
                ])
            }
        },
        erase: { tx, person in try tx.run("DELETE FROM account WHERE person_id = \(person)") })

    static let sessions = PersonalData(
        "sessions",
        [("session", ["person_id", "office_id", "delegation_id", "address", "agent", "created_at", "seen_at"])],
        records: { tx, person in
            try tx.all(
                "SELECT address, agent, created_at, seen_at FROM session WHERE person_id = \(person) ORDER BY id"
            ).map {
                .object([
                    ("address", .text(try $0.text(0))), ("browser", .text(try $0.text(1))),
                    ("created", .text(try $0.instant(2).text)), ("seen", .text(try $0.instant(3).text)),
                ])
            }
        },
        erase: { tx, person in try SessionStore(tx: tx).endAll(of: person) })

    static let tokens = PersonalData(
        "tokens",
        [
            (
                "api_token",
                ["person_id", "office_id", "name", "scope", "created_at", "expires_at", "revoked_at", "seen_at"]
            )
        ],
        records: { tx, person in
            try tx.all(
                """
                SELECT uid, name, scope, created_at, expires_at, revoked_at, seen_at FROM api_token \
                WHERE person_id = \(person) ORDER BY id
                """
            ).map {
                .object([
                    ("uid", .text(try $0.text(0))), ("name", .text(try $0.text(1))), ("scope", .text(try $0.text(2))),
                    ("created", .text(try $0.instant(3).text)), ("expires", .text(try $0.instant(4).text)),
                    ("revoked", .optional(try $0.optionalInstant(5)?.text)),
                    ("seen", .optional(try $0.optionalInstant(6)?.text)),
                ])
            }
        },
        subjects: { tx, person in
            try tx.all("SELECT id, uid FROM api_token WHERE person_id = \(person) ORDER BY id").map {
                Subject(.token, id: try $0.int64(0), uid: try $0.uid(1))
            }
        },
        erase: { tx, person in try tx.run("DELETE FROM api_token WHERE person_id = \(person)") })

    static let invitations = PersonalData(
        "invitations",
        [("invitation", ["person_id", "purpose", "created_at", "expires_at", "used_at", "revoked_at"])],
        records: { tx, person in
            try tx.all(
                """
                SELECT uid, purpose, created_at, expires_at, used_at, revoked_at FROM invitation \
                WHERE person_id = \(person) ORDER BY id
                """
            ).map {
                .object([
                    ("uid", .text(try $0.text(0))), ("purpose", .text(try $0.text(1))),
                    ("created", .text(try $0.instant(2).text)), ("expires", .text(try $0.instant(3).text)),
                    ("used", .optional(try $0.optionalInstant(4)?.text)),
                    ("revoked", .optional(try $0.optionalInstant(5)?.text)),
                ])
            }
        },
        erase: { tx, person in try tx.run("DELETE FROM invitation WHERE person_id = \(person)") })

    /// What the API answered in the last day, kept so that a request sent twice is done once. Answers to others that
    /// tell of the person lose their text alone, so that what was asked for is not done twice.
    static let answers = PersonalData(
        "answers", [("idempotency", ["person_id", "body"])],
        records: { tx, person in
            try tx.all("SELECT key, status, body, at FROM idempotency WHERE person_id = \(person) ORDER BY at, key").map
            {
                .object([
                    ("key", .text(try $0.text(0))), ("status", .int(try $0.int64(1))), ("body", .text(try $0.text(2))),
                    ("at", .text(try $0.instant(3).text)),
                ])
            }
        },
        erase: { tx, person in
            try tx.run("DELETE FROM idempotency WHERE person_id = \(person)")
            for row in try tx.all("SELECT uid, name FROM person WHERE id = \(person)") {
                let (uid, name) = (try row.text(0), JSONValue.text(try row.text(1)).text.dropFirst().dropLast())
                // A walk through the answers of one day, at an act that is rare.
                try tx.run(
                    """
                    UPDATE idempotency SET body = '{}' WHERE body LIKE \("%\(uid)%") ESCAPE '\\' \
                    OR body LIKE \("%\(literal(name))%") ESCAPE '\\'
                    """)
            }
        })

    /// The text for `LIKE`, with nothing in it that stands for something else.
    private static func literal(_ text: Substring) -> String {
        text.map { ["%", "_", "\\"].contains($0) ? "\\\($0)" : String($0) }.joined()
    }

    /// Wrong passwords, counted by a digest of the sign-in name and by the person. Before ``account`` is erased, so
    /// that the digest can still be made.
    static let attempts = PersonalData(
        "attempts", [("secret_attempt", ["key", "failures", "since", "blocked_until"])],
        records: { tx, person in
            try keys(tx, person).flatMap { key in
                try tx.all("SELECT failures, since FROM secret_attempt WHERE key = \(key.text)").map {
                    .object([("failures", .int(try $0.int64(0))), ("since", .text(try $0.instant(1).text))])
                }
            }
        },
        erase: { tx, person in
            for key in try keys(tx, person) { try AttemptLimits(tx: tx).clear(key) }
        })

    private static func keys(_ tx: Transaction, _ person: ID<Person>) throws -> [AttemptKey] {
        let names = try tx.all("SELECT sign_in FROM account WHERE person_id = \(person)").map { try $0.text(0) }
        let uids = try tx.all("SELECT uid FROM person WHERE id = \(person)").map { try $0.uid(0) }
        return names.map(AttemptKey.account) + uids.map(AttemptKey.person)
    }
}
