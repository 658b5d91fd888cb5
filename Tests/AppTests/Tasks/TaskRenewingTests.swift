import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// What stopped goes on: with people who are still there, and with a day that has not passed.
@Suite struct TaskRenewingTests {
    private func end(_ office: UID, _ tasks: TaskWorld) async throws {
        let (today, now) = (tasks.today, tasks.now)
        try await tasks.world.database.write { tx in
            try PersonStore(tx: tx, viewer: .system("test"), today: today).endOffice(
                office, OfficeEnding(from: today.adding(days: 1)), at: now)
        }
        tasks.pass(days: 1)
    }

    private func restart(
        _ act: TaskWorkflow.Act, _ task: UID, _ renewal: TaskRenewal, _ tasks: TaskWorld, as viewer: Viewer? = nil
    ) async -> [String] {
        var report = TaskReport(text: "Vẫn cần")
        report.renewal = renewal
        let said = report
        return await tasks.refusal { try await tasks.does(act, task, said, as: viewer ?? tasks.secretariat) }
    }

    @Test(arguments: Engine.allCases) func whoHasLeftDoesNotGetTheTaskBack(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let ended: [TaskWorkflow.Act] = [.cancel, .verify]
            for act in ended {
                let performer = try await tasks.hire(.finance, "Chuyên viên")
                let chief = try await tasks.hire(.finance, "Trưởng phòng")
                let task = try await tasks.issued {
                    ($0.performer, $0.leader) = (performer.office.uid, chief.office.uid)
                }.uid
                if act == .verify {
                    for step in [TaskWorkflow.Act.accept, .progress, .declare] {
                        try await tasks.does(step, task, as: performer.viewer)
                    }
                }
                try await tasks.does(act, task, as: tasks.secretariat)
                try await end(performer.office.uid, tasks)
                try await end(chief.office.uid, tasks)
                let missing = ["performer task.error.reopen_performer", "leader task.error.reopen_leader"]
                #expect(await restart(.reopen, task, TaskRenewal(), tasks) == missing)
                let version = try await tasks.find(task).version
                let chosen = [TaskBulkAct.Chosen(uid: task, version: version)]
                let seen = try await tasks.act(as: tasks.secretariat) { try $0.preview(TaskBulkAct(.reopen, chosen)) }
                #expect(seen.flatMap(\.refusals).map { "\($0.field) \($0.message.key)" } == missing)
                // Nobody who has no part in the lead unit, and not one person for both.
                let other = try await tasks.hire(.front, "Chuyên viên")
                let elsewhere = TaskRenewal(performer: other.office.uid, leader: tasks.chief.office.uid)
                #expect(
                    await restart(.reopen, task, elsewhere, tasks) == ["performer task.error.reassign_elsewhere"])
                let next = try await tasks.hire(.finance, "Người thay")
                let both = TaskRenewal(performer: next.office.uid, leader: next.office.uid)
                #expect(
                    await restart(.reopen, task, both, tasks) == [
                        "performer task.error.reassign_leader", "leader task.error.reassign_performer",
                    ])
                let unknown = TaskRenewal(performer: UID.new(at: tasks.now))
                #expect(await restart(.reopen, task, unknown, tasks) == ["performer task.error.reopen_unknown"])
                #expect(try await tasks.find(task).version == version, "nothing was done")

                let good = TaskRenewal(performer: next.office.uid, leader: tasks.chief.office.uid)
                #expect(await restart(.reopen, task, good, tasks) == [])
                let found = try await tasks.find(task)
                #expect(found.performer == next.office.id && found.leader == tasks.chief.office.id)
                #expect(found.workflow.state == (act == .cancel ? .issued : .inProgress))
                let held = try await tasks.act { store in
                    try store.tx.ask(store.assignments(of: found.id)).filter { $0.to == .never }
                }
                #expect(Set(held.map(\.office.uid)) == [next.office.uid, tasks.chief.office.uid])
                #expect(try await tasks.told(next.viewer) == ["reopened"])
                let event = try await tasks.act { try #require(try $0.history(of: $0.find(task)).items.first) }
                #expect(event.verb == .reopened && event.after["performer"] == "Người thay")
                #expect(event.before["performer"] == "Chuyên viên" && event.after["text"] == "Vẫn cần")
                let person = next.person.uid
                #expect(try await tasks.names(as: tasks.secretariat) { $0.person = person }.count == 1)
            }
            #expect(try await tasks.disorder() == [])
        }
    }

    @Test(arguments: Engine.allCases) func theAssignerNamesALaterDay(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            for act in [TaskWorkflow.Act.resume, .reopen] {
                let task = try await tasks.issued().uid
                let first = try await tasks.find(task).due
                try await tasks.does(.accept, task, as: tasks.performer.viewer)
                try await tasks.does(act == .resume ? .pause : .cancel, task, as: tasks.secretariat)
                tasks.pass(days: 40)
                func asked(_ deadline: Deadline) async -> [String] {
                    await restart(act, task, TaskRenewal(deadline: deadline), tasks)
                }
                let today = tasks.today
                let yesterday = Deadline.day(today.adding(days: -1))
                #expect(await asked(yesterday) == ["deadline task.error.renewal_past"])
                let epoch = try #require(Day(parsing: "1970-01-01"))
                #expect(await asked(.day(epoch)) == ["deadline deadline.error.epoch"])
                #expect(
                    await asked(.undated(reason: "Chưa có luật", reviewOn: today.adding(days: 9))) == [
                        "deadline_kind task.error.renewal_undated"
                    ])
                let later = today.adding(days: 20)
                #expect(await asked(.day(later)) == [])
                let found = try await tasks.find(task)
                #expect(found.due == later && found.extensions == 1 && found.originalDue == first)
                #expect(found.status(on: today).schedule != .overdue)
                let list = try await tasks.act { try $0.tx.ask($0.extensions(of: found.id)) }
                #expect(list.map(\.from) == [first] && list.map(\.to) == [later])
                #expect(list.map(\.decision) == [.granted] && list.first?.reason == "Vẫn cần")
                let event = try await tasks.act { try #require(try $0.history(of: $0.find(task)).items.first) }
                #expect(event.before["deadline"] == first.text && event.after["deadline"] == later.text)
                #expect(try await tasks.told(tasks.performer.viewer).last == (act == .resume ? "resumed" : "reopened"))
            }
            // A day that is nearer than the one that holds is no later one.
            let task = try await tasks.issued { $0.deadline = .day(tasks.today.adding(days: 30)) }.uid
            try await tasks.does(.pause, task, as: tasks.secretariat)
            let nearer = TaskRenewal(deadline: .day(tasks.today.adding(days: 3)))
            #expect(await restart(.resume, task, nearer, tasks) == ["deadline task.error.extension_early"])
            #expect(await restart(.resume, task, TaskRenewal(), tasks) == [])
            #expect(try await tasks.find(task).extensions == 0)
            #expect(try await tasks.disorder() == [])
        }
    }

    /// What has no day may get one, or another day on which it is looked at again; neither is an extension.
    @Test(arguments: Engine.allCases) func whatHasNoDayMayGetOne(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let review = tasks.today.adding(days: 5)
            let task = try await tasks.issued { $0.deadline = .event("Luật được thông qua", reviewOn: review) }.uid
            for deadline in [
                Deadline.event("Luật có hiệu lực", reviewOn: review.adding(days: 30)), .day(review.adding(days: 60)),
            ] {
                try await tasks.does(.pause, task, as: tasks.secretariat)
                tasks.pass(days: 2)
                let past = TaskRenewal(deadline: .event("Luật", reviewOn: tasks.today.adding(days: -1)))
                #expect(await restart(.resume, task, past, tasks) == ["review_on task.clarity.time.review_past"])
                #expect(await restart(.resume, task, TaskRenewal(deadline: deadline), tasks) == [])
                #expect(try await tasks.find(task).deadline == deadline)
            }
            #expect(try await tasks.find(task).extensions == 0)
            #expect(try await tasks.disorder() == [])
        }
    }

    /// Whoever may not decide on an extension does not name a day in this way either.
    @Test(arguments: Engine.allCases) func noWayAroundThoseWhoExtend(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid
            try await tasks.does(.pause, task, as: tasks.secretariat)
            let agent = try await tasks.viewer(tasks.performer.office.uid, for: tasks.world.office(.leader))
            let later = TaskRenewal(deadline: .day(tasks.due.adding(days: 9)))
            #expect(await restart(.resume, task, later, tasks, as: agent) == ["forbidden"], "their own deadline")
            #expect(await restart(.resume, task, TaskRenewal(), tasks, as: agent) == [])
        }
    }

    @Test(arguments: Engine.allCases) func pageAndAPIAskForIt(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid
            try await tasks.does(.pause, task, as: tasks.secretariat)
            let browser = try tasks.world.browser(as: .secretariat)
            let form = try await browser.get("/tasks/\(task)/resumption").text
            #expect(form.contains(#"name="deadline""#) && !form.contains(#"name="performer""#))
            let refused = try await browser.post("/tasks/\(task)/resumption", ["deadline": "1/1/2020"])
            #expect(refused.status == 422 && refused.text.contains("1/1/2020"))
            let resumed = try await browser.post("/tasks/\(task)/resumption", ["deadline": "Q1/2027"])
            #expect(resumed.status == 303)
            #expect(try await tasks.find(task).deadline?.text == "2027Q1")

            try await tasks.does(.cancel, task, as: tasks.secretariat)
            #expect(try await browser.get("/tasks/\(task)/reopening").text.contains(#"name="performer""#))
            let next = try await tasks.hire(.finance, "Người thay")
            let version = try await tasks.find(task).version
            let reply = try await tasks.world.api(as: .secretariat).send(
                .post, "/api/v1/tasks/\(task)/reopening",
                json: [
                    "text": "Vẫn cần", "performer": next.office.uid.text, "deadline": "2027-06-30",
                ], ifMatch: version)
            #expect(reply.status == 200, "\(reply.text)")
            let found = try await tasks.find(task)
            #expect(found.performer == next.office.id && found.due.text == "2027-06-30" && found.extensions == 2)
        }
    }
}
