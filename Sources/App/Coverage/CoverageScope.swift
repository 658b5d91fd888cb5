import Storage

/// Whose duties a viewer may know of. The one place where it is decided; every query of duties splices this in, beside
/// the scope of the higher document.
///
/// What a unit owes is internal, also of a unit that everybody may know of: it is known to the offices of the unit
/// and of the bodies that stand in it, and through a grant over it that reaches what is internal. So a commune sees
/// its own line, and a province's secretariat those of the units under it.
struct CoverageScope {
    let viewer: Viewer

    init(_ viewer: Viewer) { self.viewer = viewer }

    /// A condition on the duty's unit, a row of `unit` under the alias `u`.
    var condition: SQL {
        if viewer.isSystem { return "1 = 1" }
        let granted = UnitScope(viewer.reaching(.internal)).within(Role.allCases)
        guard let own = viewer.office?.unit else { return granted }
        let line: SQL = """
            (u.id IN (SELECT o.ancestor_id FROM unit_reach o WHERE o.unit_id = \(own)) AND \(UnitScope(viewer).condition))
            """
        return "(u.id = \(own) OR \(granted) OR \(line))"
    }

    /// Whether there is a duty that the viewer may know of among those that `which` chooses, a condition on
    /// `document_duty y`. Each way in is asked for by its units, which are few for most viewers.
    func anyDuty(_ which: SQL) -> SQL {
        let stands: SQL = "\(which) AND y.state <> 'removed'"
        if viewer.isSystem { return "EXISTS (SELECT 1 FROM document_duty y WHERE \(stands))" }
        var ways = viewer.reaching(.internal).grants.map { grant -> SQL in
            """
            EXISTS (SELECT 1 FROM unit_reach r JOIN unit u ON u.id = r.unit_id JOIN document_duty y ON y.unit_id = u.id \
            WHERE r.hierarchy = \(grant.hierarchy.rawValue) AND r.ancestor_id = \(grant.unit) \
            AND u.secrecy <= \(grant.ceiling.rawValue) AND \(stands))
            """
        }
        if let own = viewer.office?.unit {
            ways.append(
                """
                EXISTS (SELECT 1 FROM unit_reach o JOIN unit u ON u.id = o.ancestor_id \
                JOIN document_duty y ON y.unit_id = u.id WHERE o.unit_id = \(own) \
                AND (u.id = \(own) OR \(UnitScope(viewer).condition)) AND \(stands))
                """)
        }
        return ways.isEmpty ? "1 = 0" : "(" + ways.joined(" OR ") + ")"
    }

    /// A condition on `event e LEFT JOIN unit u ON u.id = e.unit_id` of a requirement: its document is known, and the
    /// duties of the event's unit are.
    var eventCondition: SQL {
        if viewer.isSystem { return "1 = 1" }
        return """
            (\(condition) AND EXISTS (SELECT 1 FROM document_requirement rq JOIN document d ON d.id = rq.document_id \
            WHERE rq.id = e.subject_id AND \(DocumentScope(viewer).condition())))
            """
    }
}
