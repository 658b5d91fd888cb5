import Storage

/// What the records say about the clock and about the audit chain.
struct RecordCheck {
    let database: Database
    let clock: WallClock

    func findings() async -> [Finding] {
        do {
            let now = clock.now()
            let moments = try await database.read { tx in
                try tx.all("SELECT at FROM event ORDER BY id DESC LIMIT 10000").map { try $0.instant(0) }
            }
            let pending = try await database.read { tx in try RecordCheck.pending(tx) }
            return [
                RecordCheck.clock(newestFirst: moments, now: now),
                RecordCheck.audit(pending: pending.count, oldest: pending.oldest, now: now),
            ]
        } catch {
            return [Finding("records", .fail, "\(error)")]
        }
    }

    /// An event from the future means that the clock went back; a step back between two events, that it once did.
    static func clock(newestFirst moments: [Instant], now: Instant) -> Finding {
        // The build's own year: a machine without a battery starts in 1970.
        guard now.milliseconds > 1_750_000_000_000 else {
            return Finding("clock", .fail, "The clock says \(now.text): set it.")
        }
        if let newest = moments.max(), newest.since(now) > .seconds(300) {
            return Finding("clock", .fail, "The clock says \(now.text), but an event is from \(newest.text): set it.")
        }
        let steps = zip(moments, moments.dropFirst()).count { newer, older in older.since(newer) > .seconds(60) }
        if steps > 0 {
            return Finding("clock", .warn, "The clock went back \(steps) times among the newest events: check NTP.")
        }
        return Finding("clock", .ok, now.text)
    }

    /// Sealing lags by a second; a minute means that no server seals.
    static func audit(pending: Int, oldest: Instant?, now: Instant) -> Finding {
        guard pending > 0, let oldest else { return Finding("audit", .ok, "Every event is sealed.") }
        let seconds = now.since(oldest).components.seconds
        if seconds <= 60 { return Finding("audit", .ok, "\(pending) events are about to be sealed.") }
        return Finding(
            "audit", .warn,
            "\(pending) events wait for their seal, the oldest for \(seconds) s: `resolute serve` seals them.")
    }

    private static func pending(_ tx: Transaction) throws -> (count: Int, oldest: Instant?) {
        let row = try tx.first(
            """
            SELECT COUNT(*), MIN(e.at) FROM event e
            WHERE NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.event_id = e.id)
            """)
        guard let row else { return (0, nil) }
        return (try row.int(0), try row.optionalInstant(1))
    }
}
