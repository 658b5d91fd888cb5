import Foundation
import Testing

@testable import App

/// Every word of tasks and deadlines is there in every language, and none is there for nothing.
@Suite struct TaskWordsTests {
    /// Keys that are put together from a value.
    static let made: [String] =
        TaskWorkflow.State.allCases.map { "task.state.\($0.rawValue)" }
        + TaskWorkflow.Act.allCases.map { "task.act.\($0.rawValue)" }
        + TaskDeclared.allCases.map { "task.declared.\($0.name)" }
        + TaskVerification.allCases.map { "task.verification.\($0.name)" }
        + TaskSchedule.allCases.map { "task.schedule.\($0.name)" }
        + ClarityPoint.allCases.map { "task.clarity.point.\($0.rawValue)" }
        + DeadlineDraft.Choice.allCases.map { "deadline.choice.\($0.rawValue)" }

    /// Keys that stand in the code as they are.
    private func written() throws -> Set<String> {
        let app = WallsTests.root.appending(path: "Sources/App")
        var keys: Set<String> = []
        for folder in ["Kernel", "Tasks"] {
            let files = try FileManager.default.contentsOfDirectory(
                at: app.appending(path: folder), includingPropertiesForKeys: nil)
            for file in files where file.pathExtension == "swift" {
                let text = try String(contentsOf: file, encoding: .utf8)
                keys.formUnion(text.matches(of: /"((?:task|deadline)\.[a-z_.]+)"/).map { String($0.output.1) })
            }
        }
        return keys
    }

    @Test(arguments: Language.allCases) func everyWordIsThere(_ language: Language) throws {
        let catalogue = try CatalogueTests.catalogue.get()
        let written = try written()
        #expect(written.count > 30)
        for key in written.union(Self.made) {
            // A count has its forms behind it.
            #expect(catalogue.has(key, language) || catalogue.has(key + ".other", language), "\(key) in \(language)")
        }
    }

    /// Also with its gaps filled: what a rule says leaves none open.
    @Test(arguments: Language.allCases) func everyRefusalIsAWholeSentence(_ language: Language) throws {
        let catalogue = try CatalogueTests.catalogue.get()
        let everywhere =
            TaskWorkflow.State.allCases.compactMap { TaskWorkflow($0) }
            + [TaskWorkflow(.paused, before: .issued)].compactMap { $0 }
        var messages = everywhere.flatMap { from in TaskWorkflow.Act.allCases.compactMap { from.refusal(of: $0) } }
        var facts = TaskFacts(title: "Hai từ", products: [.init(name: "", kind: "", criterion: "Ngắn quá")])
        messages += TaskClarity(facts).problems.map(\.message)
        facts.start = Day(parsing: "2026-07-01")
        for typed in ["1/1/1970", "1/1/1999", "1/1/2026"] {
            facts.deadline = Deadline(typed: typed)
            messages += TaskClarity(facts).problems.map(\.message)
        }
        var found = Validation()
        _ = DeadlineDraft(.date, date: "sớm").read(start: nil, &found)
        messages += found.problems.map(\.message)
        #expect(messages.count > 80)
        for message in messages {
            let text = catalogue.text(message, language)
            #expect(!text.contains("{") && !text.contains("⟦"), "\(message.key): \(text)")
        }
    }

    /// What is the same is called the same: on the task, in lists, among what was done, in notices and on the overview.
    @Test(arguments: Language.allCases) func oneWordForOneThing(_ language: Language) throws {
        let page = try SamplePage.context(language)
        for act in TaskWorkflow.Act.allCases where act != .progress {
            let words = Set(["leader.act.\(act.rawValue)", "event.verb.\(act.verb.rawValue)"].map { page.t($0) })
            #expect(words.count == 1, "\(words)")
        }
        for same in [
            ["task.state.draft", "task.declared.draft", "task.schedule.draft"],
            ["task.state.declared", "task.verification.awaiting", "leader.declared", "task.tab.declared"],
            ["task.state.returned", "task.verification.returned", "leader.returned", "task.tab.returned"],
            ["task.state.verified", "task.verification.verified", "notice.kind.verified"],
            ["event.verb.returned", "notice.kind.returned"],
            ["task.tab.closed", "leader.ended"], ["task.tab.open", "leader.open", "leader.units.open"],
            ["task.schedule.overdue", "task.tab.overdue", "today.overdue", "leader.overdue", "notice.kind.overdue"],
            ["task.field.performer", "event.field.performer", "task-import.name.performer"],
        ] {
            let words = Set(same.map { page.t($0) })
            #expect(words.count == 1, "\(words)")
        }
    }
}
