import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// A request for a later deadline does not outlive what it was asked for.
@Suite struct TaskExtensionWithdrawingTests {
    private func ask(_ tasks: TaskWorld, _ task: UID, days: Int = 9) async throws {
        let (day, now) = (tasks.due.adding(days: days), tasks.now)
        try await tasks.act(as: tasks.performer.viewer) {
            try $0.askExtension(task, to: day, reason: "Chờ kinh phí", seen: nil, at: now)
        }
    }

    private func asked(_ tasks: TaskWorld, _ task: UID) async throws -> TaskExtension {
        try await tasks.act { try #require($0.tx.ask($0.extensions(of: $0.find(task).task.id)).last) }
    }

    private func waiting(_ tasks: TaskWorld) async throws -> [String] {
        let listed = try await tasks.names(as: tasks.secretariat) { $0.isWaiting = true }
        let shown = try await tasks.act(as: tasks.secretariat) { store in
            try store.today(limit: 5).parts.first { $0.part == .extensions }?.rows.map(\.task.title) ?? []
        }
        #expect(shown == listed)
        return shown
    }

    @Test(arguments: Engine.allCases) func whatHasEndedAsksNobodyForALaterDay(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let unit = tasks.performer.viewer, above = tasks.secretariat
            let ends: [(TaskWorkflow.Act, Viewer)] = [(.declare, unit), (.refuse, unit), (.cancel, tasks.leader)]
            for (act, viewer) in ends {
                let task = try await tasks.issued().uid
                try await ask(tasks, task)
                if act == .declare { try await tasks.does(.accept, task, as: unit) }
                #expect(try await tasks.told(above).contains("extension-asked"))
                #expect(try await waiting(tasks).count == 1)
                try await tasks.does(act, task, as: viewer)
                let found = try await asked(tasks, task)
                #expect(found.decision == .withdrawn && found.decidedAt == tasks.now, "\(act)")
                #expect(try await !tasks.told(above).contains("extension-asked"), "\(act)")
                #expect(try await waiting(tasks) == [], "\(act)")
                let event = try await tasks.act { try #require($0.history(of: $0.find(task)).items.first) }
                #expect(event.verb == act.verb && event.after["extension_withdrawn"] == found.to.text)
                let (now, uid) = (tasks.now, found.uid)
                let refusal = await tasks.refusal {
                    _ = try await tasks.act(as: above) {
                        try $0.decideExtension(uid, of: task, .granted, answer: "", seen: nil, at: now)
                    }
                }
                #expect(refusal == ["conflict task.error.extension_withdrawn"])
                #expect(try await tasks.find(task).extensions == 0)
            }
            #expect(try await tasks.disorder() == [])
        }
    }

    /// Whoever has to go on may ask again.
    @Test(arguments: Engine.allCases) func whatIsReturnedMayAskAnew(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid
            try await ask(tasks, task)
            try await tasks.declared(task)
            try await tasks.does(.return, task, as: tasks.secretariat)
            #expect(try await waiting(tasks) == [])
            try await ask(tasks, task, days: 12)
            #expect(try await waiting(tasks).count == 1)
            #expect(try await asked(tasks, task).decision == nil)
        }
    }

    /// A pause changes nothing; a deadline that is set meanwhile answers what it reaches.
    @Test(arguments: Engine.allCases) func aLaterDeadlineAnswersWhatItReaches(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            for (days, decision) in [(5, nil), (9, .withdrawn), (20, .withdrawn)] as [(Int, TaskExtension.Decision?)] {
                let task = try await tasks.issued().uid
                try await ask(tasks, task)
                try await tasks.does(.pause, task, as: tasks.secretariat)
                #expect(try await waiting(tasks).count == 1)
                let renewal = TaskRenewal(deadline: .day(tasks.due.adding(days: days)))
                try await tasks.does(.resume, task, TaskReport(renewal: renewal), as: tasks.secretariat)
                let all = try await tasks.act { try $0.tx.ask($0.extensions(of: $0.find(task).task.id)) }
                #expect(all.map(\.decision) == [decision, .granted], "\(days) days")
                #expect(try await waiting(tasks).count == (decision == nil ? 1 : 0), "\(days) days")
                try await tasks.does(.cancel, task, as: tasks.secretariat)
            }
            #expect(try await tasks.disorder() == [])
        }
    }

    @Test func pageAndProgramSayThatItIsWithdrawnAndNobodySaysSoThemselves() async throws {
        try await TaskWorld.with(.sqlite) { tasks in
            let task = try await tasks.issued()
            try await ask(tasks, task.uid)
            let path = "\(task.href)/extensions/\(try await asked(tasks, task.uid).uid)"
            let api = try tasks.world.api(as: .secretariat), version = try await tasks.find(task.uid).version
            let said = try await api.send(
                .post, "/api/v1\(path)/decision", json: ["decision": "withdrawn"], ifMatch: version)
            #expect(said.status == 422, "\(said.text)")
            try await tasks.declared(task.uid)
            let browser = try tasks.world.browser(as: .secretariat)
            for (language, words) in [("vi", "Rút theo thao tác của"), ("en", "Withdrawn with an act of")] {
                for page in [task.href, path] {
                    let text = try await browser.get(page, headers: [.acceptLanguage: language]).text
                    #expect(text.contains(words) && !text.contains("\(path)/decision"), "\(language) \(page)")
                }
            }
            #expect(try await api.get("/api/v1\(path)").json["decision"] as? String == "withdrawn")
        }
    }
}
