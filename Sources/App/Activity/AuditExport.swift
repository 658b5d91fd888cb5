import Storage

extension AuditChain {
    /// Hands over each sealed event as one line of JSON: what was hashed and the hashes. Returns their number.
    ///
    /// Local keys are part of what is hashed, so they are here too: this file is for proof, not for exchange.
    public func export(_ line: (String) throws -> Void) throws -> Int {
        var count = 0
        let origin = try origin()
        try line(JSONValue.object([("origin", .text(origin.text)), ("form", "resolute-audit-1")]).text)
        try tx.each(
            """
            SELECT s.seq, s.content, s.digest, s.chain, e.uid, e.at, e.person_id, e.office_id, e.delegation_id, e.actor,
            e.verb, e.subject_kind, e.subject_id, e.subject_uid, e.unit_id, e.payload, e.salt, e.erased
            FROM audit_seal s LEFT JOIN event e ON e.id = s.event_id ORDER BY s.seq
            """
        ) { row in
            count += 1
            try line(try AuditChain.json(row).text)
            return true
        }
        return count
    }

    private static let names = [
        "seq", "content", "digest", "chain", "uid", "at", "person_id", "office_id", "delegation_id", "actor", "verb",
        "subject_kind", "subject_id", "subject_uid", "unit_id", "payload", "salt", "erased",
    ]

    private static func json(_ row: Row) throws -> JSONValue {
        .object(
            try names.enumerated().map { index, name in
                switch try row.value(index) {
                case .null: (name, .null)
                case .integer(let number): (name, .int(number))
                case .double(let number): (name, .text(String(number)))
                case .text(let text): (name, .text(text))
                case .blob(let bytes): (name, .text(Hex.encode(bytes)))
                }
            })
    }
}
