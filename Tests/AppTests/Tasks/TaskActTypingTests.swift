import Storage
import TestSupport
import Testing

@testable import App

/// Whatever is done to a task by page or by program can be done on the command line, in the words of the API.
@Suite struct TaskActTypingTests {
    private func act(_ tasks: TaskWorld, _ act: TaskAct, _ task: UID, _ words: [String]) async throws -> [String] {
        let now = tasks.now
        return try await tasks.act { try $0.act(act, task, typed: .words(words), at: now) }
    }

    private func refusal(_ tasks: TaskWorld, _ act: TaskAct, _ task: UID, _ words: [String]) async -> [String] {
        await tasks.refusal { _ = try await self.act(tasks, act, task, words) }
    }

    @Test func everyActOfALifeHasAName() {
        #expect(Set(TaskAct.allCases.compactMap(\.life)) == Set(TaskWorkflow.Act.allCases))
        let help = TaskAct.help
        for act in TaskAct.allCases { #expect(help.contains("\(act.rawValue): ")) }
        #expect(help.contains("decide-extension: Grant or refuse a later deadline\n    [extension=UID] decision="))
        #expect(help.contains("parts={}") && help.contains("percent=NUMBER"))
        #expect(TaskAct.askExtension.reasonMember == "reason" && TaskAct.pause.reasonMember == "text")
    }

    @Test(arguments: Engine.allCases) func aLifeInWords(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.drafted().uid
            let steps: [(TaskAct, [String], String)] = [
                (.issue, [], "issued"), (.accept, [], "accepted"),
                (.progress, ["text=Xong", "percent=40"], "in_progress"),
                (.pause, ["text=Chờ"], "paused"), (.resume, [], "in_progress"),
                (.declare, ["evidence_url=https://example.vn/a"], "declared"), (.return, ["text=Thiếu"], "returned"),
                (.declare, ["resubmits=true"], "declared"), (.verify, [], "verified"), (.close, [], "closed"),
                (.reopen, ["text=Nhầm"], "in_progress"), (.cancel, ["text=Thừa"], "cancelled"),
            ]
            for (act, words, state) in steps {
                #expect(try await self.act(tasks, act, task, words) == [task.text, state], "\(act)")
            }
            let wrong = await refusal(tasks, .reopen, task, ["reason=x"])
            #expect(wrong == ["reason field.unknown_name", "text task.error.reason_missing"])
        }
    }

    @Test(arguments: Engine.allCases) func anotherDayIsAskedForAndDecided(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid, to = tasks.due.adding(days: 9)
            #expect(
                await refusal(tasks, .decideExtension, task, ["decision=granted"]) == [
                    "extension task.error.extension_none"
                ])
            let asked = try await act(tasks, .askExtension, task, ["to=\(to)", "reason=Chờ kinh phí"])
            #expect(asked.count == 3 && asked.prefix(2) == [task.text, "issued"])
            let unknown = UID.new(at: tasks.now)
            #expect(
                await refusal(tasks, .decideExtension, task, ["extension=\(unknown)", "decision=granted"])
                    == ["not found"])
            let decided = try await act(tasks, .decideExtension, task, ["extension=\(asked[2])", "decision=granted"])
            #expect(decided == [task.text, "issued"])
            #expect(try await tasks.find(task).due == to)
        }
    }

    @Test(arguments: Engine.allCases) func itGoesToOthersAndToManyUnits(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid
            let next = try await tasks.hire(.finance, "Chuyên viên mới"), office = next.office.uid
            _ = try await act(tasks, .assignPerformer, task, ["office=\(office)", "reason=Ốm"])
            #expect(try await tasks.find(task).performer == next.office.id)
            #expect(
                await refusal(tasks, .assignLeader, task, ["office=\(office)"]) == [
                    "reason field.missing", "office task.error.reassign_performer",
                ])
            _ = try await act(
                tasks, .assignLeader, task, ["office=\(tasks.chairman.office.uid)", "reason=Phân công lại"])
            #expect(try await tasks.find(task).leader == tasks.chairman.office.id)
            let place = try tasks.world.uid(.giaLai)
            let made = try await act(tasks, .breakDown, task, ["audience=communes", "base=\(place)"])
            #expect(made.count == 3 && made[1] == "2")
            let uid = try #require(UID(parsing: made[2]))
            let parts = try await tasks.act { try $0.rows(of: uid).map(\.task) }
            #expect(parts.map(\.weight) == [1, 1] && parts.map(\.workflow.state) == [.draft, .draft])
        }
    }

    /// What is not said stays, products too; those that are said take the place of all.
    @Test(arguments: Engine.allCases) func aDraftIsChangedInPartAndGivenUp(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.drafted {
                $0.coordinating = [try tasks.world.uid(.quyNhon)]
                $0.products.append(TaskProduct(name: "Đề án", kind: .document, criterion: "Được phê duyệt"))
            }.uid
            let before = try await tasks.find(task)
            _ = try await act(tasks, .change, task, ["weight=7", "description="])
            var after = try await tasks.act { try $0.detail(task) }
            #expect(after.row.task.weight == 7 && after.row.task.due == before.due)
            #expect(after.products.map(\.name) == ["Nền tảng dữ liệu", "Đề án"] && after.coordinating.count == 1)
            let json = #"{"products": [{"name": "Báo cáo", "kind": "report", "criterion": "Đủ"}]}"#, now = tasks.now
            try await tasks.act { try $0.act(.change, task, typed: .json(json), at: now) }
            after = try await tasks.act { try $0.detail(task) }
            #expect(after.products.map(\.name) == ["Báo cáo"] && after.row.task.weight == 7)
            #expect(await refusal(tasks, .change, task, ["title="]) == ["title field.missing"])
            #expect(try await act(tasks, .discard, task, []) == [task.text, "discarded"])
            #expect(await refusal(tasks, .discard, task, []) == ["not found"])
        }
    }
}
