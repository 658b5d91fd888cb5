import Storage

extension NoticeSource {
    /// What a unit must issue: known to the office as long as its unit, or the place in which it stands, is asked for
    /// it and the higher document is known. Short, since the head of every page asks it; of the unit nothing is told
    /// but the name of the office's own.
    static let duties = NoticeSource(kind: .requirement) { viewer in
        let own = [viewer.office?.unit, viewer.office?.place].compactMap(\.self)
        guard !own.isEmpty else { return "1 = 0" }
        return """
            EXISTS (SELECT 1 FROM document_requirement q JOIN document_duty y ON y.requirement_id = q.id \
            JOIN document d ON d.id = q.document_id WHERE q.id = n.subject_id AND q.uid = n.subject_uid \
            AND y.unit_id IN (\(list: own)) AND y.removed = 0 AND \(DocumentScope(viewer).condition()) LIMIT 1 OFFSET 0)
            """
    } name: { tx, viewer, _, ids in
        let rows = try tx.all(
            """
            SELECT q.id, q.uid, q.title, d.sign, d.title FROM document_requirement q
            JOIN document d ON d.id = q.document_id
            WHERE q.id IN (\(list: ids)) AND \(DocumentScope(viewer).condition()) ORDER BY q.id
            """)
        var names: [Int64: NoticeSubject] = [:]
        for row in rows {
            let (wanted, sign) = (try row.text(2), try row.text(3))
            let said = wanted.isEmpty ? try row.text(4) : wanted
            let title = [sign, said].filter { !$0.isEmpty }.joined(separator: " · ")
            names[try row.int64(0)] = NoticeSubject(
                title: title, href: "/requirements/\(try row.uid(1))", unit: viewer.office?.unitName ?? "")
        }
        return names
    }
}
