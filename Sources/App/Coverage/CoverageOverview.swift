import Storage

/// A document that requires, with how far it is concretised as the viewer may know.
public struct CoverageSummary: Sendable {
    public let document: DocumentRow
    /// The first of the deadlines.
    public let due: Day
    public let counts: CoverageCounts
}

extension CoverageStore {
    /// Parts of a cursor of ``overview(page:)``.
    static let overviewParts = 3

    /// The documents that require something of units whose duties the viewer may know of: first where somebody has
    /// not issued yet, each by its first deadline, so that what has been waiting longest comes first.
    public func overview(page: PageRequest = .first) throws -> Page<CoverageSummary> {
        let found = try tx.all(
            """
            SELECT \(DocumentRow.columns(DocumentScope(viewer))), k.due_on, k.settled
            FROM (\(ranked)) k JOIN document d ON d.id = k.document_id \(DocumentRow.issuer(viewer))
            WHERE \(try beyond(page.after)) ORDER BY k.settled, k.due_on, k.document_id LIMIT \(page.limit + 1)
            """)
        let rows = found.prefix(page.limit)
        let counts = try counts(of: try rows.map { try DocumentRow($0).document.id })
        let items = try rows.map { row in
            let document = try DocumentRow(row)
            return CoverageSummary(
                document: document, due: try row.day(DocumentRow.width),
                counts: counts[document.document.id] ?? CoverageCounts())
        }
        var next: Cursor?
        if found.count > page.limit, let last = rows.last, let item = items.last {
            next = Cursor([String(try last.int(DocumentRow.width + 1)), item.due.text, item.document.uid.text])
        }
        let total = page.after == nil && next == nil ? items.count : try total()
        return Page(items: items, next: next, total: min(total, countCap), totalIsFloor: total > countCap)
    }

    /// Of what the viewer may know alone: a deadline tells of its requirement.
    private var required: SQL {
        """
        SELECT q.document_id, MIN(q.due_on) AS due_on FROM document_requirement q
        WHERE q.withdrawn = 0 AND \(knownRequirement) GROUP BY q.document_id
        """
    }

    /// `settled` is 0 as long as a unit has still to issue something.
    private var ranked: SQL {
        """
        SELECT g.document_id, g.due_on, CASE WHEN \(scope.anyDuty("y.document_id = d.id AND y.state = 'open'")) \
        THEN 0 ELSE 1 END AS settled
        FROM (\(required)) g JOIN document d ON d.id = g.document_id WHERE \(known)
        """
    }

    private var known: SQL {
        "\(DocumentScope(viewer).condition()) AND \(scope.anyDuty("y.document_id = d.id"))"
    }

    private func total() throws -> Int {
        try tx.first(
            """
            SELECT COUNT(*) FROM (SELECT 1 FROM (\(required)) g JOIN document d ON d.id = g.document_id
            WHERE \(known) LIMIT \(countCap + 1)) n
            """)?.int(0) ?? 0
    }

    private func beyond(_ cursor: Cursor?) throws -> SQL {
        guard let parts = cursor?.parts, parts.count == CoverageStore.overviewParts, let settled = Int64(parts[0])
        else { return "1 = 1" }
        return """
            (k.settled, k.due_on, k.document_id) > \
            (\(settled), \(parts[1]), (SELECT x.id FROM document x WHERE x.uid = \(parts[2])))
            """
    }

    /// Of all documents of a page by one statement.
    private func counts(of documents: [ID<Document>]) throws -> [ID<Document>: CoverageCounts] {
        var all: [ID<Document>: CoverageCounts] = [:]
        guard !documents.isEmpty else { return all }
        let rows = try tx.all(
            """
            SELECT y.document_id, y.requirement_id, \(DutyStatus.column(today)), COUNT(*) FROM document_duty y
            JOIN unit u ON u.id = y.unit_id WHERE y.document_id IN (\(list: documents)) AND y.state <> 'removed'
            AND \(scope.condition) GROUP BY 1, 2, 3
            """)
        for row in rows {
            guard let status = DutyStatus(rawValue: try row.text(2)) else { continue }
            all[try row.id(0), default: CoverageCounts()].add(try row.int(3), status, of: try row.id(1))
        }
        return all
    }
}

extension DutyStatus {
    /// The status of `document_duty y` on a day, as ``init(_:due:fulfilledOn:on:)`` finds it.
    static func column(_ today: Day) -> SQL {
        """
        CASE WHEN y.state = 'open' AND y.due_on < \(today) THEN 'late' WHEN y.state = 'open' THEN 'due' \
        WHEN y.state = 'done' AND y.fulfilled_on > y.due_on THEN 'done-late' ELSE y.state END
        """
    }
}
