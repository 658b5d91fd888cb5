import Storage
import TestSupport

@testable import App

/// One step of a ``TaskHistory``, by chance: what is done to which task by whom.
struct TaskHistoryStretch {
    let tx: Transaction
    let cast: TaskHistoryCast
    let today: Day
    let now: Instant
    var random: RandomSteps

    static let system = Viewer.system("history")

    func store(_ viewer: Viewer = TaskHistoryStretch.system) -> TaskStore {
        TaskStore(tx: tx, viewer: viewer, today: today)
    }

    mutating func take(_ kind: TaskHistory.Kind) throws {
        switch kind {
        case .draft: try draft()
        case .act: try act()
        case .change: try change()
        case .discard: try discard()
        case .ask: try ask()
        case .decide: try decide()
        case .reassign: try reassign()
        case .attach: try attach()
        case .detach: try detach()
        case .bulk: try bulk()
        case .breakDown: try breakDown()
        case .handOver: try handOver()
        case .end: try end()
        case .appoint: try appoint()
        case .rename: try rename()
        case .move: try move()
        case .found: try found()
        case .dissolve: try dissolve()
        case .conceal: try conceal()
        case .imported: break
        }
    }

    // MARK: - Chance

    /// One of the first 200 that a query of uids finds, the newest first.
    mutating func someUID(_ uids: SQL, _ order: SQL = "id DESC") throws -> UID {
        let rows = try tx.all("\(uids) ORDER BY \(order) LIMIT 200")
        guard let row = random.one(of: rows) else { throw AppError.notFound }
        return try row.uid(0)
    }

    /// Mostly a new one, sometimes any.
    mutating func someTask() throws -> TaskRow {
        let last = try tx.first("SELECT COALESCE(MAX(id), 0) FROM task")?.int(0) ?? 0
        let first = random.once(in: 4) ? 0 : max(0, last - 200)
        let id = random.number(first...last)
        guard let row = try tx.first("SELECT uid FROM task WHERE id >= \(id) ORDER BY id LIMIT 1") else {
            throw AppError.notFound
        }
        return try store().find(row.uid(0))
    }

    /// The system, somebody who comes by, or whoever it is for.
    mutating func somebody(performing: Bool, _ row: TaskRow) throws -> Viewer {
        switch random.number(0...9) {
        case 0...3: return Self.system
        case 4...5: return random.one(of: cast.viewers) ?? Self.system
        default: return try performing ? performer(of: row) : cast.secretariat
        }
    }

    private func performer(of row: TaskRow) throws -> Viewer {
        guard let office = row.task.performer,
            let person = try tx.first("SELECT person_id FROM office WHERE id = \(office)")
        else { return Self.system }
        return try ViewerStore(tx: tx).viewer(person: person.id(0), office: office, delegation: nil, today: today)
    }

    // MARK: - The life of a task

    private mutating func act() throws {
        let row = try someTask()
        // To cancel is possible nearly everywhere: everything would end there.
        let possible = row.task.workflow.acts.filter { act in act != .cancel || random.once(in: 6) }
        let acts = random.once(in: 12) ? TaskWorkflow.Act.allCases : possible
        guard let act = random.one(of: acts) else { throw AppError.notFound }
        let viewer = try somebody(performing: [.accept, .refuse, .progress, .declare].contains(act), row)
        let seen = random.once(in: 3) ? row.task.version : nil
        try store(viewer).act(act, row.uid, report(of: act), seen: seen, at: now)
    }

    private mutating func report(of act: TaskWorkflow.Act) -> TaskReport {
        var report = TaskReport(text: "Đã xem xét", percent: act == .progress ? random.number(0...100) : nil)
        guard act == .progress || act == .declare else { return report }
        if !random.once(in: 3) { report.evidence = TaskWorld.evidence }
        if random.once(in: 6) { report.files = [file()] }
        report.resubmits = act == .declare && random.once(in: 10)
        return report
    }

    private mutating func file() -> KeptFile {
        TestFiles.kept("bien-ban.txt", Array("Biên bản số \(random.number(0...1_000_000))".utf8), .txt)
    }

    private mutating func discard() throws {
        try store().discard(someUID("SELECT uid FROM task WHERE state = 'draft'"), seen: nil, at: now)
    }

    private mutating func ask() throws {
        let row = try store().find(someUID("SELECT uid FROM task WHERE closed = 0 AND due >= \(today)"))
        let day = row.task.due == .never ? today : row.task.due.adding(days: random.number(1...20))
        let viewer = try somebody(performing: true, row)
        try store(viewer).askExtension(row.uid, to: day, reason: "Chờ kinh phí", seen: nil, at: now)
    }

    private mutating func decide() throws {
        let asked = try someUID("SELECT uid FROM task_extension WHERE decision = ''")
        let found = try tx.first(
            "SELECT t.uid FROM task t JOIN task_extension x ON x.task_id = t.id WHERE x.uid = \(asked)")
        guard let task = try found?.uid(0) else { throw AppError.notFound }
        let viewer = try somebody(performing: false, store().find(task))
        let decision: TaskExtension.Decision = random.once(in: 3) ? .refused : .granted
        try store(viewer).decideExtension(asked, of: task, decision, answer: "Đã rõ", seen: nil, at: now)
    }

    private mutating func reassign() throws {
        let row = try store().find(someUID("SELECT uid FROM task WHERE closed = 0"))
        let part: TaskPart = random.once(in: 3) ? .leader : .performer
        guard let office = random.one(of: try seats(in: row.task.leadUnit)) else { throw AppError.notFound }
        let viewer = try somebody(performing: false, row)
        let asked = TaskReassignment(office: office, reason: "Phân công lại")
        try store(viewer).reassign(part, row.uid, asked, seen: nil, at: now)
    }

    // MARK: - Files

    private mutating func attach() throws {
        let row = try someTask()
        let report = try random.once(in: 3) ? nil : store().tx.ask(store().openReport(of: row.task))
        let viewer = try somebody(performing: report != nil, row)
        try store(viewer).attach([file()], to: row.uid, report: report, at: now)
    }

    private mutating func detach() throws {
        let uid = try someUID(
            "SELECT a.uid FROM task_file f JOIN attachment a ON a.id = f.attachment_id WHERE a.withdrawn_at IS NULL",
            "a.id DESC")
        let found = try tx.first(
            """
            SELECT t.uid FROM task t JOIN task_file f ON f.task_id = t.id JOIN attachment a ON a.id = f.attachment_id
            WHERE a.uid = \(uid)
            """)
        guard let task = try found?.uid(0) else { throw AppError.notFound }
        try store().detach(uid, of: task, reason: "Nhầm tệp", at: now)
    }

    // MARK: - Many at once

    private mutating func bulk() throws {
        let states = TaskWorkflow.State.allCases.map(\.rawValue)
        let rows = try tx.all(
            """
            SELECT uid, version FROM task WHERE state = \(random.one(of: states) ?? "")
            ORDER BY id DESC LIMIT \(random.number(2...20))
            """)
        let chosen = try rows.map { TaskBulkAct.Chosen(uid: try $0.uid(0), version: try $0.int(1)) }
        guard let first = chosen.first else { throw AppError.notFound }
        let row = try store().find(first.uid)
        let acts = row.task.workflow.acts.filter { act in act != .cancel || random.once(in: 6) }
        guard let act = random.one(of: acts.filter(TaskBulkAct.acts.contains)) else { throw AppError.notFound }
        let bulk = TaskBulkAct(act, chosen, report: TaskReport(text: "Cả loạt"), isWhole: random.once(in: 4))
        let viewer = try somebody(performing: false, row)
        if try store(viewer).perform(bulk, at: now).done.isEmpty { throw AppError.notFound }
    }

    private mutating func breakDown() throws {
        let parent = try store().find(someUID("SELECT uid FROM task WHERE closed <> 1"))
        let units = random.few(10, of: try communes())
        let viewer = random.once(in: 2) ? Self.system : cast.secretariat
        let store = self.store(viewer)
        let parts = try store.parts(in: store.places(units), performer: .role(.focal), leader: .role(.leader))
        var breakdown = TaskBreakdown(
            template: try someDraft(), parts: parts, isIssued: !random.once(in: 3))
        breakdown.passesOver = true
        _ = try store.breakDown(parent.uid, breakdown, seen: nil, at: now)
    }

    private mutating func handOver() throws {
        let unit = try someUnit()
        let seats = try seats(in: unit.id)
        guard let from = random.one(of: seats), let to = random.one(of: seats.filter { $0 != from }) else {
            throw AppError.notFound
        }
        try store().handOver(from, to: to, reason: "Nghỉ ốm", at: now)
    }
}
