import Storage

/// A body that stands in a place, with those who hold an office in it, and its seats where it is a steering committee:
/// whoever looks for the people of a commune finds most of them there, and nobody in the commune itself.
public struct RosterBody: Sendable, Equatable {
    public let unit: UnitLink
    /// Offices that are held, as far as the viewer may know by whom.
    public let offices: Int
    /// Nil of a body that is no committee.
    public let committee: UID?
    public let seats: Int
}

extension PersonStore {
    /// Of a page of a unit so many are shown.
    static let bodiesShown = 12

    /// By name; those in which nobody holds anything are left out. One more than is shown tells that there are others.
    func bodies(in place: ID<OrgUnit>, on day: Day) throws -> [RosterBody] {
        try tx.all(
            """
            SELECT b.uid, b.name, b.offices, b.committee, b.seats FROM (SELECT u.id, u.uid, v.name, v.sort_key,
            (SELECT COUNT(*) FROM office o JOIN person p ON p.id = o.person_id WHERE o.unit_id = u.id
            AND o.from_day <= \(day) AND o.to_day > \(day) AND \(try access.known())) AS offices, c.uid AS committee,
            (SELECT COUNT(*) FROM committee_seat s WHERE s.committee_id = c.id
            AND s.from_day <= \(day) AND s.to_day > \(day)) AS seats
            FROM unit_edge e JOIN unit u ON u.id = e.unit_id
            JOIN unit_version v ON v.unit_id = u.id AND v.from_day <= \(day) AND v.to_day > \(day)
            LEFT JOIN committee c ON c.unit_id = u.id
            WHERE e.parent_id = \(place) AND e.hierarchy = \(Hierarchy.territory.rawValue)
            AND e.from_day <= \(day) AND e.to_day > \(day) AND v.level >= \(UnitKind.Level.body.rawValue)
            AND \(UnitScope(viewer).condition)) b
            WHERE b.offices + b.seats > 0 ORDER BY b.sort_key, b.id LIMIT \(PersonStore.bodiesShown + 1)
            """
        ).map { row in
            RosterBody(
                unit: UnitLink(uid: try row.uid(0), name: try row.text(1)), offices: try row.int(2),
                committee: try row.isNull(3) ? nil : try row.uid(3), seats: try row.int(4))
        }
    }
}
