import Storage

extension OfficeWork {
    /// Drafts on which the office was asked for its opinion and has not given it.
    static let opinions = OfficeWork(kind: "opinion") { leaving in
        try leaving.documents.openWork(of: leaving.office.office)
    } handOver: { leaving, successor in
        Handed(
            went: try leaving.documents.handOverRequests(
                of: leaving.office.office, to: successor.office, at: leaving.now))
    }
}

extension OfficeLeaving {
    fileprivate var documents: DocumentStore { DocumentStore(tx: tx, viewer: viewer, today: today) }
}

/// A request for an opinion that has not been answered.
private struct OpenRequest {
    let row: DocumentRow
    let id: Int64
    let dueOn: Day
}

extension DocumentStore {
    fileprivate func openWork(of office: Office) throws -> [OfficeWorkItem] {
        let which = isOpenRequest(to: office.id)
        let few = try requests(which, limit: OfficeWork.ownLines + 1)
        guard few.count > OfficeWork.ownLines else {
            return few.map { request in
                OfficeWorkItem(
                    kind: "opinion",
                    title: Message(
                        "office-work.opinion.words",
                        [
                            "title": .text(request.row.document.title),
                            "issuer": .text(request.row.document.issuerName),
                        ]), href: request.row.href, count: 1, fate: .handedOver)
            }
        }
        let count = try tx.first(
            "SELECT COUNT(*) FROM document_opinion q JOIN document d ON d.id = q.document_id \(issuer) WHERE \(which)")
        return [
            OfficeWorkItem(
                kind: "opinion", title: Message("office-work.opinion.all"), href: "/documents?state=draft",
                count: try count?.int(0) ?? 0, fate: .handedOver)
        ]
    }

    /// The successor is asked in place of the office, unless it was asked already, and may know of the draft from then
    /// on.
    fileprivate func handOverRequests(of old: Office, to new: Office, at now: Instant) throws -> Int {
        let which: SQL = """
            \(isOpenRequest(to: old.id)) AND NOT EXISTS (SELECT 1 FROM document_opinion x \
            WHERE x.document_id = d.id AND x.office_id = \(new.id))
            """
        var count = 0
        while true {
            let batch = try requests(which, limit: OfficeWork.batch)
            if batch.isEmpty { return count }
            try tx.run(
                "UPDATE document_opinion SET office_id = \(new.id) WHERE id IN (\(list: batch.map(\.id)))")
            try DocumentMap(tx: tx).refresh(batch.map(\.row.document.id.value))
            for request in batch {
                try record(
                    .asked, request.row.document,
                    after: [
                        "office": new.title, "moved_from": old.uid.text, "successor": new.uid.text,
                        "due_on": request.dueOn == .never ? "" : request.dueOn.text,
                    ], at: now)
            }
            count += batch.count
        }
    }

    private func requests(_ which: SQL, limit: Int) throws -> [OpenRequest] {
        try tx.all(
            """
            SELECT \(DocumentRow.columns(scope)), q.id, q.due_on FROM document_opinion q
            JOIN document d ON d.id = q.document_id \(issuer) WHERE \(which) ORDER BY q.id LIMIT \(limit)
            """
        ).map { row in
            OpenRequest(
                row: try DocumentRow(row), id: try row.int64(DocumentRow.width),
                dueOn: try row.day(DocumentRow.width + 1)
            )
        }
    }

    private var issuer: SQL { DocumentRow.issuer(viewer) }

    /// On `document_opinion q`, its draft `d` and the issuer `u`. Who was asked is known to whoever sees the draft's
    /// opinions, as ``DocumentAbilities/seesOpinions`` says, and to the office itself.
    private func isOpenRequest(to office: ID<Office>) -> SQL {
        let open: SQL = """
            q.office_id = \(office) AND q.given_at IS NULL AND d.state = 'draft' AND \(scope.condition())
            """
        if viewer.isSystem || ownOffices.contains(office) { return open }
        var ways = Secrecy.allCases.map { level -> SQL in
            let led = UnitScope(viewer.reaching(level)).within(DocumentScope.drafters)
            return "(d.secrecy = \(level.rawValue) AND \(led))"
        }
        if let own = viewer.office?.unit { ways.append("d.issuer_id = \(own)") }
        return "\(open) AND (\(ways.joined(" OR ")))"
    }
}
