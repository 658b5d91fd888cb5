import Storage
import TestSupport
import Testing

@testable import App

/// Lists: what is asked for, in order, page by page.
@Suite struct TaskListTests {
    private static let titles = ["Ân xá", "An toàn", "Đá", "Da", "Ê-đê", "Em", "Ông", "On"]

    /// Thirty of each kind, several due on the same day, in a few transactions.
    private func fill(_ tasks: TaskWorld) async throws {
        for which in TaskFilter.Which.allCases {
            for number in 0..<30 {
                let title = Self.titles[number % Self.titles.count]
                _ = try await tasks.given(by: .science, which) {
                    $0.title = "\(title) số \(number % 11) của năm"
                    $0.deadline = .day(tasks.due.adding(days: number % 5))
                    // Reached in several ways at once, through units below the viewer and the viewer's own.
                    $0.coordinating = [try tasks.world.uid(.wardCommittee), try tasks.world.uid(.front)]
                }
                tasks.world.clock.advance(.milliseconds(number % 3))
            }
        }
    }

    @Test(arguments: Engine.allCases) func everyTaskStandsOnOnePageOnce(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            try await fill(tasks)
            let viewers = [
                ("secretariat", tasks.secretariat), ("root", tasks.viewer(.root)),
                ("performer", tasks.performer.viewer), ("system", Viewer.system("test")),
            ]
            for (name, viewer) in viewers {
                for which in TaskFilter.Which.allCases where !(which == .draft && name == "performer") {
                    for order in TaskFilter.Order.allCases {
                        for limit in [1, 7, 29, 30] {
                            let found = try await paged(tasks, as: viewer, which, order, limit: limit)
                            #expect(Set(found.map(\.uid)).count == 30, "\(name) \(which) \(order) \(limit)")
                            #expect(found.count == 30, "\(name) \(which) \(order) \(limit)")
                            #expect(isSorted(found, which, order), "\(name) \(which) \(order) \(limit)")
                        }
                    }
                }
            }
        }
    }

    private func paged(
        _ tasks: TaskWorld, as viewer: Viewer, _ which: TaskFilter.Which, _ order: TaskFilter.Order, limit: Int
    ) async throws -> [TaskRow] {
        try await tasks.act(as: viewer) { store in
            var filter = TaskFilter()
            (filter.which, filter.order) = (which, order)
            var rows: [TaskRow] = [], after: Cursor?
            repeat {
                let page = try store.list(filter, page: PageRequest(after: after, limit: limit))
                #expect(page.total == 30 && !page.totalIsFloor)
                rows += page.items
                after = page.next
            } while after != nil && rows.count < 100
            return rows
        }
    }

    /// By the key, and by the id where two are alike; the end of the work and the last change the newest first.
    private func isSorted(_ rows: [TaskRow], _ which: TaskFilter.Which, _ order: TaskFilter.Order) -> Bool {
        let isDescending = order == .updated || (order == .due && which == .closed)
        let keys = rows.map { row in
            switch order {
            case .due: (row.task.due.text, row.task.id.value)
            case .updated: (String(row.task.updatedAt.milliseconds), row.task.id.value)
            case .title: (SortKey.vietnamese(row.task.title), row.task.id.value)
            case .unit: (SortKey.vietnamese(row.leadUnit.name), row.task.id.value)
            }
        }
        return zip(keys, keys.dropFirst()).allSatisfy { isDescending ? $0 > $1 : $0 < $1 }
    }

    @Test(arguments: Engine.allCases) func eachFilterAsksOneThing(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let document = try tasks.world.documents(.science).issued
            let field = try await tasks.act { store in
                try store.tx.first("SELECT code FROM work_field WHERE family = 'pillar' ORDER BY id LIMIT 1")?.text(0)
            }
            let pillar = try #require(field)
            _ = try await tasks.issued { ($0.title, $0.isKey) = ("Việc trọng tâm số một", true) }
            _ = try await tasks.issued { ($0.title, $0.document) = ("Việc từ văn bản", document) }
            _ = try await tasks.issued { ($0.title, $0.pillar) = ("Việc của trụ cột", pillar) }
            let week = try await tasks.issued {
                ($0.title, $0.deadline) = ("Việc trong tuần", .day(tasks.today.adding(days: 7)))
            }
            _ = try await tasks.issued {
                ($0.title, $0.deadline) = ("Việc sang năm", .day(try #require(Day(parsing: "2027-01-01"))))
            }
            try await tasks.does(.accept, week.uid, as: tasks.performer.viewer)
            let viewer = tasks.secretariat
            let period = try #require(Period(typed: "2027Q1"))
            for order in TaskFilter.Order.allCases {
                func names(_ change: (inout TaskFilter) -> Void) async throws -> [String] {
                    try await tasks.names(as: viewer) {
                        change(&$0)
                        $0.order = order
                    }
                }
                #expect(try await names { _ in }.count == 5)
                #expect(try await names { $0.isKey = true } == ["Việc trọng tâm số một"], "\(order)")
                #expect(try await names { $0.text = "tu VAN ban" } == ["Việc từ văn bản"], "\(order)")
                #expect(try await names { $0.text = "%" }.count == 5)
                #expect(try await names { $0.document = document } == ["Việc từ văn bản"], "\(order)")
                #expect(try await names { $0.pillar = pillar } == ["Việc của trụ cột"], "\(order)")
                #expect(try await names { $0.schedule = .week } == ["Việc trong tuần"], "\(order)")
                #expect(try await names { $0.schedule = .overdue } == [], "\(order)")
                #expect(try await names { $0.period = period } == ["Việc sang năm"], "\(order)")
                #expect(try await names { $0.state = .accepted } == ["Việc trong tuần"], "\(order)")
            }
            tasks.pass(days: 8)
            #expect(try await tasks.names(as: viewer) { $0.schedule = .overdue } == ["Việc trong tuần"])
        }
    }

    @Test(arguments: Engine.allCases) func aPersonsTasksCanBeThoseOfAUnit(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let person = tasks.performer.person.uid
            _ = try await tasks.issued { $0.title = "Việc của sở tài chính" }
            let (finance, ward) = (try tasks.world.uid(.finance), try tasks.world.uid(.wardCommittee))
            let root = tasks.viewer(.root)
            for order in TaskFilter.Order.allCases {
                func count(_ unit: UID) async throws -> Int {
                    try await tasks.names(as: root) { ($0.person, $0.unit, $0.order) = (person, unit, order) }.count
                }
                #expect(try await count(finance) == 1)
                #expect(try await count(tasks.world.uid(.giaLai)) == 1)
                #expect(try await count(ward) == 0, "the unit says no less than the person")
            }
            let unknown = UID.new(at: tasks.now)
            let found = await tasks.refusal {
                _ = try await tasks.names(as: root) { ($0.person, $0.unit) = (person, unknown) }
            }
            #expect(found == ["not found"])
        }
    }

    /// Who answers for a task, and who decides in it, has it in their list, though their unit has no part in it.
    @Test(arguments: Engine.allCases) func whoIsNamedHasItInTheirList(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let judge = try await tasks.hire(.front, "Ủy viên")
            for which in TaskFilter.Which.allCases {
                _ = try await tasks.given(by: .science, which) {
                    ($0.title, $0.secrecy) = ("Việc \(which.rawValue) hạn chế", .restricted)
                    ($0.leader, $0.authority) = (tasks.chairman.office.uid, judge.office.uid)
                }
            }
            let named = [tasks.performer, tasks.chairman, judge]
            for hired in named {
                for order in TaskFilter.Order.allCases {
                    #expect(try await tasks.names(as: hired.viewer) { $0.order = order } == ["Việc open hạn chế"])
                }
                #expect(try await tasks.names(as: hired.viewer) { $0.which = .closed } == ["Việc closed hạn chế"])
                #expect(try await tasks.names(as: hired.viewer) { $0.which = .draft } == [])
            }
            #expect(try await tasks.names(as: tasks.secretariat) == [])
        }
    }

    /// A task belongs to an office: what that one knows of is not carried into another.
    @Test(arguments: Engine.allCases) func anotherOfficeOfThePersonHasItsOwnList(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let row = try await tasks.issued()
            let elsewhere = try await tasks.hire(tasks.performer, also: .front)
            let found = await tasks.refusal { try await tasks.act(as: elsewhere.viewer) { _ = try $0.find(row.uid) } }
            #expect(found == ["not found"])
            #expect(try await tasks.names(as: elsewhere.viewer) == [])
        }
    }

    /// The draft with which a page ended is deleted while somebody reads on.
    @Test(arguments: Engine.allCases) func aCursorWhoseTaskIsGoneStillLeadsOn(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let (viewer, now) = (tasks.secretariat, tasks.now)
            for order in [TaskFilter.Order.due, .title] {
                var drafts: [UID] = []
                for _ in 0..<5 {
                    tasks.world.clock.advance(.seconds(1))
                    drafts.append(try await tasks.drafted().uid)
                }
                var filter = TaskFilter()
                (filter.which, filter.order) = (.draft, order)
                let asked = filter
                func page(_ after: Cursor?) async throws -> Page<TaskRow> {
                    try await tasks.act(as: viewer) { try $0.list(asked, page: PageRequest(after: after, limit: 2)) }
                }
                let first = try await page(nil)
                #expect(first.items.map(\.uid) == Array(drafts.prefix(2)))
                let gone = drafts[1]
                try await tasks.act(as: viewer) { try $0.discard(gone, seen: nil, at: now) }
                let second = try await page(first.next)
                #expect(second.items.map(\.uid) == Array(drafts[2...3]), "\(order)")
                for draft in drafts where draft != gone {
                    try await tasks.act(as: viewer) { try $0.discard(draft, seen: nil, at: now) }
                }
                #expect(try await page(second.next).items.isEmpty)
            }
        }
    }

    @Test(arguments: Engine.allCases) func aCursorOfNowhereIsRefused(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let row = try await tasks.issued()
            let cursors = [[], ["x"], ["x", "y"], ["a", "b", "c"]]
            for parts in cursors {
                let found = await tasks.refusal {
                    try await tasks.act { _ = try $0.list(page: PageRequest(after: Cursor(parts), limit: 9)) }
                }
                #expect(found.first?.hasPrefix("malformed") == true, "\(parts)")
            }
            let found = await tasks.refusal {
                try await tasks.act { store in
                    var filter = TaskFilter()
                    filter.order = .updated
                    let cursor = Cursor(["2026-12-01", row.uid.text])
                    _ = try store.list(filter, page: PageRequest(after: cursor, limit: 9))
                }
            }
            #expect(found.first?.hasPrefix("malformed") == true)
        }
    }
}
