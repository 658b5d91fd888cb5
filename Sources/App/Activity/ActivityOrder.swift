import Storage

extension ActivityStore {
    /// Puts what is not sealed yet into the order of its moments. A demonstration is told afterwards, record by record,
    /// while lists and the chain go by position: that of an event is its place in time then. What is sealed stays.
    func putInOrder() throws {
        let waiting: SQL = """
            e.id IN (SELECT p.event_id FROM audit_pending p
            WHERE NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.event_id = p.event_id))
            """
        // Below zero nobody stands in the way; the set of positions is the same before and after.
        try tx.run(
            """
            UPDATE event SET id = -m.position FROM (SELECT o.id AS id, n.id AS position
            FROM (SELECT e.id, ROW_NUMBER() OVER (ORDER BY e.at, e.id) AS place FROM event e WHERE \(waiting)) o
            JOIN (SELECT e.id, ROW_NUMBER() OVER (ORDER BY e.id) AS place FROM event e WHERE \(waiting)) n
            ON n.place = o.place) m WHERE event.id = m.id
            """)
        try tx.run("UPDATE event SET id = -id WHERE id < 0")
    }
}
