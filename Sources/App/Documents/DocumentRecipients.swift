import Storage

/// To whom a document is addressed: its nơi nhận, who may know of it once it is issued.
extension DocumentStore {
    /// Units beyond this are not taken at once, so that a slip of the hand is not a document to the whole country.
    static let recipientLimit = 4_000

    /// Addresses the document to a unit; with `kind`, to every living unit of that kind in the unit's subtree instead.
    /// Returns how many were added.
    @discardableResult
    public func address(
        _ uid: UID, to unit: UID, kind: UnitKind?, seen: Int?, at now: Instant
    ) throws -> (row: DocumentRow, added: Int) {
        let row = try find(uid, may: \.mayAddress)
        try bump(row, seen: seen)
        guard let top = try ifKnown(units.find(unit)) else {
            throw AppError.invalid([Problem("unit", "document.error.unit_unknown")])
        }
        let wanted = try kind.map { try below(top, of: $0) } ?? [top.unit.id.value]
        guard !wanted.isEmpty else { throw AppError.invalid([Problem("kind", "document.error.no_units")]) }
        guard wanted.count <= DocumentStore.recipientLimit else {
            throw AppError.invalid([
                Problem("kind", "document.error.many_units", ["max": .number(DocumentStore.recipientLimit)])
            ])
        }
        let present = Set(
            try tx.all("SELECT unit_id FROM document_recipient WHERE document_id = \(row.document.id)")
                .map { try $0.int64(0) })
        let new = wanted.filter { !present.contains($0) }
        try insertRecipients(of: row.document.id, new)
        try DocumentMap(tx: tx).refresh(row.document.id)
        let named = new.count == 1 ? try units.eventName(top.uid) : String(new.count)
        try record(.changed, row.document, after: ["recipients": kind == nil ? named : String(new.count)], at: now)
        return (try find(uid), new.count)
    }

    func insertRecipients(of id: ID<Document>, _ units: [Int64]) throws {
        try tx.insert(
            into: "document_recipient", ["document_id", "unit_id"],
            rows: units.map { [.integer(id.value), .integer($0)] })
    }

    private func below(_ top: UnitRow, of kind: UnitKind) throws -> [Int64] {
        try tx.all(
            """
            SELECT DISTINCT u.id FROM unit_reach r JOIN unit u ON u.id = r.unit_id
            JOIN unit_version v ON v.unit_id = u.id AND v.from_day <= \(today) AND v.to_day > \(today)
            WHERE r.ancestor_id = \(top.unit.id) AND u.id <> \(top.unit.id) AND v.kind = \(kind.rawValue)
            AND \(UnitScope(viewer).condition) ORDER BY u.id LIMIT \(DocumentStore.recipientLimit + 1)
            """
        ).map { try $0.int64(0) }
    }

    /// Takes a unit off the address.
    @discardableResult
    public func unaddress(_ uid: UID, _ unit: UID, seen: Int?, at now: Instant) throws -> DocumentRow {
        let row = try find(uid, may: \.mayAddress)
        let gone = try units.find(unit)
        try bump(row, seen: seen)
        let removed = try tx.run(
            "DELETE FROM document_recipient WHERE document_id = \(row.document.id) AND unit_id = \(gone.unit.id)")
        guard removed > 0 else { throw AppError.notFound }
        try DocumentMap(tx: tx).refresh(row.document.id)
        try record(
            .changed, row.document, before: ["recipients": try units.eventName(unit)], after: [:], at: now)
        return try find(uid)
    }

    /// A page of the units addressed that the viewer may know of, by name. A document has a few thousand at most, so
    /// that they are read and cut here.
    func recipientPage(of id: ID<Document>, _ request: PageRequest) throws -> Page<UnitLink> {
        let all = try recipients(of: id, limit: DocumentStore.recipientLimit * 2).units
        let rest = request.after.map { after in all.drop { !isBehind($0, after) } } ?? all[...]
        let items = Array(rest.prefix(request.limit))
        let next = rest.count > items.count ? items.last.map { Cursor([$0.name, $0.uid.text]) } : nil
        return Page(items: items, next: next, total: all.count)
    }

    /// In the order of the database, which compares bytes.
    private func isBehind(_ unit: UnitLink, _ cursor: Cursor) -> Bool {
        let (own, last) = ([unit.name, unit.uid.text], cursor.parts)
        return last.map { Array($0.utf8) }.lexicographicallyPrecedes(own.map { Array($0.utf8) }) {
            $0.lexicographicallyPrecedes($1)
        }
    }

    /// The units addressed that the viewer may know of, by name; at most `limit`, with their whole number.
    func recipients(of id: ID<Document>, limit: Int = 200) throws -> (units: [UnitLink], count: Int) {
        let from: SQL = """
            FROM document_recipient n JOIN unit u ON u.id = n.unit_id WHERE n.document_id = \(id)
            AND \(UnitScope(viewer).condition)
            """
        let units = try tx.all("SELECT u.uid, \(UnitLife.name(today)) \(from) ORDER BY 2, u.uid LIMIT \(limit)").map {
            UnitLink(uid: try $0.uid(0), name: try $0.text(1))
        }
        guard units.count == limit else { return (units, units.count) }
        return (units, try tx.first("SELECT COUNT(*) \(from)")?.int(0) ?? units.count)
    }
}
