import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// Two people at the same step of a task: one wins, the other is told who did what and keeps their words.
@Suite struct TaskRaceTests {
    /// What the other did first; what comes too late.
    private static let late: [(done: [TaskWorkflow.Act], act: TaskWorkflow.Act)] = [
        ([.verify], .return), ([.verify], .verify), ([.verify, .close], .verify), ([.verify, .close], .close),
        ([.return], .verify), ([.cancel], .return), ([.cancel], .close), ([.cancel], .cancel),
    ]

    @Test(arguments: Engine.allCases) func whoComesLaterIsToldWhoWasFaster(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            for (done, act) in Self.late {
                let task = try await tasks.issued().uid
                try await tasks.declared(task)
                for step in done {
                    try await tasks.does(step, task, as: step == .verify ? tasks.leader : tasks.secretariat)
                }
                let now = tasks.now
                let refusal = await #expect(throws: AppError.self) {
                    try await tasks.act(as: tasks.chairman.viewer) { store in
                        try store.act(act, task, TaskReport(text: "Vì lý do khác"), seen: nil, at: now)
                    }
                }
                guard case .conflict(let message)? = refusal else {
                    Issue.record("\(done) \(act): \(String(describing: refusal))")
                    continue
                }
                #expect(message.key == "task.refusal.already_by", "\(done) \(act)")
                guard case .text(let actor)? = message.arguments["actor"] else { throw AppError.notFound }
                #expect(!actor.isEmpty && message.arguments["day"] == .day(tasks.world.today))
            }
        }
    }

    @Test(arguments: Engine.allCases) func theFormComesBackWithWhatHappened(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid, path = "/tasks/\(task)"
            try await tasks.declared(task)
            let browser = try tasks.world.browser(as: .secretariat)
            let opened = try await browser.get("\(path)/return").text
            let form = try #require(SentForm(in: opened, to: "\(path)/return"))
            try await tasks.does(.verify, task, as: tasks.leader)
            let version = form["version"] ?? ""
            let late = try await browser.post(
                "\(path)/return", form: [("version", version), ("text", "Thiếu biên bản nghiệm thu")])
            #expect(late.status == 409 && late.text.contains("Thiếu biên bản nghiệm thu"))
            let verified = tasks.world.services.catalogue.text("task.state.verified", .vietnamese)
            #expect(late.text.contains("Nhiệm vụ đã ở trạng thái “\(verified)” ("))
            #expect(late.text.contains("class=\"timeline\""))
            #expect(SentForm(in: late.text, to: "\(path)/return")?["version"] != version)
        }
    }

    /// A form that has no place any more is not lost with its page.
    @Test(arguments: Engine.allCases) func whatWasWrittenStandsOnThePageOfTheRefusal(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let browser = try world.browser(as: .secretariat)
            let path = "/documents/\(try world.documents(.science).issued)"
            let late = try await browser.post(
                "\(path)/issue", ["signer_title": "Giám đốc <mới> của sở", "version": "1"])
            #expect(late.status == 409 && late.text.contains("Giám đốc &lt;mới&gt; của sở"))
            #expect(late.text.contains(world.services.catalogue.text("site.form.typed", .vietnamese)))
        }
    }

    @Test func aDayThatSpreadsheetsWriteIsNoDay() async throws {
        try await TaskWorld.with(.sqlite) { tasks in
            let epoch = try #require(Day(number: 0)), now = tasks.now
            await #expect(
                throws: AppError.invalid([Problem("start_on", "deadline.error.epoch_day", ["day": .day(epoch)])])
            ) {
                _ = try await tasks.drafted { $0.start = epoch }
            }
            let task = try await tasks.issued().uid
            try await tasks.does(.accept, task, as: tasks.performer.viewer)
            await #expect(throws: AppError.invalid([Problem("to", "deadline.error.epoch_day", ["day": .day(epoch)])])) {
                try await tasks.act(as: tasks.performer.viewer) { store in
                    _ = try store.askExtension(task, to: epoch, reason: "Chưa xong", seen: nil, at: now)
                }
            }
        }
    }
}
