public import Storage

/// What an administrator looks at: how far the chain goes, and when it was last proved.
struct AuditState: Sendable {
    let sealed: Int64
    let pending: Int
    let oldestPending: Duration?
    let proof: AuditProof?
    let jobs: [JobState]

    struct JobState: Sendable {
        let name: String
        let ranAt: Instant
        let failed: Bool
    }

    init(tx: Transaction, now: Instant) throws {
        sealed = try AuditChain(tx: tx).end().seq
        let waiting = try tx.first(
            "SELECT COUNT(*), MIN(e.at) FROM audit_pending p JOIN event e ON e.id = p.event_id")
        pending = try waiting?.int(0) ?? 0
        oldestPending = try waiting?.optionalInstant(1).map { now.since($0) }
        proof = try AuditProof.last(tx)
        jobs = try tx.all("SELECT name, ran_at, outcome FROM job_lease ORDER BY name").map {
            JobState(name: try $0.text(0), ranAt: try $0.instant(1), failed: try $0.text(2).hasPrefix("failed"))
        }
    }
}

/// The last verification, as it is remembered in the database: for the eye only, it proves nothing itself.
public struct AuditProof: Sendable, Equatable {
    public let at: Instant
    public let seq: Int64
    public let findings: Int

    public init(at: Instant, seq: Int64, findings: Int) {
        self.at = at
        self.seq = seq
        self.findings = findings
    }

    private static let key = "audit-proof"

    public static func last(_ tx: Transaction) throws -> AuditProof? {
        guard let row = try tx.first("SELECT value FROM installation WHERE key = \(key)") else { return nil }
        let parts = try row.text(0).split(separator: " ").compactMap { Int64($0) }
        guard parts.count == 3, let findings = Int(exactly: parts[2]) else { return nil }
        return AuditProof(at: Instant(milliseconds: parts[0]), seq: parts[1], findings: findings)
    }

    public func keep(_ tx: Transaction) throws {
        let value = "\(at.milliseconds) \(seq) \(findings)"
        try tx.run(
            """
            INSERT INTO installation (key, value) VALUES (\(AuditProof.key), \(value))
            ON CONFLICT (key) DO UPDATE SET value = excluded.value
            """)
    }
}
