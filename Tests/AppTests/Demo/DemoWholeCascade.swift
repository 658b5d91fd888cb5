import Storage
import Testing

@testable import App

/// Nothing that rests on a document of the demonstration is missing from its cascade: it is drawn, or counted in a group
/// whose list has it.
struct DemoWholeCascade {
    let store: DocumentStore

    func expect(of root: DocumentRow, holding count: Int) throws -> Cascade {
        let cascade = try store.cascade(root.uid)
        let resting = try below(root)
        var found = Set(cascade.documents.map(\.uid))
        for (group, _) in cascade.groups {
            let listed = try list(group, cascade)
            #expect(listed.count == group.count && group.count > CascadeSketch.apart, "\(group)")
            found.formUnion(listed)
        }
        #expect(!cascade.isCut && cascade.restingCount == resting.count && resting.count == count)
        #expect(resting.isSubset(of: found), "\(resting.subtracting(found).count) of \(resting.count) are missing")
        return cascade
    }

    /// By the links alone.
    private func below(_ root: DocumentRow) throws -> Set<UID> {
        let rows = try store.tx.all(
            """
            WITH RECURSIVE below(id) AS (SELECT CAST(\(root.document.id) AS BIGINT) UNION
                SELECT l.from_id FROM below b JOIN document_link l ON l.to_id = b.id AND l.kind <> 'cites')
            SELECT d.uid FROM below b JOIN document d ON d.id = b.id
            WHERE d.id <> \(root.document.id) AND d.state <> 'discarded'
            """)
        return Set(try rows.map { try $0.uid(0) })
    }

    private func list(_ group: CascadeSketch.Group, _ cascade: Cascade) throws -> Set<UID> {
        var filter = DocumentFilter(), uids: Set<UID> = []
        (filter.basis, filter.type, filter.through) = (cascade.nodes[group.on]?.uid, group.type, group.through)
        try store.each(filter) { uids.insert($0.uid) }
        return uids
    }
}
