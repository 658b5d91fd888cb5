import Storage

/// What is over and of no more use. Events, seals and tokens are not: they are kept.
struct Cleaning {
    let tx: Transaction
    let now: Instant

    /// Returns in words how much went.
    func run(sessionIdle: Duration, sessionAge: Duration) throws -> String {
        let idle = now.adding(.zero - sessionIdle)
        let age = now.adding(.zero - sessionAge)
        let dayAgo = now.adding(.seconds(-86_400))
        let sessions = try tx.run("DELETE FROM session WHERE seen_at < \(idle) OR created_at < \(age)")
        let attempts = try tx.run("DELETE FROM secret_attempt WHERE since < \(dayAgo) AND blocked_until < \(now)")
        let answers = try tx.run("DELETE FROM idempotency WHERE at < \(dayAgo)")
        let monthAgo = now.adding(.seconds(-30 * 86_400))
        let links = try tx.run("DELETE FROM invitation WHERE expires_at < \(monthAgo)")
        return "sessions \(sessions), attempts \(attempts), answers \(answers), links \(links)"
    }
}
