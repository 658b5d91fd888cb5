import Storage

/// Somebody who answers and somebody who works in every commune of a province, so that a task can be broken down to all
/// of them: made like an import of people, in one act with one event.
struct DemoStaffing {
    let tx: Transaction
    let today: Day
    let now: Instant

    /// Where somebody holds an office already, nobody is added.
    func fill(_ crew: DemoTasks.Crew, below province: UnitRow, basis: String) throws {
        let rows = try empty(below: province).flatMap { commune in
            crew.people.map { human in
                CSVWriter.line([
                    human.name.replacing("{unit}", with: DemoPlaces.inside(commune.name)), commune.uid.text,
                    human.title, commune.unit.from.text, basis, human.role,
                ])
            }
        }
        if rows.isEmpty { return }
        let text = CSVWriter.line(["name", "unit", "title", "from", "decision", "role"]) + rows.joined()
        let file = try PersonImportReading.bytes(Array(text.utf8), name: crew.file)
        let report = try PersonImport(viewer: Demo.viewer, today: today, now: now)
            .put(file, PersonImportOptions(), [], tx)
        guard report.problems.isEmpty else { throw AppError.invalid(report.problems.shown) }
    }

    private func empty(below province: UnitRow) throws -> [UnitRow] {
        var filter = UnitFilter()
        (filter.parent, filter.level) = (province.uid, .commune)
        let staffed = Set(
            try tx.all(
                """
                SELECT DISTINCT r.ancestor_id FROM office o JOIN unit_reach r ON r.unit_id = o.unit_id
                WHERE r.hierarchy = \(Hierarchy.territory.rawValue)
                """
            ).map { try $0.id(0, of: OrgUnit.self) })
        let store = UnitStore(tx: tx, viewer: Demo.viewer, today: today)
        return try store.list(filter, page: PageRequest(after: nil, limit: 200)).items
            .filter { !staffed.contains($0.unit.id) }
    }
}
