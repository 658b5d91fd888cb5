public import Storage

/// Who administers the whole installation: one rule, asked by people, events and the audit alike.
extension PersonAccess {
    /// A condition on `u`: a country that lies in no other unit. Both are asked, since whoever may rename a unit may
    /// call it a country, and whoever may make one may leave it without a parent.
    static func isRoot(_ today: Day) -> SQL {
        """
        EXISTS (SELECT 1 FROM unit_version v WHERE v.unit_id = u.id AND v.kind = \(UnitKind.country.rawValue) \
        AND v.from_day <= \(today) AND v.to_day > \(today)) AND NOT EXISTS (SELECT 1 FROM unit_edge e \
        WHERE e.unit_id = u.id AND e.from_day <= \(today) AND e.to_day > \(today))
        """
    }
}

extension Viewer {
    /// The grants by which the viewer administers the whole: as administrator over the root of the territory.
    func rootGrants(on today: Day, in tx: Transaction) throws -> [Grant] {
        try grants.filter { grant in
            guard grant.role == .administrator, grant.hierarchy == .territory else { return false }
            return try tx.first(
                "SELECT 1 FROM unit u WHERE u.id = \(grant.unit) AND \(PersonAccess.isRoot(today))") != nil
        }
    }

    /// May read what belongs to no unit, and the state of the audit chain. A viewer without a day administers nothing
    /// whole: nobody has looked up what the country is on it.
    public func administersAll(in tx: Transaction) throws -> Bool {
        if isSystem { return true }
        guard let day else { return false }
        return try !rootGrants(on: day, in: tx).isEmpty
    }
}
