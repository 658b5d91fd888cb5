import Storage

/// Whose duties a viewer may know of. The one place where it is decided; every query of duties splices this in, beside
/// the scope of the higher document.
///
/// What a unit owes is internal, also of a unit that everybody may know of: it is known to the offices of the unit
/// and of the bodies that stand in it, and through a grant over it that reaches what is internal. So a commune's
/// People's Committee sees the commune's line and none of the province, and a province's secretariat those of the
/// units under it.
struct CoverageScope {
    let viewer: Viewer

    init(_ viewer: Viewer) { self.viewer = viewer }

    /// A condition on the duty's unit, a row of `unit` under the alias `u`.
    var condition: SQL {
        if viewer.isSystem { return "1 = 1" }
        let granted = UnitScope(viewer.reaching(.internal)).within(Role.allCases)
        guard let own = viewer.office?.unit else { return granted }
        let line: SQL = "(u.id IN (\(line(of: own))) AND \(UnitScope(viewer).condition))"
        return "(u.id = \(own) OR \(granted) OR \(line))"
    }

    /// Whether there is a duty that the viewer may know of among those that `which` chooses, a condition on
    /// `document_duty y`. Each way in is asked for by itself, row by row.
    func anyDuty(_ which: SQL) -> SQL {
        let stands: SQL = "\(which) AND y.state <> 'removed'"
        if viewer.isSystem { return "EXISTS (SELECT 1 FROM document_duty y WHERE \(stands) LIMIT 1 OFFSET 0)" }
        var ways = viewer.reaching(.internal).grants.map { granted($0, stands) }
        if let own = viewer.office?.unit {
            ways.append(
                "EXISTS (SELECT 1 FROM document_duty y WHERE y.unit_id = \(own) AND \(stands) LIMIT 1 OFFSET 0)")
            ways.append(
                """
                EXISTS (SELECT 1 FROM (\(line(of: own))) w CROSS JOIN unit u CROSS JOIN document_duty y \
                WHERE u.id = w.ancestor_id AND y.unit_id = u.id AND \(UnitScope(viewer).condition) AND \(stands) \
                LIMIT 1 OFFSET 0)
                """)
        }
        return ways.isEmpty ? "1 = 0" : "(" + ways.joined(" OR ") + ")"
    }

    /// A duty of a unit under a grant: looked for from the units where these are few, else from the duties. How many
    /// they are is asked once a statement.
    private func granted(_ grant: Viewer.Grant, _ stands: SQL) -> SQL {
        let under: SQL = "r.hierarchy = \(grant.hierarchy.rawValue) AND r.ancestor_id = \(grant.unit)"
        let known: SQL = "u.secrecy <= \(grant.ceiling.rawValue) AND \(stands)"
        return """
            CASE WHEN (SELECT COUNT(*) FROM (SELECT 1 AS found FROM unit_reach r WHERE \(under) LIMIT 201) few) <= 200 \
            THEN EXISTS (SELECT 1 FROM unit_reach r CROSS JOIN unit u CROSS JOIN document_duty y WHERE \(under) \
            AND u.id = r.unit_id AND y.unit_id = u.id AND \(known) LIMIT 1 OFFSET 0) \
            ELSE EXISTS (SELECT 1 FROM document_duty y CROSS JOIN unit u WHERE u.id = y.unit_id AND \(known) \
            AND EXISTS (SELECT 1 FROM unit_reach r WHERE r.unit_id = u.id AND \(under) LIMIT 1 OFFSET 0) \
            LIMIT 1 OFFSET 0) END
            """
    }

    /// The place in which a unit stands, and the units above it that stand there too: of a department its province and
    /// the province's People's Committee, and nothing of a level above. Asks for no row outside itself, so that it is
    /// answered once a statement. The count keeps both engines from walking the many units of the place instead of the
    /// few above.
    private func line(of own: ID<OrgUnit>) -> SQL {
        """
        SELECT o.ancestor_id FROM unit_reach o WHERE o.unit_id = \(own) \
        AND (SELECT COUNT(*) FROM unit_reach t WHERE t.hierarchy = \(Hierarchy.territory.rawValue) \
        AND t.ancestor_id = \(viewer.office?.place) AND t.unit_id = o.ancestor_id) > 0
        """
    }

    /// A condition on `event e LEFT JOIN unit u ON u.id = e.unit_id` of a requirement: its document is known, and the
    /// duties of the event's unit are.
    func eventCondition(of requirement: SQL) -> SQL {
        if viewer.isSystem { return "1 = 1" }
        return """
            (\(condition) AND EXISTS (SELECT 1 FROM document_requirement rq JOIN document d ON d.id = rq.document_id \
            WHERE rq.id = \(requirement) AND \(DocumentScope(viewer).condition())))
            """
    }
}
