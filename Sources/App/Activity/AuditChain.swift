public import Storage

/// The chain over all events: sealing, its end, and (in AuditVerification.swift) its proof.
public struct AuditChain {
    let tx: Transaction

    public init(tx: Transaction) { self.tx = tx }

    /// Events sealed in one transaction.
    public static let batch = 1_000

    /// Where the chain ends.
    public struct End: Sendable, Equatable {
        /// 0 when nothing has been sealed.
        public let seq: Int64
        public let chain: [UInt8]
    }

    /// The uid of this installation, with which the chain begins.
    public func origin() throws -> UID {
        guard let row = try tx.first("SELECT value FROM installation WHERE key = 'origin'") else {
            throw StorageError.decoding("the installation has no origin: run resolute init or resolute migrate")
        }
        return try row.uid(0)
    }

    public func end() throws -> End {
        guard let row = try tx.first("SELECT seq, chain FROM audit_seal ORDER BY seq DESC LIMIT 1") else {
            return End(seq: 0, chain: ChainLink.zero(origin: try origin()))
        }
        return End(seq: try row.int64(0), chain: try row.blob(1))
    }

    /// The cheap look before a sealing: one step into an index that is nearly always empty.
    public func hasPending() throws -> Bool {
        try tx.first("SELECT p.event_id FROM audit_pending p JOIN event e ON e.id = p.event_id LIMIT 1") != nil
    }

    /// Seals what waits, oldest key first, at most a batch; returns how many. In a write transaction.
    ///
    /// On PostgreSQL a lower key may commit after a higher one: it is simply sealed later. Two sealers never fork the
    /// chain: `seq` is unique and the transaction serializable, so the second one starts again after the first.
    @discardableResult public func seal(limit: Int = AuditChain.batch) throws -> Int {
        let waiting = try tx.all(
            """
            SELECT \(SealableEvent.columns), s.seq FROM audit_pending p JOIN event e ON e.id = p.event_id
            LEFT JOIN audit_seal s ON s.event_id = e.id ORDER BY p.event_id LIMIT \(limit)
            """)
        guard let last = try waiting.last?.int64(0) else { return 0 }
        let unsealed = try waiting.filter { try $0.isNull(15) }.map { try SealableEvent($0) }
        let end = try end()
        try tx.insert(
            into: "audit_seal", ["seq", "event_id", "content", "digest", "chain"], rows: rows(unsealed, after: end))
        try tx.run(
            """
            DELETE FROM audit_pending WHERE event_id <= \(last)
            AND EXISTS (SELECT 1 FROM event e WHERE e.id = audit_pending.event_id)
            """)
        return unsealed.count
    }

    private func rows(_ events: [SealableEvent], after end: End) -> [[SQLValue]] {
        var seq = end.seq
        var chain = end.chain
        return events.map { event in
            seq &+= 1
            let content = event.content()
            let digest = event.digest(content: content)
            chain = ChainLink.next(after: chain, seq: seq, digest: digest)
            return [.integer(seq), event.id.sqlValue, .blob(content), .blob(digest), .blob(chain)]
        }
    }
}
