import Storage

/// What the unit of the office in use, or the place that it speaks for, must still issue: the first by their day.
public struct OwnDuties: Sendable {
    /// Of the office in use; nil where nothing is asked.
    public let unit: UID?
    public let duties: [UnitDuty]
    public let hasMore: Bool

    static let none = OwnDuties(unit: nil, duties: [], hasMore: false)

    public var isEmpty: Bool { duties.isEmpty }
    /// The earliest day has passed.
    public var isLate: Bool { duties.first?.cell.status == .late }
    /// The list behind it.
    var href: String? { unit.map { "/units/\($0)/requirements" } }
}

extension CoverageStore {
    /// Who in a unit sees to its papers; the others have nothing to do about them.
    private static let seeingTo: [Role] = [.focal, .secretariat, .leader]

    /// In one statement. As ``DutyTelling`` tells: of the unit itself and, for a body that speaks for its territory, of
    /// that; a department does not issue the plan of its province.
    public func ownDuties(limit: Int) throws -> OwnDuties {
        guard let own = viewer.office?.unit, CoverageStore.seeingTo.contains(where: viewer.has) else { return .none }
        let rows = try tx.all(
            """
            SELECT \(UnitDuty.columns(today)), (SELECT s.uid FROM unit s WHERE s.id = \(own))
            FROM \(UnitDuty.tables) \(RequirementRow.owner(viewer))
            LEFT JOIN document f ON f.id = y.fulfilled_by AND \(DocumentScope(viewer).condition(on: "f"))
            WHERE y.unit_id IN (\(speakingFor(own))) AND y.state = 'open' AND \(scope.condition)
            AND \(DocumentScope(viewer).condition()) ORDER BY y.due_on, y.id LIMIT \(limit + 1)
            """)
        return OwnDuties(
            unit: try rows.first?.uid(UnitDuty.width), duties: try rows.prefix(limit).map { try UnitDuty($0, today) },
            hasMore: rows.count > limit)
    }

    private func speakingFor(_ own: ID<OrgUnit>) -> SQL {
        """
        SELECT b.id FROM unit b WHERE b.id = \(own) UNION ALL SELECT e.parent_id FROM unit_edge e
        JOIN unit_version x ON x.unit_id = e.unit_id WHERE e.unit_id = \(own) AND e.hierarchy = 'territory'
        AND e.from_day <= \(today) AND e.to_day > \(today) AND x.from_day <= \(today) AND x.to_day > \(today)
        AND x.kind IN (\(list: DutyMatching.governing.map(\.rawValue)))
        """
    }
}
