import Storage

@testable import App

/// Gives each unit in which somebody works its ``TaskSet``.
struct WorldTasks {
    let tx: Transaction
    let now: Instant
    let today: Day
    var records: WorldRecords

    private var store: TaskStore { TaskStore(tx: tx, viewer: .system("world"), today: today) }

    mutating func make() throws -> WorldRecords {
        for (place, staff) in records.staff.sorted(by: { $0.key.rawValue < $1.key.rawValue })
        where records.gaps[place] != nil { records.tasks[place] = try tasks(place, staff) }
        try WorldTaskLists(tx: tx, now: now, today: today).add(to: &records)
        // What a request names as the version that it has seen.
        try tx.run("UPDATE task SET version = 1")
        return records
    }

    private func tasks(_ place: Place, _ staff: Staff) throws -> TaskSet {
        var set = TaskSet()
        set.byState["draft"] = try make(place, staff, "dự kiến", [])
        set.byState["issued"] = try make(place, staff, "mới giao", [.issue])
        set.byState["accepted"] = try make(place, staff, "đang làm", [.issue, .accept])
        set.byState["paused"] = try make(place, staff, "tạm dừng", [.issue, .accept, .pause])
        set.byState["declared"] = try make(place, staff, "chờ xác nhận", [.issue, .accept, .declare])
        set.byState["verified"] = try make(place, staff, "đã xác nhận", [.issue, .accept, .declare, .verify])
        let extended = try make(place, staff, "xin gia hạn", [.issue, .accept])
        _ = try store.askExtension(extended, to: due.adding(days: 30), reason: "Thiếu thiết bị", seen: nil, at: now)
        (set.extended, set.extensionAsked) = (extended, try store.detail(extended).extensions.first?.uid)
        set.bulk = try bulk(of: set.before("progress"))
        set.file = try attach(to: try set.before("progress"))
        set.reassignable = try make(place, staff, "đổi người", [.issue, .accept], answering: above(place))
        return set
    }

    /// Its rows alone: who did it is no matter here.
    private func bulk(of task: UID) throws -> UID {
        let bulk = UID.new(at: now)
        try tx.run(
            """
            INSERT INTO task_bulk_row (bulk_uid, task_id)
            VALUES (\(bulk), (SELECT id FROM task WHERE uid = \(task)))
            """)
        return bulk
    }

    /// Whose bytes are those of the documents' file; they lie where a world keeps them.
    private func attach(to task: UID) throws -> UID? {
        let file = KeptFile(
            name: "de-cuong.txt", kind: .txt, size: DocumentSet.fileText.utf8.count, sha256: DocumentSet.fileHash)
        let added = try store.attach([file], to: task, at: now)
        // No world is made with work waiting.
        try tx.run("UPDATE attachment SET text_state = 'none'")
        return added.first?.attachment.uid
    }

    /// Of the committee that leads the country, above a unit of the province; the deputy elsewhere.
    private func above(_ place: Place) -> UID? {
        [.science, .wardCommittee].contains(place) ? records.staff[.steering]?.office : nil
    }

    private var due: Day { Day(year: 2026, month: 12, day: 31) ?? today }

    private func make(
        _ place: Place, _ staff: Staff, _ word: String, _ acts: [TaskWorkflow.Act],
        answering leader: UID? = nil
    ) throws -> UID {
        var draft = TaskDraft(title: "Khảo sát hạ tầng \(word)", leadUnit: try records.unit(place).uid)
        (draft.performer, draft.leader) = (staff.office, leader ?? staff.deputyOffice)
        draft.deadline = .day(due)
        draft.products = [
            TaskProduct(name: "Báo cáo khảo sát", kind: .report, criterion: "Đủ số liệu của mọi thôn, tổ dân phố")
        ]
        let isInside = [.science, .wardCommittee].contains(place)
        let assigning = try records.unit(isInside ? .science : .steering).id
        let uid = try store.create(draft, assigning: assigning, at: now).uid
        for act in acts {
            let evidence = act == .declare ? TaskEvidence(name: "Báo cáo", url: "https://example.vn/bao-cao") : nil
            _ = try store.act(act, uid, TaskReport(text: "Theo kế hoạch", evidence: evidence), seen: nil, at: now)
        }
        return uid
    }
}
