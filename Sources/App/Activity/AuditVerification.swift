import Storage

/// Proves the chain, page by page in one snapshot, holding no more than a page of it.
struct AuditVerification {
    static let shown = 100
    /// A longer wait than this says that no node is sealing.
    static let patience: Duration = .seconds(60)
    private static let page = 2_000
    /// Finding where a misplaced seal belongs reads the whole chain: not more often than this.
    private static let searches = 10

    let tx: Transaction
    let now: Instant
    private var report = AuditReport()
    private var named: Set<String> = []
    private var expected: [UInt8] = []
    private var newest = Int64.min
    private var searched = 0
    private var checkpoints: [Int64: [AuditCheckpoint]] = [:]

    init(tx: Transaction, now: Instant) {
        self.tx = tx
        self.now = now
    }

    /// One row of the chain with its event, if that is there.
    private struct Link {
        let seq: Int64
        let content: [UInt8]
        let digest: [UInt8]
        let chain: [UInt8]
        let event: SealableEvent?
        let at: Int64?

        static let columns: SQL = "s.seq, s.content, s.digest, s.chain"

        init(_ row: Row) throws {
            seq = try row.int64(0)
            content = try row.blob(1)
            digest = try row.blob(2)
            chain = try row.blob(3)
            event = try row.isNull(4) ? nil : try SealableEvent(row, from: 4)
            at = try row.optionalInt64(6)
        }
    }

    mutating func run(_ given: [AuditCheckpoint], key: String?) throws -> AuditReport {
        let origin = try AuditChain(tx: tx).origin()
        expected = ChainLink.zero(origin: origin)
        accept(given, origin: origin, key: key)
        named = try erasures()
        try walk()
        closeCheckpoints()
        try unsealed()
        return report
    }

    private mutating func walk() throws {
        var last: Int64 = 0
        while true {
            let rows = try tx.all(
                """
                SELECT \(Link.columns), \(SealableEvent.columns) FROM audit_seal s
                LEFT JOIN event e ON e.id = s.event_id
                WHERE s.seq > \(last) ORDER BY s.seq LIMIT \(AuditVerification.page)
                """)
            for row in rows {
                let link = try Link(row)
                try check(link, after: last)
                last = link.seq
                report.end = last
                if report.isIntact { report.intactTo = last }
            }
            guard rows.count == AuditVerification.page else { break }
        }
        let outside = try tx.first("SELECT COUNT(*) FROM audit_seal WHERE seq < 1")?.int64(0) ?? 0
        if outside > 0 { report.add(AuditFinding(.sealChanged, "\(outside) seal(s) with a number below 1")) }
    }

    private mutating func check(_ link: Link, after last: Int64) throws {
        let due = last &+ 1
        if link.seq == due {
            expected = try checkLink(link)
        } else {
            report.add(
                AuditFinding(.sealMissing, seq: due, "the seals from \(due) to \(link.seq - 1) are missing"))
            expected = link.chain
        }
        try checkEvent(link)
        if let checkpoint = checkpoints.removeValue(forKey: link.seq) { compare(checkpoint, link) }
    }

    /// Returns what the next link must follow from.
    private mutating func checkLink(_ link: Link) throws -> [UInt8] {
        let chain = ChainLink.next(after: expected, seq: link.seq, digest: link.digest)
        if chain == link.chain { return chain }
        if let (place, chain) = try misplaced(link) {
            report.add(
                AuditFinding(
                    .sealReordered, seq: link.seq, uid: link.event?.uid.text,
                    "the seal that belongs here stands at seq \(place)"))
            return chain
        }
        report.add(
            AuditFinding(
                .chainBroken, seq: link.seq, uid: link.event?.uid.text,
                "this link does not follow from the one before it"))
        return link.chain
    }

    /// Where the seal stands that would continue the chain here, and the link it makes; nil when there is none or we
    /// have searched enough.
    private mutating func misplaced(_ link: Link) throws -> (seq: Int64, chain: [UInt8])? {
        guard searched < AuditVerification.searches else { return nil }
        searched += 1
        var place: (seq: Int64, chain: [UInt8])?
        try tx.each("SELECT seq, digest, chain FROM audit_seal ORDER BY seq") { row in
            let seq = try row.int64(0)
            let here = ChainLink.next(after: expected, seq: link.seq, digest: try row.blob(1))
            let chain = try row.blob(2)
            if seq != link.seq, here == chain || here == link.chain { place = (seq, here) }
            return place == nil
        }
        return place
    }

    private mutating func checkEvent(_ link: Link) throws {
        guard let event = link.event else {
            return report.add(AuditFinding(.eventMissing, seq: link.seq, "the sealed event is not there any more"))
        }
        let content = event.isErased ? link.content : event.content()
        guard event.digest(content: content) == link.digest else { return try changed(event, link) }
        if content != link.content {
            report.add(AuditFinding(.sealChanged, seq: link.seq, uid: event.uid.text, "the kept commitment differs"))
        }
        if event.isErased { checkErased(event, link) }
        noteTime(link, event)
    }

    private mutating func changed(_ event: SealableEvent, _ link: Link) throws {
        let digest = event.digest(content: event.isErased ? link.content : event.content())
        if let row = try tx.first("SELECT seq FROM audit_seal WHERE digest = \(digest) LIMIT 1") {
            return report.add(
                AuditFinding(
                    .sealReordered, seq: link.seq, uid: event.uid.text,
                    "the seal of this event stands at seq \(try row.int64(0))"))
        }
        report.add(
            AuditFinding(
                .eventChanged, seq: link.seq, uid: event.uid.text, "the event is not the one that was sealed"))
    }

    private mutating func checkErased(_ event: SealableEvent, _ link: Link) {
        if !event.payload.isEmpty || !event.actor.isEmpty || !event.salt.isEmpty {
            report.add(
                AuditFinding(
                    .eventChanged, seq: link.seq, uid: event.uid.text, "marked erased, and yet it has content"))
        } else if named.contains(event.uid.text) {
            report.erased += 1
        } else {
            report.add(
                AuditFinding(
                    .erasedWithoutRecord, seq: link.seq, uid: event.uid.text, "no intact erasure names this event"))
        }
    }

    /// A time long before that of an event sealed earlier: a back-dated event, or a clock that was set back.
    private mutating func noteTime(_ link: Link, _ event: SealableEvent) {
        guard let at = link.at else { return }
        let gap = Instant(milliseconds: newest).since(Instant(milliseconds: at))
        if newest != .min, gap > .seconds(3_600), report.notes.count < 20 {
            report.notes.append(
                """
                Note: event \(event.uid.text) at seq \(link.seq) carries a time \(gap.components.seconds / 60) minutes \
                before an event sealed earlier: the clock was set back, it waited unsealed, or it is back-dated.
                """)
        }
        newest = max(newest, at)
    }
}

extension AuditVerification {
    /// The uids that intact erasures name. Held in memory: as many as have ever been erased.
    private func erasures() throws -> Set<String> {
        var uids: Set<String> = []
        try tx.each(
            """
            SELECT \(SealableEvent.columns), s.content, s.digest FROM event e
            LEFT JOIN audit_seal s ON s.event_id = e.id WHERE e.verb = \(Event.Verb.erased.rawValue) AND e.erased = 0
            """
        ) { row in
            let event = try SealableEvent(row)
            let isSound = try row.isNull(16) || event.digest(content: event.content()) == row.blob(16)
            let names = EventPayload(parsing: event.payload)?.after[Event.erasedEvents] ?? ""
            if isSound { uids.formUnion(names.split(separator: " ").map(String.init)) }
            return true
        }
        return uids
    }

    private mutating func accept(_ given: [AuditCheckpoint], origin: UID, key: String?) {
        for checkpoint in given {
            guard checkpoint.isSignatureValid, checkpoint.seq >= 0 else {
                report.add(AuditFinding(.badCheckpoint, seq: checkpoint.seq, "its signature is not that of its key"))
                continue
            }
            guard checkpoint.origin == origin.text else {
                report.add(AuditFinding(.badCheckpoint, seq: checkpoint.seq, "it belongs to another installation"))
                continue
            }
            if let key, key != checkpoint.publicKey {
                report.add(
                    AuditFinding(
                        .badCheckpoint, seq: checkpoint.seq, "it is signed by another key than this installation's"))
                continue
            }
            checkpoints[checkpoint.seq, default: []].append(checkpoint)
            report.checkpoints += 1
            report.vouchedTo = max(report.vouchedTo ?? 0, checkpoint.seq)
        }
        if let zero = checkpoints.removeValue(forKey: 0) {
            for checkpoint in zero where Hex.decode(checkpoint.chain) != expected {
                report.add(AuditFinding(.rewritten, seq: 0, "the checkpoint of \(checkpoint.at) begins otherwise"))
            }
        }
    }

    private mutating func compare(_ signed: [AuditCheckpoint], _ link: Link) {
        for checkpoint in signed where Hex.decode(checkpoint.chain) != link.chain {
            report.add(
                AuditFinding(
                    .rewritten, seq: link.seq,
                    "the chain differs from the checkpoint of \(checkpoint.at): it was rewritten here or before"))
        }
    }

    /// Checkpoints whose place the walk never reached.
    private mutating func closeCheckpoints() {
        for (seq, signed) in checkpoints.sorted(by: { $0.key < $1.key }) {
            let when = signed.first?.at ?? ""
            report.add(
                AuditFinding(
                    .truncated, seq: seq,
                    "the checkpoint of \(when) vouches for this seal; the chain ends at \(report.end)"))
        }
    }

    private mutating func unsealed() throws {
        let waiting = try tx.first(
            """
            SELECT COUNT(*), MIN(e.at) FROM audit_pending p JOIN event e ON e.id = p.event_id
            WHERE NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.event_id = p.event_id)
            """)
        report.pending = try waiting?.int(0) ?? 0
        report.oldestPending = try waiting?.optionalInstant(1).map { now.since($0) }
        if let age = report.oldestPending, age > AuditVerification.patience {
            report.notes.append("Note: events wait for longer than a minute: no node is sealing.")
        }
        let lost = try tx.first(
            """
            SELECT COUNT(*) FROM audit_pending p WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.id = p.event_id)
            """)
        if let lost = try lost?.int(0), lost > 0 {
            report.add(AuditFinding(.eventMissing, "\(lost) event(s) that waited for sealing are not there any more"))
        }
        try tx.each(
            """
            SELECT e.uid FROM event e WHERE NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.event_id = e.id)
            AND NOT EXISTS (SELECT 1 FROM audit_pending p WHERE p.event_id = e.id)
            """
        ) { row in
            report.add(
                AuditFinding(
                    .eventAdded, uid: try row.text(0), "neither sealed nor waiting: added from outside this program"))
            return true
        }
    }
}

extension AuditChain {
    /// Proves the chain in this snapshot. `key` is the installation's public key in hexadecimal, where it is known:
    /// a checkpoint signed by another one is a finding.
    public func verify(
        checkpoints: [AuditCheckpoint] = [], key: String? = nil, at now: Instant
    ) throws -> AuditReport {
        var verification = AuditVerification(tx: tx, now: now)
        return try verification.run(checkpoints, key: key)
    }
}
