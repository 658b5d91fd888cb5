import Storage
import TestSupport
import Testing

@testable import App

/// Many acts by many people, allowed or not, each told beforehand by a model that knows no database.
@Suite struct TaskWalkTests {
    private static let steps = RandomSteps.asked("RESOLUTE_WALK_STEPS", usually: 600)
    /// So much is enough for one task: its reports would be read again and again.
    private static let life = 150

    /// What a task ought to be by now.
    private struct Model {
        let uid: UID
        var workflow = TaskWorkflow.draft
        var due: Day
        var version = 1
        var declaredOn: Day?
        var hasEvidence = false
        /// The day that was asked for and is not decided.
        var waiting: Day?
        /// Some day was asked for, be it decided or not.
        var hasAsked = false

        /// Somebody owes something that is late, told without the product's table.
        func isLate(on today: Day) -> Bool {
            switch workflow.state {
            case .issued, .accepted, .refused, .inProgress, .returned: due < today
            case .declared: declaredOn.map { due < $0 } ?? false
            case .draft, .verified, .closed, .paused, .cancelled: false
            }
        }
    }

    private enum Step: CustomStringConvertible {
        case act(TaskWorkflow.Act, evidence: Bool)
        case ask, grant, decline

        var description: String {
            switch self {
            case .act(let act, let evidence): "\(act)\(evidence ? " with evidence" : "")"
            case .ask: "ask"
            case .grant: "grant"
            case .decline: "decline"
            }
        }
    }

    /// Somebody who walks, and their side: `directs`, `performs`, `both` (and so verifies nothing), `reads`, or
    /// `nothing` for whoever may not know of any task.
    private typealias Walker = (name: String, viewer: Viewer, side: String)

    private func walkers(_ tasks: TaskWorld) async throws -> [Walker] {
        let agent = try await tasks.viewer(tasks.performer.office.uid, for: tasks.world.office(.leader))
        return [
            ("secretariat", tasks.secretariat, "directs"), ("leader", tasks.leader, "directs"),
            ("chairman", tasks.chairman.viewer, "directs"), ("performer", tasks.performer.viewer, "performs"),
            ("chief", tasks.chief.viewer, "performs"), ("agent", agent, "both"),
            ("supervisor", tasks.viewer(.supervisor), "reads"), ("nobody", tasks.viewer(.nobody), "nothing"),
        ]
    }

    @Test(arguments: RandomSteps.engines, [57, 2026]) func aLongWalkStaysOnTheTable(_ engine: Engine, _ seed: UInt64)
        async throws
    {
        try await TaskWorld.with(engine) { tasks in
            var random = RandomSteps(seed: seed), models: [Model] = []
            for number in 0..<6 { models.append(try await begin(tasks, dueIn: 2 + 3 * number)) }
            let walkers = try await walkers(tasks)
            var outcomes: [String: Int] = [:], states: Set<TaskWorkflow.State> = []
            for count in 1...Self.steps {
                guard let index = models.indices.randomElement(using: &random),
                    let walker = likely(walkers, for: models[index], using: &random)
                else { break }
                let step = step(for: models[index], using: &random)
                let before = models[index]
                let expected = outcome(of: step, walker, on: &models[index], today: tasks.today)
                let found = await take(step, walker.viewer, before, tasks)
                guard found == expected else {
                    Issue.record(
                        """
                        step \(count) of seed \(seed): \(step) by \(walker.name) on \(before): \(found) \
                        instead of \(expected)
                        """)
                    return
                }
                outcomes[expected, default: 0] += 1
                states.insert(models[index].workflow.state)
                if count.isMultiple(of: 40) { tasks.pass(days: 1) }
                if models[index].version > Self.life {
                    if models[index].workflow.isOpen {
                        try await tasks.does(.cancel, models[index].uid, as: .system("test"))
                    }
                    models[index] = try await begin(tasks, dueIn: random.number(2...17))
                }
                if count.isMultiple(of: max(50, Self.steps / 40)) { try await check(tasks, models) }
            }
            print("walk (\(engine.rawValue), seed \(seed)): \(Self.steps) steps as the model says, \(outcomes)")
            #expect(outcomes.keys.sorted() == ["conflict", "done", "forbidden", "not found"], "\(outcomes)")
            #expect(outcomes["done", default: 0] > 100, "\(outcomes)")
            #expect(states.count == TaskWorkflow.State.allCases.count, "not everywhere: \(states)")
        }
    }

    private func begin(_ tasks: TaskWorld, dueIn days: Int) async throws -> Model {
        let due = tasks.today.adding(days: days)
        return Model(uid: try await tasks.drafted { $0.deadline = .day(due) }.uid, due: due)
    }

    /// Half of the steps are by somebody who has a say.
    private func likely(_ walkers: [Walker], for model: Model, using random: inout RandomSteps) -> Walker? {
        guard Bool.random(using: &random) else { return walkers.randomElement(using: &random) }
        let side = model.workflow.state == .draft || Bool.random(using: &random) ? "directs" : "performs"
        return walkers.filter { $0.side == side }.randomElement(using: &random)
    }

    /// Two thirds of the acts are possible now.
    private func step(for model: Model, using random: inout RandomSteps) -> Step {
        let evidence = Int.random(in: 0..<5, using: &random) > 0
        switch Int.random(in: 0..<12, using: &random) {
        case 0: return .ask
        case 1: return Bool.random(using: &random) ? .grant : .decline
        case 2, 3, 4: return .act(TaskWorkflow.Act.allCases.randomElement(using: &random) ?? .issue, evidence: evidence)
        default:
            // To cancel is possible nearly everywhere: a walk would always end there.
            let acts = model.workflow.acts.filter { $0 != .cancel || Int.random(in: 0..<5, using: &random) == 0 }
            return .act(acts.randomElement(using: &random) ?? .reopen, evidence: evidence)
        }
    }

    // MARK: - The model

    private func outcome(of step: Step, _ walker: Walker, on model: inout Model, today: Day) -> String {
        let isPlan = model.workflow.state == .draft
        if walker.side == "nothing" || (walker.side == "performs" && isPlan) { return "not found" }
        let may: Bool
        switch step {
        case .act(.accept, _), .act(.refuse, _), .act(.progress, _), .act(.declare, _), .ask:
            may = ["performs", "both"].contains(walker.side)
        case .act(.verify, _), .act(.return, _):
            may = walker.side == "directs"
        case .grant, .decline: may = walker.side == "directs"
        case .act: may = ["directs", "both"].contains(walker.side)
        }
        guard may else { return "forbidden" }
        switch step {
        case .act(let act, let evidence):
            guard let next = model.workflow.next(act) else { return "conflict" }
            if act == .verify, !model.hasEvidence { return "conflict" }
            model.workflow = next
            if act == .declare {
                model.declaredOn = today
                // What was shown before a return or a reopening does not count by itself.
                model.hasEvidence = evidence
            }
            if act == .return || act == .reopen { model.declaredOn = nil }
            // Nobody decides on a later day for what is done, given back or over.
            if next.isClosed || [.declared, .refused].contains(next.state) { model.waiting = nil }
        case .ask:
            let asks = model.workflow.isOpen && ![.declared, .refused].contains(model.workflow.state)
            guard asks, model.due >= today, model.waiting == nil else { return "conflict" }
            (model.waiting, model.hasAsked) = (model.due.adding(days: 4), true)
        case .grant:
            // Without a request there is nothing to decide, and nothing is decided twice.
            guard let day = model.waiting else { return model.hasAsked ? "conflict" : "not found" }
            guard model.workflow.isOpen else { return "conflict" }
            (model.due, model.waiting) = (day, nil)
        case .decline:
            guard model.waiting != nil else { return model.hasAsked ? "conflict" : "not found" }
            model.waiting = nil
        }
        model.version += 1
        return "done"
    }

    // MARK: - The store

    private func take(_ step: Step, _ viewer: Viewer, _ model: Model, _ tasks: TaskWorld) async -> String {
        let (now, uid, due) = (tasks.now, model.uid, model.due)
        let found = await tasks.refusal {
            switch step {
            case .act(let act, let evidence):
                try await tasks.does(act, uid, as: viewer, evidence: evidence)
            case .ask:
                _ = try await tasks.act(as: viewer) {
                    try $0.askExtension(uid, to: due.adding(days: 4), reason: "Chờ kinh phí", seen: nil, at: now)
                }
            case .grant, .decline:
                var decision = TaskExtension.Decision.granted
                if case .decline = step { decision = .refused }
                try await tasks.act(as: viewer) { [decision] store in
                    let all = TaskStore(tx: store.tx, viewer: .system("test"), today: store.today)
                    let last = try all.tx.ask(all.extensions(of: all.find(uid).task.id)).last
                    try store.decideExtension(
                        last?.uid ?? UID.new(at: now), of: uid, decision, answer: "Không", seen: nil, at: now)
                }
            }
        }
        return found.isEmpty ? "done" : found.first?.hasPrefix("conflict") == true ? "conflict" : found.joined()
    }

    private func check(_ tasks: TaskWorld, _ models: [Model]) async throws {
        #expect(try await tasks.disorder() == [])
        let today = tasks.today
        let late = Set(models.filter { $0.isLate(on: today) }.map(\.uid))
        for (name, viewer) in [("secretariat", tasks.secretariat), ("performer", tasks.performer.viewer)] {
            for order in TaskFilter.Order.allCases {
                let listed = try await tasks.act(as: viewer) { store in
                    var filter = TaskFilter()
                    (filter.schedule, filter.order) = (.overdue, order)
                    return Set(try store.list(filter).items.map(\.uid))
                }
                #expect(listed == late, "\(name) \(order)")
            }
        }
        for model in models {
            let task = try await tasks.find(model.uid)
            #expect(task.workflow == model.workflow && task.version == model.version && task.due == model.due)
            #expect(task.declaredOn == model.declaredOn && task.hasEvidence == model.hasEvidence)
            #expect((task.status(on: today).schedule == .overdue) == late.contains(model.uid))
            let isGreen = task.status(on: today).verified == .verified
            #expect(!isGreen || (model.workflow.isClosed && model.hasEvidence))
            let events = try await tasks.number(
                """
                SELECT COUNT(*) FROM event WHERE subject_kind = 'task' AND subject_id = \(task.id)
                AND subject_uid = \(model.uid)
                """)
            #expect(events == model.version, "no change is without an event")
        }
    }
}
