import Storage

extension AttachmentStore {
    /// Gives kept files to a record. `unit` decides who may read of it in the history. A file that the record has
    /// already, byte for byte, is a problem of the field `file`.
    @discardableResult public func add(
        _ files: [KeptFile], to subject: Subject, unit: ID<OrgUnit>?, at now: Instant
    ) throws -> [Attachment] {
        let present = try list(of: subject).filter { $0.withdrawn == nil }
        try check(files, beside: present)
        let origin = try Installation.origin(tx)
        var added: [Attachment] = []
        for file in files {
            let uid = UID.new(at: now)
            let state: Attachment.TextState = file.kind.isPicture ? .none : .waiting
            try tx.run(
                """
                INSERT INTO attachment (uid, origin, subject_kind, subject_id, subject_uid, name, kind, size, sha256,
                    text_state, text_note, text_tries, added_at, added_by, withdrawn_at, withdrawal)
                VALUES (\(uid), \(origin), \(subject.kind.rawValue), \(subject.id), \(subject.uid), \(file.name),
                    \(file.kind.rawValue), \(file.size), \(file.sha256), \(state.rawValue), '', 0, \(now),
                    \(viewer.personID), NULL, '')
                """)
            try tx.run("DELETE FROM file_release WHERE sha256 = \(file.sha256)")
            try ActivityStore(tx: tx, viewer: viewer).record(
                Event(
                    .attached, subject, unit: unit,
                    after: ["file": file.name, "sha256": file.sha256, "size": String(file.size)]), at: now)
            added.append(try find(uid, of: subject))
        }
        return added
    }

    private func check(_ files: [KeptFile], beside present: [Attachment]) throws {
        var found = Validation()
        if present.count + files.count > AttachmentStore.most {
            found.add("file", "attachment.error.too_many", ["max": .number(AttachmentStore.most)])
        }
        var known = Dictionary(present.map { ($0.sha256, $0.name) }) { first, _ in first }
        for file in files {
            if let name = known[file.sha256] {
                found.add("file", "attachment.error.doubled", ["name": .text(file.name), "present": .text(name)])
            }
            known[file.sha256] = file.name
        }
        try found.check()
    }

    /// Takes a file away: from a draft for good, from an issued record by withdrawing it with a reason.
    public func remove(
        _ uid: UID, of subject: Subject, unit: ID<OrgUnit>?, isIssued: Bool, reason: String = "", at now: Instant
    ) throws {
        let attachment = try find(uid, of: subject)
        var told = ["file": attachment.name, "sha256": attachment.sha256]
        if isIssued {
            guard attachment.withdrawn == nil else {
                throw AppError.conflict(Message("attachment.error.withdrawn"))
            }
            guard !reason.isEmpty else { throw AppError.invalid([Problem("reason", "field.missing")]) }
            try forget(attachment)
            try tx.run(
                "UPDATE attachment SET withdrawn_at = \(now), withdrawal = \(reason) WHERE id = \(attachment.id)")
            told["reason"] = reason
        } else {
            try delete(attachment, at: now)
        }
        try ActivityStore(tx: tx, viewer: viewer)
            .record(Event(isIssued ? .attachmentWithdrawn : .detached, subject, unit: unit, before: told), at: now)
    }

    /// Takes every file of a draft away that is being deleted; the draft's own event says so.
    public func removeAll(of subject: Subject, at now: Instant) throws {
        for attachment in try list(of: subject) { try delete(attachment, at: now) }
    }

    private func delete(_ attachment: Attachment, at now: Instant) throws {
        try forget(attachment)
        try tx.run("DELETE FROM attachment WHERE id = \(attachment.id)")
        guard try tx.first("SELECT 1 FROM attachment WHERE sha256 = \(attachment.sha256) LIMIT 1") == nil else {
            return
        }
        try tx.run(
            """
            INSERT INTO file_release (sha256, at) VALUES (\(attachment.sha256), \(now))
            ON CONFLICT (sha256) DO UPDATE SET at = excluded.at
            """)
    }

    /// Out of the search.
    private func forget(_ attachment: Attachment) throws {
        let terms = AttachmentTerms.of(try text(of: attachment.id))
        for start in stride(from: 0, to: terms.count, by: 500) {
            try tx.run(
                """
                DELETE FROM attachment_term WHERE term IN (\(list: Array(terms[start..<min(start + 500, terms.count)])))
                AND subject_kind = \(attachment.subject.kind.rawValue) AND subject_id = \(attachment.subject.id)
                AND attachment_id = \(attachment.id)
                """)
        }
        try tx.run("DELETE FROM attachment_text WHERE attachment_id = \(attachment.id)")
        // A file that waits to be read is not read any more.
        if attachment.text == .waiting {
            try tx.run("UPDATE attachment SET text_state = 'none' WHERE id = \(attachment.id)")
        }
    }
}
