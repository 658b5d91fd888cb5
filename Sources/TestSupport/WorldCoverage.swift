import Storage

@testable import App

/// What the units of the world must issue. Each unit in which somebody works requires a report of itself under its own
/// plan, and has noted one document that is still to be issued.
struct WorldCoverage {
    let tx: Transaction
    let now: Instant
    let today: Day
    var records: WorldRecords

    mutating func make() throws -> WorldRecords {
        for (place, documents) in records.documents.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let unit = try records.unit(place).uid
            records.requirements[place] = try require(documents.issued, of: unit)
            records.gaps[place] = try note(place, unit)
        }
        // Everybody in the world was told of one task, and of nothing else.
        try tx.run("DELETE FROM notice WHERE kind = \(Notice.Kind.toIssue.rawValue)")
        return records
    }

    private var due: Day { Day(year: 2026, month: 12, day: 31) ?? today }

    private func require(_ document: UID, of unit: UID) throws -> UID {
        var draft = RequirementDraft(document: document, type: .report, due: due, audience: .units([unit]))
        draft.owner = unit
        return try CoverageStore(tx: tx, viewer: .system("world"), today: today).require(draft, at: now).uid
    }

    private func note(_ place: Place, _ unit: UID) throws -> UID {
        let draft = GapDraft(title: "Quy chế còn thiếu của \(place.rawValue)", type: .regulation, owner: unit, due: due)
        return try GapStore(tx: tx, viewer: .system("world"), today: today).create(draft, at: now).uid
    }
}
