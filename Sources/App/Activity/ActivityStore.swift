public import Storage

/// What was done, as it is recorded and read back: made from a transaction and a viewer, like every store.
///
/// An act is recorded in the transaction that does it, so that no change is without its event and no event
/// without its change.
public struct ActivityStore {
    let tx: Transaction
    let viewer: Viewer
    /// The day of the rights by which names inside events are shown; nil for the day of which the viewer is made.
    let today: Day?
    /// A subtree up to this size is asked unit by unit, a larger one by a walk; see `ActivityReading.swift`.
    var fewUnits = 2_000

    public init(tx: Transaction, viewer: Viewer, today: Day? = nil) {
        self.tx = tx
        self.viewer = viewer
        self.today = today
    }

    /// Writes the event, with the viewer as its actor, and queues it for sealing.
    @discardableResult public func record(_ event: Event, at now: Instant) throws -> ID<Event> {
        let uid = UID.new(at: now)
        let payload = try EventPayload(event, viewer: viewer, delegation: delegationUID(), at: now).text()
        let row = try tx.all(
            """
            INSERT INTO event (uid, at, person_id, office_id, delegation_id, actor, verb, subject_kind, subject_id,
                subject_uid, unit_id, payload, salt, erased, is_open)
            VALUES (\(uid), \(now), \(viewer.personID), \(viewer.office?.id), \(viewer.office?.onBehalf?.delegation),
                \(EventPayload.actor(viewer)), \(event.verb.rawValue), \(event.subject.kind.rawValue),
                \(event.subject.id), \(event.subject.uid), \(event.unit), \(payload), \(ActivityStore.newSalt()), 0,
                \(try isOpen(event)))
            RETURNING id
            """
        ).first
        guard let row else { throw StorageError.decoding("the new event has no id") }
        let id: ID<Event> = try row.id(0)
        try tx.run("INSERT INTO audit_pending (event_id) VALUES (\(id))")
        return id
    }

    /// Writes the events of many records that one act changed: as ``record(_:at:)``, in two statements for all.
    public func record(_ events: [Event], at now: Instant) throws {
        let delegation = try delegationUID()
        let columns: [StaticString] = [
            "id", "uid", "at", "person_id", "office_id", "delegation_id", "actor", "verb", "subject_kind", "subject_id",
            "subject_uid", "unit_id", "payload", "salt", "erased", "is_open",
        ]
        let ids = try ImportKeys.next(events.count, of: "event", tx)
        let actor: [SQLValue] = [
            now.sqlValue, viewer.personID?.sqlValue ?? .null, viewer.office?.id.sqlValue ?? .null,
            viewer.office?.onBehalf?.delegation.sqlValue ?? .null, .text(EventPayload.actor(viewer)),
        ]
        try tx.insert(
            into: "event", columns,
            rows: try zip(ids, events).map { id, event -> [SQLValue] in
                let payload = try EventPayload(event, viewer: viewer, delegation: delegation, at: now).text()
                var cells: [SQLValue] = [.integer(id), UID.new(at: now).sqlValue]
                cells += actor
                cells += [
                    .text(event.verb.rawValue), .text(event.subject.kind.rawValue), .integer(event.subject.id),
                    event.subject.uid.sqlValue, event.unit?.sqlValue ?? .null, .text(payload),
                    .blob(ActivityStore.newSalt()), .integer(0), try isOpen(event).sqlValue,
                ]
                return cells
            })
        try tx.insert(into: "audit_pending", ["event_id"], rows: ids.map { [.integer($0)] })
    }

    /// After the secrecy of a unit has changed: which of its events everybody may find in the list of news.
    ///
    /// Forgetting to call this hides old events of a unit that became public; it never shows one that must be hidden.
    public func secrecyChanged(of unit: ID<OrgUnit>) throws {
        try tx.run(
            """
            UPDATE event SET is_open = (SELECT COUNT(*) FROM unit u WHERE u.id = event.unit_id AND u.secrecy = 0)
            WHERE unit_id = \(unit) AND subject_kind = 'unit'
            """)
    }

    private func isOpen(_ event: Event) throws -> Bool {
        if event.subject.kind == .document {
            let open = DocumentScope.Key(name: .everyone, holder: 0).scopeID
            return try tx.first(
                "SELECT 1 FROM document_scope WHERE document_id = \(event.subject.id) AND scope_id = \(open)") != nil
        }
        guard event.subject.kind == .unit, let unit = event.unit else { return false }
        return try tx.first("SELECT 1 FROM unit WHERE id = \(unit) AND secrecy = 0") != nil
    }

    private func delegationUID() throws -> UID? {
        guard let delegation = viewer.office?.onBehalf?.delegation else { return nil }
        return try tx.first("SELECT uid FROM delegation WHERE id = \(delegation)")?.uid(0)
    }

    /// 16 bytes that keep a guess at the content from being confirmed by its digest.
    private static func newSalt() -> [UInt8] {
        var random = SystemRandomNumberGenerator()
        return (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }
}
