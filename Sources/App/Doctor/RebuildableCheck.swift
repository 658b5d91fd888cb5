import Storage

/// The tables that are computed from others: closure and reach of the trees, scopes of
/// documents, search terms.
struct RebuildableCheck {
    let database: Database
    let clock: WallClock

    func finding(repair: Bool) async -> Finding {
        let today = clock.today()
        do {
            let differences = try await database.read { tx in
                try (UnitMap(tx: tx).differences(today: today) + DocumentMap(tx: tx).differences()).filter {
                    $0.missing + $0.surplus > 0
                }
                .map { "\($0.table) lacks \($0.missing) rows and has \($0.surplus) too many" }
            }
            if differences.isEmpty { return Finding("tables", .ok, "What is computed agrees with its sources.") }
            let list = differences.joined(separator: "; ")
            guard repair else { return Finding("tables", .fail, "\(list). Run `resolute doctor --repair`.") }
            try await database.write { tx in
                try UnitMap(tx: tx).rebuild(today: today)
                try DocumentMap(tx: tx).rebuild()
            }
            return Finding("tables", .warn, "Computed again: \(list)")
        } catch {
            return Finding("tables", .fail, "\(error)")
        }
    }
}
