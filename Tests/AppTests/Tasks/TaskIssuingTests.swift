import Storage
import TestSupport
import Testing

@testable import App

/// The gate before the database: nothing is issued that is not clear.
@Suite struct TaskIssuingTests {
    /// A working regulation of the committee above that asks for six points.
    private func askForSix(_ tasks: TaskWorld) async throws {
        let (committee, today, now) = (try tasks.world.committee(.steering).committee, tasks.today, tasks.now)
        var rules = CommitteeRules.standard
        rules.clearPoints = 6
        let regulation = RulesDraft(reference: "09-QC/BCĐTW", from: today, rules: rules)
        try await tasks.act { store in
            _ = try CommitteeStore(tx: store.tx, viewer: store.viewer, today: today)
                .setRules(committee, regulation, seen: nil, at: now)
        }
    }

    @Test(arguments: Engine.allCases) func anEmptyDraftHearsOfEveryPoint(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let five = [
                "performer task.clarity.person.missing", "title task.clarity.work.short",
                "deadline task.clarity.time.missing", "leader task.clarity.responsibility.leader_missing",
                "products task.clarity.product.missing",
            ]
            let row = try await tasks.drafted { $0 = TaskDraft(title: "Chuyển đổi", leadUnit: $0.leadUnit) }
            let viewer = tasks.secretariat
            #expect(await tasks.tried(.issue, row.uid, as: viewer) == five.joined(separator: ", "))
            try await askForSix(tasks)
            let six = five + ["authority task.clarity.authority.missing"]
            #expect(await tasks.tried(.issue, row.uid, as: viewer) == six.joined(separator: ", "))
            let clarity = try await tasks.act(as: viewer) { try $0.clarity(of: $0.find(row.uid)) }
            #expect(clarity.asked == ClarityPoint.allCases && clarity.clear == [])
            let task = try await tasks.find(row.uid)
            #expect(task.version == 1 && task.workflow == .draft)
            #expect(try await tasks.verbs(row.uid) == ["created"])
            let clear = try await tasks.issued { $0.authority = tasks.chairman.office.uid }
            #expect(clear.task.workflow.state == .issued)
        }
    }

    @Test(arguments: Engine.allCases) func whatFillsAFieldDoesNotClearIt(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let row = try await tasks.drafted {
                $0.title = "Hoàn thành nhiệm vụ được giao"
                $0.deadline = .undated(reason: "không có", reviewOn: tasks.due)
                $0.products = [
                    TaskProduct(name: "Báo cáo", kind: .report, criterion: "Hoàn thành đúng hạn"),
                    TaskProduct(name: "Nền tảng", kind: nil, criterion: "nền tảng"),
                ]
            }
            let found = await tasks.refusal { try await tasks.does(.issue, row.uid, as: tasks.secretariat) }
            #expect(
                found == [
                    "title task.clarity.work.filler", "deadline_words task.clarity.time.filler",
                    "products.0.criterion task.clarity.criterion.filler",
                    "products.1.kind task.clarity.product.kind_missing",
                    "products.1.criterion task.clarity.criterion.repeats",
                ])
        }
    }

    @Test(arguments: Engine.allCases) func thePerformerHoldsAnOfficeOfTheUnitOnThatDay(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let elsewhere = "performer task.clarity.person.elsewhere"
            let (today, viewer) = (tasks.today, tasks.secretariat)
            let other = try await tasks.drafted { $0.performer = try tasks.world.office(.focal) }
            #expect(await tasks.tried(.issue, other.uid, as: viewer) == elsewhere)
            let row = try await tasks.drafted()
            let office = tasks.performer.office.id
            func hold(from: Day, to: Day) async throws {
                try await tasks.act { store in
                    try store.tx.run("UPDATE office SET from_day = \(from), to_day = \(to) WHERE id = \(office)")
                }
            }
            try await hold(from: today.adding(days: -9), to: today)
            #expect(await tasks.tried(.issue, row.uid, as: viewer) == elsewhere, "it ended")
            try await hold(from: today.adding(days: 1), to: .never)
            #expect(await tasks.tried(.issue, row.uid, as: viewer) == elsewhere, "it has not begun")
            try await hold(from: today, to: today.adding(days: 1))
            #expect(await tasks.tried(.issue, row.uid, as: viewer) == "done")
        }
    }

    @Test(arguments: Engine.allCases) func whoAnswersIsAnotherOfTheUnitOrAbove(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let double = try await tasks.hire(tasks.performer, also: .finance)
            let ward = try tasks.world.staff(.wardCommittee).office
            let told: [(UID, String)] = [
                (tasks.performer.office.uid, "leader task.clarity.responsibility.leader_is_performer"),
                (double.office.uid, "leader task.clarity.responsibility.leader_is_performer"),
                (ward, "leader task.clarity.responsibility.leader_elsewhere"),
                (tasks.chairman.office.uid, "done"), (tasks.colleague.office.uid, "done"),
            ]
            for (leader, expected) in told {
                let row = try await tasks.drafted { $0.leader = leader }
                #expect(await tasks.tried(.issue, row.uid, as: tasks.secretariat) == expected)
            }
        }
    }

    /// A territory has no desks of its own: what it is given is done in the bodies that stand there.
    @Test(arguments: Engine.allCases) func aWardWorksThroughItsBodies(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let centre = try await tasks.hire(.wardCentre, "Cán bộ văn hóa")
            let row = try await tasks.issued {
                $0.leadUnit = try tasks.world.uid(.pleiku)
                ($0.performer, $0.leader) = (centre.office.uid, tasks.chairman.office.uid)
            }
            #expect(row.task.workflow.state == .issued)
            #expect(await tasks.tried(.accept, row.uid, as: centre.viewer) == "done")
        }
    }

    @Test(arguments: Engine.allCases) func whatWasIssuedStandsFast(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let row = try await tasks.issued()
            #expect(row.task.originalDue == tasks.due && row.task.start == tasks.today && row.task.version == 2)
            let assigned = try await tasks.number(
                """
                SELECT COUNT(*) FROM task_assignment WHERE task_id = \(row.task.id)
                AND office_id = \(tasks.performer.office.id) AND from_day = \(tasks.today) AND to_day = \(Day.never)
                """)
            #expect(assigned == 1)
            #expect(await tasks.tried(.issue, row.uid, as: tasks.secretariat) == "conflict task.refusal.issued")
            try await tasks.does(.refuse, row.uid, as: tasks.chief.viewer)
            let (viewer, now) = (tasks.secretariat, tasks.now)
            let later = try tasks.draft {
                $0.deadline = .day(tasks.due.adding(days: 30))
                $0.performer = tasks.colleague.office.uid
            }
            try await tasks.act(as: viewer) { try $0.change(row.uid, later, seen: 3, at: now) }
            let again = try await tasks.does(.issue, row.uid, as: viewer).task
            #expect(again.due == tasks.due.adding(days: 30) && again.originalDue == tasks.due)
            let offices = try await tasks.act { store in
                try store.tx.all(
                    """
                    SELECT office_id FROM task_assignment WHERE task_id = \(again.id) AND to_day = \(Day.never)
                    ORDER BY id
                    """
                ).map { try $0.id(0, of: Office.self) }
            }
            #expect(offices == [tasks.colleague.office.id, tasks.chief.office.id])
            #expect(try await tasks.verbs(row.uid) == ["created", "given", "refused", "changed", "given"])
            #expect(try await tasks.disorder() == [])
        }
    }

    /// Work that was late before it was entered is refused and issued again like any other.
    @Test(arguments: Engine.allCases) func whatIsLateAlreadyBeganByItsLastDay(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let past = tasks.today.adding(days: -5)
            let row = try await tasks.issued { $0.deadline = .day(past) }
            #expect(row.task.start == past)
            #expect(row.task.status(on: tasks.today).schedule == .overdue)
            #expect(try await tasks.names(as: tasks.secretariat) { $0.schedule = .overdue } == [row.task.title])
            try await tasks.does(.refuse, row.uid, as: tasks.chief.viewer)
            #expect(await tasks.tried(.issue, row.uid, as: tasks.secretariat) == "done")
        }
    }
}
