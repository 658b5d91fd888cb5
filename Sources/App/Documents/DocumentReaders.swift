import Storage

/// Somebody who may know of a document though neither unit nor right would tell them: a restricted one above all.
public struct DocumentReader: Sendable, Equatable {
    public let office: UID
    /// Nil when the viewer may not know of the person.
    public let person: String?
    public let title: String
    public let unitName: String
    public let namedAt: Instant
}

extension DocumentStore {
    /// So many are named for one document; more are a unit.
    static let readerLimit = 200

    /// Names the holder of an office, who knows of the document as long as they hold it.
    public func name(reader office: UID, of uid: UID, seen: Int?, at now: Instant) throws -> DocumentRow {
        let row = try find(uid, may: \.mayName)
        if row.document.secrecy == .public { throw AppError.conflict(Message("document.error.reader_public")) }
        try bump(row, seen: seen)
        let named = try reader(office)
        let id = row.document.id
        let count = try tx.first("SELECT COUNT(*) FROM document_reader WHERE document_id = \(id)")?.int(0) ?? 0
        if count >= DocumentStore.readerLimit {
            throw AppError.invalid([
                Problem("office", "document.error.many_readers", ["max": .number(DocumentStore.readerLimit)])
            ])
        }
        let added = try tx.run(
            """
            INSERT INTO document_reader (document_id, office_id, named_at) VALUES (\(id), \(named.office.id), \(now))
            ON CONFLICT (document_id, office_id) DO NOTHING
            """)
        guard added > 0 else {
            throw AppError.invalid([
                Problem("office", "document.error.reader_named", ["title": .text(named.office.title)])
            ])
        }
        try DocumentMap(tx: tx).refresh(id)
        try record(.changed, row.document, after: ["reader": office.text], at: now)
        return try find(uid)
    }

    /// From then on they know of it only as everybody else does.
    public func unname(reader office: UID, of uid: UID, seen: Int?, at now: Instant) throws -> DocumentRow {
        let row = try find(uid, may: \.mayName)
        try bump(row, seen: seen)
        let removed = try tx.run(
            """
            DELETE FROM document_reader WHERE document_id = \(row.document.id)
            AND office_id = (SELECT o.id FROM office o WHERE o.uid = \(office))
            """)
        guard removed > 0 else { throw AppError.notFound }
        try DocumentMap(tx: tx).refresh(row.document.id)
        try record(.changed, row.document, before: ["reader": office.text], after: [:], at: now)
        return try find(uid)
    }

    /// For those who see who was asked for an opinion; units that the viewer may not know of are left out.
    func readers(of row: DocumentRow, _ rights: DocumentAbilities) throws -> [DocumentReader] {
        guard rights.seesOpinions, row.document.secrecy > .public else { return [] }
        let known = try PersonAccess(tx: tx, viewer: viewer, today: today).known()
        return try tx.all(
            """
            SELECT o.uid, p.name, o.title, \(UnitLife.name(today)), r.named_at FROM document_reader r
            JOIN office o ON o.id = r.office_id JOIN unit u ON u.id = o.unit_id
            LEFT JOIN person p ON p.id = o.person_id AND \(known)
            WHERE r.document_id = \(row.document.id) AND \(UnitScope(viewer).condition)
            ORDER BY r.named_at, o.id
            """
        ).map { row in
            DocumentReader(
                office: try row.uid(0), person: try row.optionalText(1), title: try row.text(2),
                unitName: try row.optionalText(3) ?? "", namedAt: try row.instant(4))
        }
    }

    private func reader(_ office: UID) throws -> OfficeRow {
        let people = PersonStore(tx: tx, viewer: viewer, today: today)
        guard let named = try ifKnown(people.office(office)) else {
            throw AppError.invalid([Problem("office", "document.error.office_unknown")])
        }
        if named.office.from > today || named.office.to <= today {
            throw AppError.invalid([Problem("office", "document.error.office_over")])
        }
        return named
    }
}
