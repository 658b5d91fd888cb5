import Storage
import TestSupport
import Testing

@testable import App

/// The world with the people of a task: the Department of Science and Technology of Gia Lai gives it, through its
/// secretariat; the Department of Finance leads it. Today is 22 November 2026, the task is due on 15 December.
struct TaskWorld: Sendable {
    let world: World
    /// Of the Department of Finance, without a right of their own: does it.
    let performer: Hired
    /// Of the same department: answers for it.
    let chief: Hired
    /// Of the same department, with the right to direct in the whole province.
    let colleague: Hired
    /// Of the People's Committee of the province, above both departments: leads the whole province.
    let chairman: Hired
    private let viewers: [Who: Viewer]

    /// Somebody with an office of their own.
    struct Hired: Sendable {
        let person: Person
        let office: Office
        let viewer: Viewer
    }

    static func with<T>(_ engine: Engine, _ body: (TaskWorld) async throws -> T) async throws -> T {
        try await World.with(engine) { world in
            try await clear(world)
            var viewers: [Who: Viewer] = [:]
            for who in Who.allCases { viewers[who] = try await world.viewer(who) }
            return try await body(
                TaskWorld(
                    world: world, performer: try await hire(in: world, .finance, "Chuyên viên"),
                    chief: try await hire(in: world, .finance, "Giám đốc"),
                    colleague: try await hire(in: world, .finance, "Phó giám đốc", .secretariat),
                    chairman: try await hire(in: world, .committee, "Chủ tịch", .leader), viewers: viewers))
        }
    }

    /// Takes away the tasks that every world has, so that a test counts its own.
    private static func clear(_ world: World) async throws {
        let tables: [StaticString] = [
            "notice", "task_file", "task_tag", "task_scope", "task_recency", "task_bulk_row", "task_unit",
            "task_product", "task_assignment", "task_report", "task_extension", "task_import_row", "task",
            "unit_tally", "unit_tally_delta", "unit_standing",
        ]
        try await world.database.write { tx in
            for table in tables { try tx.run("DELETE FROM \(SQL(static: table))") }
            try tx.run("DELETE FROM attachment WHERE subject_kind = 'task'")
            try SearchMap(tx: tx).rebuild()
        }
    }

    /// Makes a person with an office in a unit, and a role over the province of Gia Lai.
    private static func hire(
        in world: World, _ place: Place, _ title: String, _ role: Role? = nil, person: Person? = nil
    ) async throws -> Hired {
        let (unit, province, now, today) = (try world.id(place), try world.id(.giaLai), world.clock.now, world.today)
        return try await world.database.write { tx in
            let people = PersonStore(tx: tx, viewer: .system("test"), today: today)
            let person = try person ?? people.create(name: "Người \(title) \(place.rawValue)", at: now)
            let office = try people.appoint(person: person.id, unit: unit, title: title, from: today, at: now)
            if let role {
                try people.grant(
                    office: office.uid, role: role, hierarchy: .territory, unit: province, ceiling: .internal,
                    from: today, at: now)
            }
            let viewer = try ViewerStore(tx: tx).viewer(
                person: person.id, office: office.id, delegation: nil, today: today)
            return Hired(person: person, office: office, viewer: viewer)
        }
    }

    func hire(_ place: Place, _ title: String, _ role: Role? = nil) async throws -> Hired {
        try await TaskWorld.hire(in: world, place, title, role)
    }

    /// A second office of somebody.
    func hire(_ hired: Hired, also place: Place, _ role: Role? = nil) async throws -> Hired {
        try await TaskWorld.hire(in: world, place, "Kiêm nhiệm", role, person: hired.person)
    }

    /// Somebody who acts for another office.
    func viewer(_ agent: UID, for principal: UID) async throws -> Viewer {
        let (now, today) = (now, today)
        return try await world.database.write { tx in
            let people = PersonStore(tx: tx, viewer: .system("test"), today: today)
            let delegation = try people.delegate(
                principal: principal, agent: agent, capacity: .kt, authority: "Quyết định 8", from: today, at: now)
            let office = try people.office(agent).office
            return try ViewerStore(tx: tx).viewer(
                person: office.person, office: office.id, delegation: delegation.id, today: today)
        }
    }

    // MARK: Words

    var now: Instant { world.clock.now }
    var today: Day { world.today }
    var due: Day { today.adding(days: 23) }
    var secretariat: Viewer { viewer(.secretariat) }
    var leader: Viewer { viewer(.leader) }
    func viewer(_ who: Who) -> Viewer { viewers[who] ?? .anonymous }

    /// Days later, at the same hour.
    func pass(days: Int) { world.clock.advance(.seconds(days * 86_400)) }

    @discardableResult
    func act<T: Sendable>(
        as viewer: Viewer? = nil, _ body: @escaping @Sendable (TaskStore) throws -> T
    ) async throws -> T {
        let today = today
        return try await world.database.write { tx in
            try body(TaskStore(tx: tx, viewer: viewer ?? .system("test"), today: today))
        }
    }

    /// A clear one.
    func draft(_ change: (inout TaskDraft) throws -> Void = { _ in }) throws -> TaskDraft {
        var draft = TaskDraft(title: "Xây dựng nền tảng dữ liệu dùng chung", leadUnit: try world.uid(.finance))
        (draft.performer, draft.leader) = (performer.office.uid, chief.office.uid)
        draft.deadline = .day(due)
        draft.products = [
            TaskProduct(name: "Nền tảng dữ liệu", kind: .system, criterion: "100% xã tra cứu được hồ sơ")
        ]
        try change(&draft)
        return draft
    }

    func drafted(
        as viewer: Viewer? = nil, _ change: (inout TaskDraft) throws -> Void = { _ in }
    ) async throws -> TaskRow {
        let (draft, now) = (try draft(change), now)
        return try await act(as: viewer ?? secretariat) { try $0.create(draft, at: now) }
    }

    func issued(
        as viewer: Viewer? = nil, _ change: (inout TaskDraft) throws -> Void = { _ in }
    ) async throws -> TaskRow {
        let row = try await drafted(as: viewer, change)
        return try await does(.issue, row.uid, as: viewer ?? secretariat)
    }

    /// What a system gives in the name of a unit, and brings to a state.
    func given(
        by place: Place, _ which: TaskFilter.Which, _ change: (inout TaskDraft) throws -> Void = { _ in }
    ) async throws -> TaskRow {
        let (draft, now, unit) = (try draft(change), now, try world.id(place))
        return try await act { store in
            let row = try store.create(draft, assigning: unit, at: now)
            if which == .draft { return row }
            let issued = try store.issue(row.uid, seen: nil, at: now)
            if which == .open { return issued }
            return try store.act(.cancel, row.uid, TaskReport(text: "Không còn cần"), seen: nil, at: now)
        }
    }

    /// An act with all that it needs.
    @discardableResult
    func does(
        _ act: TaskWorkflow.Act, _ task: UID, as viewer: Viewer, seen: Int? = nil, evidence: Bool = true
    ) async throws -> TaskRow {
        var report = TaskReport(text: "Đã xem xét", percent: act == .progress ? 40 : nil)
        if evidence, act == .declare { report.evidence = TaskWorld.evidence }
        return try await does(act, task, report, as: viewer, seen: seen)
    }

    @discardableResult
    func does(
        _ act: TaskWorkflow.Act, _ task: UID, _ report: TaskReport, as viewer: Viewer, seen: Int? = nil
    ) async throws -> TaskRow {
        let now = now
        return try await self.act(as: viewer) { try $0.act(act, task, report, seen: seen, at: now) }
    }

    static let evidence = TaskEvidence(name: "Biên bản nghiệm thu", url: "https://example.vn/bien-ban.pdf")

    /// Accepted, worked on, declared with evidence.
    func declared(_ task: UID) async throws {
        for act in [TaskWorkflow.Act.accept, .progress, .declare] { try await does(act, task, as: performer.viewer) }
    }

    func find(_ task: UID) async throws -> TaskItem { try await act { try $0.find(task).task } }

    func names(as viewer: Viewer, _ change: (inout TaskFilter) -> Void = { _ in }) async throws -> [String] {
        var filter = TaskFilter()
        change(&filter)
        let asked = filter
        return try await act(as: viewer) { try $0.list(asked).items.map(\.task.title) }
    }

    // MARK: What came of it

    /// What a refusal says; empty when there was none.
    func refusal(_ body: () async throws -> Void) async -> [String] {
        await DocumentWorld(world: world).refusal(body)
    }

    /// What comes of an act: `done` or the refusal.
    func tried(
        _ act: TaskWorkflow.Act, _ task: UID, as viewer: Viewer, seen: Int? = nil, evidence: Bool = true
    ) async -> String {
        let found = await refusal { try await does(act, task, as: viewer, seen: seen, evidence: evidence) }
        return found.isEmpty ? "done" : found.joined(separator: ", ")
    }

    /// The history of a task, the oldest first.
    func verbs(_ task: UID) async throws -> [String] {
        try await act { store in
            try store.history(of: store.find(task)).items.compactMap { $0.verb?.rawValue }.reversed()
        }
    }

    func number(_ sql: SQL) async throws -> Int {
        try await world.database.read { tx in try tx.first(sql)?.int(0) ?? 0 }
    }

    /// What the tables made from tasks lack or have too much: nothing, when the house is in order.
    func disorder() async throws -> [String] {
        try await act { store in
            let differences =
                try TaskMap(tx: store.tx).differences(today: store.today)
                + SearchMap(tx: store.tx).differences()
            if store.tx.engine == .sqlite {
                // The words of the index against those of its table.
                try store.tx.run("INSERT INTO search_words (search_words, rank) VALUES ('integrity-check', 1)")
            }
            return differences.filter { $0.missing + $0.surplus > 0 }.map {
                "\($0.table) lacks \($0.missing), has \($0.surplus) too many"
            }
        }
    }
}
