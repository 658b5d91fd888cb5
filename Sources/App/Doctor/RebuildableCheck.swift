import Storage

/// What is computed from others: closure and reach of the trees, scopes of documents and tasks, what search looks in, and how duties
/// stand.
struct RebuildableCheck {
    let database: Database
    let clock: WallClock

    /// Each follows from those before it: trees of units, scopes and counts, what search looks in. A transaction of its own
    /// for each, for PostgreSQL remembers all that a transaction has read; after one that fails `doctor` begins anew.
    static let steps: [@Sendable (Transaction, Day) throws -> Void] = [
        { try UnitMap(tx: $0).rebuild(today: $1) }, { tx, _ in try DocumentMap(tx: tx).rebuild() },
        { tx, _ in try TaskMap(tx: tx).rebuild() }, { tx, _ in try PersonMap(tx: tx).rebuild() },
        { tx, _ in try SearchMap(tx: tx).rebuild() },
    ]

    func finding(repair: Bool) async -> Finding {
        let today = clock.today()
        do {
            let differences = try await database.read { tx in
                let tables = try
                    (UnitMap(tx: tx).differences(today: today) + DocumentMap(tx: tx).differences()
                    + TaskMap(tx: tx).differences(today: today) + PersonMap(tx: tx).differences()
                    + SearchMap(tx: tx).differences())
                    .filter { $0.missing + $0.surplus > 0 }
                    .map { "\($0.table) lacks \($0.missing) rows and has \($0.surplus) too many" }
                let duties = try duties(tx).wrong().count
                return tables
                    + (duties > 0 ? ["document_duty has \(duties) rows that stand otherwise than they should"] : [])
            }
            if differences.isEmpty { return Finding("tables", .ok, "What is computed agrees with its sources.") }
            let list = differences.joined(separator: "; ")
            guard repair else { return Finding("tables", .fail, "\(list). Run `resolute doctor --repair`.") }
            for step in RebuildableCheck.steps { try await database.write { tx in try step(tx, today) } }
            try await database.write { tx in try duties(tx).mend(at: clock.now()) }
            return Finding("tables", .warn, "Computed again: \(list)")
        } catch {
            return Finding("tables", .fail, "\(error)")
        }
    }

    private func duties(_ tx: Transaction) -> DutyMatching {
        DutyMatching(store: CoverageStore(tx: tx, viewer: .system("resolute doctor"), today: clock.today()))
    }
}
