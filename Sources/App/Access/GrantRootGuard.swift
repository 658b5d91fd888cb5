import Storage

/// Keeps an installation from locking everybody out: somebody who can sign in must stay administrator of the root.
struct GrantRootGuard {
    let tx: Transaction
    let today: Day

    /// Runs an act that takes rights away from `day` on. When it would leave no administrator of the root where there
    /// was one, it throws a conflict and the transaction is undone.
    func keepingOne(from day: Day, _ act: () throws -> Void) throws {
        let before = try count(on: today)
        try act()
        guard before > 0, try count(on: max(day, today)) == 0 else { return }
        throw AppError.conflict(Message("person.last_administrator"))
    }

    /// People with an account that is not disabled who administer the root on the day.
    private func count(on day: Day) throws -> Int {
        let row = try tx.first(
            """
            SELECT COUNT(*) FROM access_grant g JOIN office o ON o.id = g.office_id \
            JOIN account a ON a.person_id = o.person_id JOIN unit u ON u.id = g.unit_id \
            WHERE g.role = \(Role.administrator.rawValue) AND g.hierarchy = \(Hierarchy.territory.rawValue) \
            AND a.disabled = 0 AND g.from_day <= \(day) AND g.to_day > \(day) AND o.from_day <= \(day) \
            AND o.to_day > \(day) AND \(PersonAccess.isRoot(today))
            """)
        return try row?.int(0) ?? 0
    }
}
