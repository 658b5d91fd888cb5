import Storage

extension ActivityStore {
    /// Erases who and what from events, at somebody's request or when their time is over: the payload, the actor's
    /// text and the salt go, the commitment, the time, the verb and the subject stay.
    ///
    /// The erasure is itself an event that names the uids; without it the audit takes an erased event for a
    /// changed one. What has not been sealed yet is sealed first. An erasure cannot be erased: `AppError.conflict`.
    public func erasePersonalData(_ events: [ID<Event>], at now: Instant) throws {
        let chain = AuditChain(tx: tx)
        while try chain.hasPending() { try chain.seal() }
        for start in stride(from: 0, to: events.count, by: 500) {
            try eraseBatch(Array(events[start..<min(start + 500, events.count)]), at: now)
        }
    }

    private func eraseBatch(_ events: [ID<Event>], at now: Instant) throws {
        let rows = try tx.all("SELECT uid, verb FROM event WHERE id IN (\(list: events)) AND erased = 0 ORDER BY id")
        guard !rows.isEmpty else { return }
        guard try !rows.contains(where: { try $0.text(1) == Event.Verb.erased.rawValue }) else {
            throw AppError.conflict(Message("activity.erasure_stays"))
        }
        let nothing: [UInt8] = []
        try tx.run(
            """
            UPDATE event SET payload = '', actor = '', salt = \(nothing), erased = 1
            WHERE id IN (\(list: events)) AND erased = 0
            """)
        let subject = Subject(.installation, id: 0, uid: try AuditChain(tx: tx).origin())
        let names = try rows.map { try $0.text(0) }.joined(separator: " ")
        try record(Event(.erased, subject, unit: nil, after: [Event.erasedEvents: names]), at: now)
    }
}

extension Event {
    /// The field of an erasure that names the erased events.
    static let erasedEvents = "events"
}
