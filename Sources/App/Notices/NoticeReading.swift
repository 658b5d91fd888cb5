import Storage

/// Marks of reading. They are the reader's own and no act on a record, so that they make no event.
extension NoticeStore {
    /// Marks one of one's own; one that was read before keeps its first moment.
    @discardableResult func read(_ uid: UID, at now: Instant) throws -> NoticeRow {
        _ = try find(uid)
        try tx.run("UPDATE notice SET unread = 0, read_at = \(now) WHERE uid = \(uid) AND unread = 1")
        return try find(uid)
    }

    /// Marks all that were told up to a moment: what comes in while the page is being read stays unread, and so does
    /// what the viewer may not know of now. Returns how many there were.
    @discardableResult func readAll(until: Instant, at now: Instant) throws -> Int {
        guard let own = own(unreadOnly: true) else { return 0 }
        return try tx.run(
            """
            UPDATE notice SET unread = 0, read_at = \(now) WHERE id IN
            (SELECT n.id FROM notice n WHERE \(own) AND n.at <= \(until))
            """)
    }
}
