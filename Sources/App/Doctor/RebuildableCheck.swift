import Storage

/// What is computed from others: closure and reach of the trees, scopes of documents and tasks, what search looks in, and how duties
/// stand.
struct RebuildableCheck {
    let database: Database
    let clock: WallClock

    typealias Difference = (table: String, missing: Int, surplus: Int)

    /// Tables that are made at once, each step from those before it. A transaction of its own for each, in which nobody
    /// else writes; after one that fails `doctor` begins anew.
    struct Step: Sendable {
        let differences: @Sendable (Transaction, Day) throws -> [Difference]
        let rebuild: @Sendable (Transaction, Day) throws -> Void
    }

    static let steps = [
        Step(
            differences: { try UnitMap(tx: $0).differences(today: $1) },
            rebuild: { try UnitMap(tx: $0).rebuild(today: $1) }),
        Step(
            differences: { tx, _ in try DocumentMap(tx: tx).differences() },
            rebuild: { tx, _ in try DocumentMap(tx: tx).rebuild() }),
        Step(
            differences: { try TaskMap(tx: $0).differences(today: $1) },
            rebuild: { tx, _ in try TaskMap(tx: tx).rebuild() }),
        Step(
            differences: { tx, _ in try PersonMap(tx: tx).differences() },
            rebuild: { tx, _ in try PersonMap(tx: tx).rebuild() }),
        Step(
            differences: { tx, _ in try SearchMap(tx: tx).differences() },
            rebuild: { tx, _ in try SearchMap(tx: tx).rebuild() }),
    ]

    func finding(repair: Bool) async -> Finding {
        let today = clock.today()
        do {
            let (wrong, duties) = try await database.read { tx in
                let wrong = try RebuildableCheck.steps.map { step in
                    try step.differences(tx, today).filter { $0.missing + $0.surplus > 0 }
                }
                return (wrong, try self.duties(tx).wrong().count)
            }
            let differences =
                wrong.joined().map { "\($0.table) lacks \($0.missing) rows and has \($0.surplus) too many" }
                + (duties > 0 ? ["document_duty has \(duties) rows that stand otherwise than they should"] : [])
            if differences.isEmpty { return Finding("tables", .ok, "What is computed agrees with its sources.") }
            let list = differences.joined(separator: "; ")
            guard repair else { return Finding("tables", .fail, "\(list). Run `resolute doctor --repair`.") }
            // What comes before the first that differs is right, and may stay.
            for step in RebuildableCheck.steps.dropFirst(wrong.firstIndex { !$0.isEmpty } ?? wrong.count) {
                try await database.writeAlone { tx in try step.rebuild(tx, today) }
            }
            try await database.write { tx in try self.duties(tx).mend(at: clock.now()) }
            return Finding("tables", .warn, "Computed again: \(list)")
        } catch {
            return Finding("tables", .fail, "\(error)")
        }
    }

    private func duties(_ tx: Transaction) -> DutyMatching {
        DutyMatching(store: CoverageStore(tx: tx, viewer: .system("resolute doctor"), today: clock.today()))
    }
}
