import Storage
import TestSupport
import Testing

@testable import App

/// What becomes of the tasks of an office that ends: a successor has them by the rules by which any task is given on.
@Suite struct TaskOfficeWorkTests {
    private static let refused = [
        "successor office-work.error.task", "leave_rest office-work.error.leave_rest",
    ]

    private func end(
        _ tasks: TaskWorld, _ office: UID, to succession: Succession, leavesRest: Bool = false
    ) async -> [String] {
        let (day, today, now) = (tasks.today.adding(days: 1), tasks.today, tasks.now)
        return await tasks.refusal {
            try await tasks.world.database.write { tx in
                try PersonStore(tx: tx, viewer: .system("test"), today: today).endOffice(
                    office, OfficeEnding(from: day, succession: succession, leavesRest: leavesRest), at: now)
            }
        }
    }

    private func lastEnd(_ tasks: TaskWorld) async throws -> [String: String] {
        try await tasks.act { store in
            try ActivityStore(tx: store.tx, viewer: store.viewer, today: store.today)
                .newest(EventFilter(verb: .ended), before: nil, limit: 1).first?.after ?? [:]
        }
    }

    @Test(arguments: Engine.allCases) func nobodyBecomesPerformerAndLeaderOfOneTask(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let free = try await tasks.issued { $0.leader = tasks.chairman.office.uid }.uid
            let held = try await tasks.issued().uid
            let (performer, chief) = (tasks.performer.office, tasks.chief.office)
            #expect(await end(tasks, performer.uid, to: .office(chief.uid)) == Self.refused)
            // Nothing half done: neither the task that could go, nor the office.
            #expect(try await tasks.find(free).performer == performer.id)
            #expect(try await tasks.find(held).performer == performer.id)
            let day = tasks.today.adding(days: 2)
            #expect(
                try await tasks.number("SELECT COUNT(*) FROM office WHERE id = \(performer.id) AND to_day > \(day)")
                    == 1)

            #expect(await end(tasks, performer.uid, to: .office(chief.uid), leavesRest: true) == [])
            #expect(try await tasks.find(free).performer == chief.id)
            #expect(try await tasks.find(held).performer == performer.id)
            let said = try await lastEnd(tasks)
            #expect(said["handed_over_task"] == "1" && said["left_open_task"] == "1")
            #expect(try await tasks.disorder() == [])
        }
    }

    @Test(arguments: Engine.allCases) func theLeadersOfficeNeitherGoesToThePerformer(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid
            let (performer, chief) = (tasks.performer.office, tasks.chief.office)
            #expect(await end(tasks, chief.uid, to: .office(performer.uid)) == Self.refused)
            // The same person in another office is the same person.
            let second = try await tasks.hire(tasks.performer, also: .finance).office
            #expect(await end(tasks, chief.uid, to: .office(second.uid)) == Self.refused)
            let next = try await tasks.hire(.finance, "Phó Giám đốc phụ trách").office
            #expect(await end(tasks, chief.uid, to: .office(next.uid)) == [])
            #expect(try await tasks.find(task).leader == next.id)
            #expect(try await tasks.disorder() == [])
        }
    }

    @Test(arguments: Engine.allCases) func aTaskStaysInTheUnitThatLeadsIt(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid
            let elsewhere = try await tasks.hire(.front, "Chuyên viên").office
            #expect(await end(tasks, tasks.performer.office.uid, to: .office(elsewhere.uid)) == Self.refused)
            let (place, day, now) = (try tasks.world.id(.front), tasks.today.adding(days: 1), tasks.now)
            let (today, office) = (tasks.today, tasks.performer.office.uid)
            func move(leavesRest: Bool) async -> [String] {
                await tasks.refusal {
                    _ = try await tasks.world.database.write { tx in
                        try PersonStore(tx: tx, viewer: .system("test"), today: today).transfer(
                            office,
                            OfficeTransfer(
                                unit: place, title: "Chuyên viên chính", from: day, decision: "9/QĐ",
                                succession: .along, leavesRest: leavesRest), at: now)
                    }
                }
            }
            #expect(await move(leavesRest: false) == Self.refused)
            #expect(await move(leavesRest: true) == [])
            #expect(try await tasks.find(task).performer == tasks.performer.office.id)
        }
    }

    /// Who is appointed from tomorrow may have tomorrow what they could not have today.
    @Test(arguments: Engine.allCases) func whoIsAppointedToTheOfficeTakesItsTasks(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let issued = try await tasks.issued().uid, draft = try await tasks.drafted().uid
            let someone = try await tasks.hire(.front, "Chuyên viên").person.uid
            #expect(await end(tasks, tasks.performer.office.uid, to: .person(someone)) == [])
            for task in [issued, draft] {
                let holder = try #require(try await tasks.find(task).performer)
                #expect(holder != tasks.performer.office.id)
            }
            #expect(try await tasks.disorder() == [])
        }
    }

    @Test func thePageNamesTheTasksAndOffersToLeaveThem() async throws {
        try await World.with(.sqlite) { world in
            let browser = try world.browser(as: .root)
            let staff = try world.staff(.science)
            let path = "/offices/\(staff.office)/end"
            let form = try await browser.get(path)
            #expect(form.status == 200 && form.text.contains("name=\"leave_rest\"") && !form.text.contains("⟦"))
            let sent: KeyValuePairs = ["from": "30/12/2026", "successor": staff.deputyOffice.text]
            let refused = try await browser.post(path, sent)
            #expect(refused.status == 422 && !refused.text.contains("⟦"))
            #expect(refused.text.contains("Không giao được nhiệm vụ “"), "\(refused.text.prefix(3_000))")
            let left = try await browser.post(
                path, ["from": "30/12/2026", "successor": staff.deputyOffice.text, "leave_rest": "1"])
            #expect(left.status == 303, "\(left.text.prefix(3_000))")
        }
    }
}
