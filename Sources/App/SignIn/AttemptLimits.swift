import Storage

/// Slows guessing down: counts each check of a secret *before* it is made, in one transaction with the question
/// whether it may be made at all, so that guesses sent at once do not slip through. A success gives the count back.
///
/// The count is a bucket that leaks: failures are forgotten one by one. The way out is time, an administrator, or
/// `resolute user unlock`.
struct AttemptLimits {
    let tx: Transaction

    /// What the table says of a key, with the forgotten failures taken off.
    private struct Level {
        var failures: Int
        var since: Instant
        var blockedUntil: Instant
    }

    /// Throws ``AppError/tooMany(retryAfter:)`` when one of the keys is blocked; otherwise counts one for each.
    func count(_ keys: [AttemptKey], at now: Instant) throws {
        try takeTurns()
        try clearAway(at: now)
        let levels = try keys.map { key in try level(of: key, at: now) }
        for (key, level) in zip(keys, levels) { try Self.refuseIfBlocked(key, level, at: now) }
        for (key, level) in zip(keys, levels) { try store(key, counted(level, key.policy, at: now)) }
    }

    /// Throws ``AppError/tooMany(retryAfter:)`` when one of the keys is blocked; counts nothing.
    func check(_ keys: [AttemptKey], at now: Instant) throws {
        for key in keys { try Self.refuseIfBlocked(key, try level(of: key, at: now), at: now) }
    }

    /// The same of a key whose row has been asked for by ``level(of:)``.
    static func check(_ key: AttemptKey, _ row: Row?, at now: Instant) throws {
        try refuseIfBlocked(key, try level(row, of: key, at: now), at: now)
    }

    /// The secret was right: the account starts from nothing, an address gets this one check back.
    func succeed(_ keys: [AttemptKey], at now: Instant) throws {
        try takeTurns()
        for key in keys {
            if key.isClearedBySuccess { try clear(key) } else { try giveBack(key, at: now) }
        }
    }

    /// The check was not made after all, as when the queue was full.
    func giveBack(_ keys: [AttemptKey], at now: Instant) throws {
        try takeTurns()
        for key in keys { try giveBack(key, at: now) }
    }

    /// The way out by hand.
    func clear(_ key: AttemptKey) throws { try tx.run("DELETE FROM secret_attempt WHERE key = \(key.text)") }

    /// One after the other. On PostgreSQL the lock comes before the snapshot, so that a crowd at one key waits in
    /// line for some milliseconds instead of failing to serialize; SQLite has one writer anyway.
    private func takeTurns() throws {
        if tx.engine == .postgres { try tx.run("LOCK TABLE secret_attempt IN SHARE ROW EXCLUSIVE MODE") }
    }

    private func clearAway(at now: Instant) throws {
        let yesterday = now.adding(.seconds(-86_400))
        try tx.run("DELETE FROM secret_attempt WHERE since < \(yesterday) AND blocked_until < \(now)")
    }

    private func level(of key: AttemptKey, at now: Instant) throws -> Level {
        try Self.level(try tx.first(Self.level(of: key)), of: key, at: now)
    }

    /// The statement that asks for the level of a key.
    static func level(of key: AttemptKey) -> SQL {
        "SELECT failures, since, blocked_until FROM secret_attempt WHERE key = \(key.text)"
    }

    private static func level(_ row: Row?, of key: AttemptKey, at now: Instant) throws -> Level {
        guard let row else { return Level(failures: 0, since: now, blockedUntil: Instant(milliseconds: 0)) }
        let (failures, since) = (try row.int(0), try row.instant(1))
        let step = key.policy.forgetting
        // A clock that went back forgets nothing.
        let forgotten = Int(max(0, now.since(since) / step).rounded(.down))
        guard forgotten < failures else {
            return Level(failures: 0, since: now, blockedUntil: try row.instant(2))
        }
        return Level(
            failures: failures - forgotten, since: since.adding(step * forgotten),
            blockedUntil: try row.instant(2))
    }

    private static func refuseIfBlocked(_ key: AttemptKey, _ level: Level, at now: Instant) throws {
        // Never longer than the policy says, even after the clock was set back by a year.
        let wait = min(level.blockedUntil.since(now), key.policy.longest)
        if wait > .zero { throw AppError.tooMany(retryAfter: wait) }
    }

    private func counted(_ level: Level, _ policy: AttemptKey.Policy, at now: Instant) -> Level {
        var next = level
        // Beyond this more failures make no longer block, only a longer memory.
        next.failures = min(level.failures + 1, policy.limit + 10)
        let over = next.failures - policy.limit
        if over >= 0 {
            next.blockedUntil = now.adding(min(policy.block * (1 << min(over, 10)), policy.longest))
            // Nothing is forgotten while the door is shut; otherwise the blocks would stop growing.
            next.since = next.blockedUntil
        }
        return next
    }

    private func giveBack(_ key: AttemptKey, at now: Instant) throws {
        var level = try level(of: key, at: now)
        level.failures = max(0, level.failures - 1)
        if level.failures < key.policy.limit {
            level.blockedUntil = Instant(milliseconds: 0)
            level.since = min(level.since, now)
        }
        try store(key, level)
    }

    private func store(_ key: AttemptKey, _ level: Level) throws {
        try tx.run(
            """
            INSERT INTO secret_attempt (key, failures, since, blocked_until) \
            VALUES (\(key.text), \(level.failures), \(level.since), \(level.blockedUntil)) ON CONFLICT (key) DO UPDATE \
            SET failures = excluded.failures, since = excluded.since, blocked_until = excluded.blocked_until
            """)
    }
}
