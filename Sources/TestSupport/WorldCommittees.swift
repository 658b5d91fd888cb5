import Storage

@testable import App

/// Makes the steering committees of the world through the product's own store: each with a head named by a role, a
/// member who works in its territory, a standing agency and a plan. They lack a regulation, a notice and a support team.
struct WorldCommittees {
    let tx: Transaction
    let now: Instant
    let today: Day

    static let programme = "Nghị quyết số 57-NQ/TW"

    private var store: CommitteeStore { CommitteeStore(tx: tx, viewer: .system("world"), today: today) }

    func add(to records: WorldRecords) throws -> WorldRecords {
        var records = records
        let all: [(body: Place, agency: Place, staff: Place)] = [
            (.steering, .steeringOffice, .steering), (.provinceSteering, .science, .science),
            (.otherSteering, .otherCentre, .otherCommittee), (.wardSteering, .wardCentre, .wardCommittee),
            (.communeSteering, .communeClinic, .communeCommittee),
        ]
        for entry in all {
            records.committees[entry.body] = try committee(
                records.unit(entry.body).uid, agency: records.unit(entry.agency).uid,
                member: records.staff(entry.staff).person)
        }
        return records
    }

    private func committee(_ unit: UID, agency: UID, member: UID) throws -> CommitteeRecord {
        let day = WorldUnits.reform
        let row = try store.create(
            CommitteeDraft(
                body: .existing(unit), programme: WorldCommittees.programme, from: day, decision: "Quyết định 1"),
            at: now)
        let list = Consolidation(
            from: day, decision: "Quyết định 1",
            additions: [
                SeatDraft(position: .head, title: "Bí thư", from: day, decision: ""),
                SeatDraft(
                    position: .member, title: "Thành viên kiêm nhiệm", person: member.text, from: day, decision: ""),
            ])
        _ = try store.consolidate(row.uid, list, seen: nil, at: now)
        let organ = OrganDraft(kind: .standingAgency, unit: agency, from: day, decision: "Quyết định 2")
        _ = try store.addOrgan(row.uid, organ, seen: nil, at: now)
        let plan = PaperDraft(item: .plan, reference: "Kế hoạch 01-KH/BCĐ", from: day)
        _ = try store.addPaper(row.uid, plan, seen: nil, at: now)
        // Every request of the access table is made from the first version.
        try tx.run("UPDATE committee SET version = 1 WHERE id = \(row.committee.id)")
        let detail = try store.detail(row.uid)
        guard let head = detail.seats.first?.seat.uid, let seat = detail.seats.last?.seat.uid,
            let work = detail.organs.first?.organ.uid, let paper = detail.papers.last?.uid
        else { throw WorldRecords.Missing(description: "a committee without seats") }
        return CommitteeRecord(committee: row.uid, head: head, member: seat, organ: work, paper: paper)
    }
}
