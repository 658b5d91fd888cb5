import Storage
import TestSupport
import Testing

@testable import App

/// What has no last day is looked at again on a day, and whoever assigned it is told.
@Suite struct TaskReviewTests {
    private func titles(_ part: TaskToday.Part, _ viewer: Viewer, _ tasks: TaskWorld) async throws -> [String] {
        try await tasks.act(as: viewer) { store in
            let rows = try store.today(limit: 10).parts.first { $0.part == part }?.rows ?? []
            let listed = try store.list(part.filter).items.map(\.task.title)
            #expect(rows.map(\.task.title) == listed, "the list behind it has the same")
            return listed
        }
    }

    private func undated(_ title: String, in days: Int, _ tasks: TaskWorld) async throws -> UID {
        let review = tasks.today.adding(days: days)
        return try await tasks.issued {
            ($0.title, $0.deadline) = (title, .event("Luật được thông qua", reviewOn: review))
        }.uid
    }

    @Test(arguments: Engine.allCases) func aDayOfReviewThatHasPassedIsNotClear(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            for (days, expected) in [(-1, "review_on task.clarity.time.review_past"), (0, "done")] {
                let review = tasks.today.adding(days: days)
                let draft = try await tasks.drafted { $0.deadline = .undated(reason: "Thường xuyên", reviewOn: review) }
                #expect(await tasks.tried(.issue, draft.uid, as: tasks.secretariat) == expected)
            }
        }
    }

    @Test(arguments: Engine.allCases) func itStandsInTodayFromItsDayOn(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let now = try await undated("Việc xem ngay", in: 0, tasks)
            let page = try await tasks.world.browser(as: .secretariat).get("/today").text
            #expect(page.contains("Việc xem ngay") && page.contains("Luật được thông qua"))
            try await tasks.does(.cancel, now, as: tasks.secretariat)
            let task = try await undated("Việc chờ luật", in: 3, tasks)
            _ = try await undated("Việc chờ lâu hơn", in: 30, tasks)
            let paused = try await undated("Việc tạm dừng", in: 3, tasks)
            try await tasks.does(.pause, paused, as: tasks.secretariat)
            #expect(try await titles(.review, tasks.secretariat, tasks) == [])
            for _ in 0..<2 {
                tasks.pass(days: 3)
                #expect(try await titles(.review, tasks.secretariat, tasks) == ["Việc chờ luật"])
            }
            #expect(try await titles(.review, tasks.chairman.viewer, tasks) == ["Việc chờ luật"])
            #expect(try await titles(.review, tasks.colleague.viewer, tasks) == [], "gave it not")
            for order in TaskFilter.Order.allCases {
                let listed = try await tasks.names(as: tasks.secretariat) { ($0.schedule, $0.order) = (.review, order) }
                #expect(listed == ["Việc chờ luật"], "\(order)")
            }
            try await tasks.does(.cancel, task, as: tasks.secretariat)
            #expect(try await titles(.review, tasks.secretariat, tasks) == [])
            #expect(try await tasks.disorder() == [])
        }
    }

    @Test(arguments: Engine.allCases) func itsAssignerIsToldOnce(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await undated("Việc chờ luật", in: 2, tasks)
            func told() async throws -> [String] { try await tasks.told(tasks.secretariat) }
            tasks.pass(days: 1)
            #expect(try await tasks.tellDeadlines() == 0)
            tasks.pass(days: 1)
            let (today, now, database) = (tasks.today, tasks.now, tasks.world.database)
            let count = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<2 {
                    group.addTask { try await TaskDeadlineNotices.run(database, today: today, at: now) }
                }
                return try await group.reduce(0, +)
            }
            #expect(count == 1, "two nodes at once tell once")
            #expect(try await told() == ["to-review"])
            #expect(try await tasks.told(tasks.performer.viewer) == ["assigned"], "it is not theirs to decide")
            tasks.pass(days: 1)
            #expect(try await tasks.tellDeadlines() == 0)
            // Another day of review is another occasion.
            try await tasks.does(.pause, task, as: tasks.leader)
            #expect(try await told() == [], "nothing waits while it is paused")
            let report = TaskReport(
                text: "", renewal: TaskRenewal(deadline: .event("Luật", reviewOn: tasks.today.adding(days: 5))))
            try await tasks.does(.resume, task, report, as: tasks.leader)
            #expect(try await tasks.tellDeadlines() == 0)
            tasks.pass(days: 5)
            #expect(try await tasks.tellDeadlines() == 1)
            #expect(try await told() == ["to-review"])
        }
    }
}

/// Units that coordinate a task are told of it, and see when it is due or late.
@Suite struct TaskCoordinatingTests {
    @Test(arguments: Engine.allCases) func focalPersonsAreToldAndLeadersWhereThereAreNone(_ engine: Engine) async throws
    {
        try await TaskWorld.with(engine) { tasks in
            let head = try await tasks.hire(.front, "Trưởng ban", .leader)
            let plain = try await tasks.hire(.front, "Chuyên viên")
            func issue() async throws {
                _ = try await tasks.issued { $0.coordinating = [try tasks.world.uid(.front)] }
            }
            try await issue()
            let had = try await tasks.told(head.viewer)
            let focal = try await tasks.hire(.front, "Đầu mối", .focal)
            try await issue()
            #expect(try await tasks.told(focal.viewer) == ["coordinating"])
            #expect(try await tasks.told(head.viewer) == had, "the focal person follows it")
            #expect(had.allSatisfy { $0 == "coordinating" } && had.count <= 1)
            #expect(try await tasks.told(plain.viewer) == [])
            #expect(try await tasks.told(tasks.performer.viewer) == ["assigned", "assigned"])
        }
    }

    @Test(arguments: Engine.allCases) func todayListsWhatIsDueOrLate(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let focal = try await tasks.hire(.front, "Đầu mối", .focal)
            var made: [UID] = []
            for (title, days) in [("Việc phối hợp sắp đến hạn", 5), ("Việc phối hợp còn xa", 40)] {
                made.append(
                    try await tasks.issued {
                        ($0.title, $0.coordinating) = (title, [try tasks.world.uid(.front)])
                        $0.deadline = .day(tasks.today.adding(days: days))
                    }.uid)
            }
            _ = try await tasks.issued {
                ($0.title, $0.deadline) = ("Việc của đơn vị khác", .day(tasks.today.adding(days: 5)))
            }
            func seen(_ viewer: Viewer) async throws -> [String] {
                try await tasks.act(as: viewer) { store in
                    let rows = try store.today(limit: 10).parts.first { $0.part == .coordinated }?.rows ?? []
                    let listed = try store.list(TaskToday.Part.coordinated.filter).items.map(\.task.title)
                    #expect(rows.map(\.task.title) == listed)
                    return listed
                }
            }
            #expect(try await seen(focal.viewer) == ["Việc phối hợp sắp đến hạn"])
            #expect(try await seen(tasks.secretariat) == [])
            #expect(try await seen(tasks.performer.viewer) == [])
            tasks.pass(days: 10)
            #expect(try await seen(focal.viewer) == ["Việc phối hợp sắp đến hạn"], "late")
            for order in TaskFilter.Order.allCases {
                let all = try await tasks.names(as: focal.viewer) { ($0.isCoordinated, $0.order) = (true, order) }
                #expect(Set(all) == ["Việc phối hợp sắp đến hạn", "Việc phối hợp còn xa"], "\(order)")
            }
            try await tasks.does(.cancel, try #require(made.first), as: tasks.secretariat)
            #expect(try await seen(focal.viewer) == [])
            #expect(try await tasks.disorder() == [])
        }
    }
}
