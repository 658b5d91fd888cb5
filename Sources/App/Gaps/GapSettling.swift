import Storage

/// From open to drafted, closed or dropped, and back.
extension GapStore {
    @discardableResult
    public func decide(_ uid: UID, _ decision: GapDecision, seen: Int?, at now: Instant) throws -> GapRow {
        let row = try findKept(uid)
        try bump(row, seen: seen)
        switch decision {
        case .draft(let document):
            let draft = try named(document, state: .draft, "gap.error.not_draft")
            try require(!row.gap.state.isSettled, "gap.error.settled")
            try set(row, .drafting, document: draft.document.id)
            try record(.changed, row.gap, after: ["draft": documents.eventName(draft)], at: now)
        case .close(let document):
            let paper = try named(document, state: .issued, "coverage.error.not_issued")
            try require(!row.gap.state.isSettled, "gap.error.settled")
            try set(row, .closed, document: paper.document.id, on: today)
            try record(.closed, row.gap, after: ["fulfilled_by": documents.eventName(paper)], at: now)
        case .drop(let reason):
            try require(!row.gap.state.isSettled, "gap.error.settled")
            try requireReason(reason)
            try set(row, .dropped, on: today, settlement: reason)
            try record(.dropped, row.gap, after: ["reason": reason], at: now)
        case .reopen(let reason):
            try require(row.gap.state != .open, "gap.error.open")
            try requireReason(reason)
            try set(row, .open)
            try record(.reopened, row.gap, after: ["reason": reason], at: now)
        }
        return try made(uid)
    }

    private func named(_ uid: UID, state: Document.State, _ key: String) throws -> DocumentRow {
        guard let row = try ifKnown(documents.find(uid)) else {
            throw AppError.invalid([Problem("document", "document.error.unknown")])
        }
        guard row.document.state == state else { throw AppError.invalid([Problem("document", Message(key))]) }
        return row
    }

    private func require(_ condition: Bool, _ key: String) throws {
        if !condition { throw AppError.conflict(Message(key)) }
    }

    private func requireReason(_ reason: String) throws {
        if reason.isEmpty { throw AppError.invalid([Problem("reason", "field.missing")]) }
    }

    fileprivate func set(
        _ row: GapRow, _ state: Gap.State, document: ID<Document>? = nil, on day: Day = .never, settlement: String = ""
    ) throws {
        try tx.run(
            """
            UPDATE gap SET state = \(state.rawValue), settled = \(state.isSettled), document_id = \(document),
            settled_on = \(day), settlement = \(settlement) WHERE id = \(row.gap.id)
            """)
    }
}

/// What follows for gaps when a document is issued, withdrawn or given up, whoever did it.
struct GapFollowing {
    /// Sees every gap; its viewer is the actor of the events.
    let store: GapStore
    private var tx: Transaction { store.tx }

    func documentChanged(_ document: ID<Document>, at now: Instant) throws {
        guard let row = try tx.first("SELECT state FROM document WHERE id = \(document)") else { return }
        let state = Document.State(rawValue: try row.text(0))
        let all = GapStore(tx: tx, viewer: .system("gaps"), today: store.today)
        for row in try tx.all("SELECT uid FROM gap WHERE document_id = \(document) ORDER BY id") {
            let gap = try all.find(try row.uid(0))
            switch (state, gap.gap.state) {
            case (.issued, .drafting): try close(gap, document, at: now)
            case (.withdrawn, .closed), (.discarded, .drafting): try reopen(gap, document, at: now)
            default: break
            }
        }
    }

    private func close(_ gap: GapRow, _ document: ID<Document>, at now: Instant) throws {
        try follow(gap) { try store.set($0, .closed, document: document, on: store.today) }
        try store.record(.closed, gap.gap, after: ["fulfilled_by": try name(document)], at: now)
    }

    private func reopen(_ gap: GapRow, _ document: ID<Document>, at now: Instant) throws {
        try follow(gap) { try store.set($0, .open) }
        try store.record(.reopened, gap.gap, before: ["fulfilled_by": try name(document)], after: [:], at: now)
    }

    private func follow(_ gap: GapRow, _ change: (GapRow) throws -> Void) throws {
        try store.bump(gap, seen: nil)
        try change(gap)
    }

    private func name(_ document: ID<Document>) throws -> String {
        guard let row = try tx.first("SELECT uid, sign, secrecy, state FROM document WHERE id = \(document)") else {
            return ""
        }
        // As DocumentStore.eventName: by number when everybody may know of it.
        let isOpen = try row.int(2) == 0 && row.text(3) == Document.State.issued.rawValue && !row.text(1).isEmpty
        return isOpen ? try row.text(1) : try row.text(0)
    }
}

extension DocumentStore {
    /// After an act that makes a document stand or fall, or names another: the duties that it fulfils and the gaps
    /// that it closes follow.
    func follow(_ document: ID<Document>, at now: Instant) throws {
        let coverage = CoverageStore(tx: tx, viewer: viewer, today: today)
        try DutyMatching(store: coverage).documentChanged(document, at: now)
        let gaps = GapStore(tx: tx, viewer: viewer, today: today)
        try GapFollowing(store: gaps).documentChanged(document, at: now)
    }
}
