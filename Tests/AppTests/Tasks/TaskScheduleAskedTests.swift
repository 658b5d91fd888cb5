import Storage
import TestSupport
import Testing

@testable import App

/// Lists by the words of the schedule find the tasks whose rows say that word, and no others.
@Suite struct TaskScheduleAskedTests {
    /// Days from today, around what the rules tell apart.
    private static let dues = [-40, -1, 0, 1, 2, 3, 4, 8, 9, 14, 15, 16, 39, 40, 41, 75, nil]
    private static let spans = [0, 1, 29, 30, 31, 32, 60, 100, 400, nil]
    private static let percents = [0, 5, 30, 54, 55, 56, 79, 80, 99, 100]
    private static let declared = [-50, -40, -1, 0, nil]

    /// Copies of two tasks, one given by the standing agency of a committee and one by whoever is none, in every state.
    private func fill(_ tasks: TaskWorld) async throws {
        let first = try await tasks.given(by: .science, .open).task.id
        let second = try await tasks.given(by: .front, .open).task.id
        let (today, now) = (tasks.today, tasks.now)
        var chance = RandomSteps(seed: 57)
        var kinds: [ID<TaskItem>: [SQL]] = [:]
        for number in 0..<900 {
            let state = TaskWorkflow.State.allCases[number % TaskWorkflow.State.allCases.count]
            var due = Self.dues[chance.number(0...Self.dues.count - 1)].map(today.adding(days:)) ?? .never
            var span = Self.spans[chance.number(0...Self.spans.count - 1)]
            var percent = Self.percents[chance.number(0...Self.percents.count - 1)]
            // In each state one that is exactly as far behind as it may be: 60 of 100 days, 40 percent.
            if number < TaskWorkflow.State.allCases.count {
                (due, span, percent) = (today.adding(days: 40), 100, 60 - TaskSchedule.lag)
            }
            let start = span.map { due == .never ? today.adding(days: -$0) : due.adding(days: -$0) } ?? .never
            let done = Self.declared[chance.number(0...Self.declared.count - 1)].map(today.adding(days:))
            let workflow = try #require(TaskWorkflow(state, before: state == .paused ? .inProgress : nil))
            let times = TaskTimes(
                due: due, originalDue: due, start: start, workflow: workflow,
                percent: percent,
                declaredOn: state == .declared ? done ?? today : done, hasEvidence: !chance.once(in: 3))
            kinds[chance.once(in: 2) ? first : second, default: []].append(TaskCopies.columns(times))
        }
        let made = kinds
        try await tasks.act { store in
            let copies = TaskCopies(store: store, now: now)
            try copies.finish(try [first, second].flatMap { try copies.make(of: $0, made[$0] ?? []) })
        }
    }

    private func setWarning(_ tasks: TaskWorld, _ place: Place, _ short: Int, _ long: Int) async throws {
        let (committee, today, now) = (try tasks.world.committee(place).committee, tasks.today, tasks.now)
        var rules = CommitteeRules.standard
        (rules.warnDays, rules.warnDaysLong) = (short, long)
        let regulation = RulesDraft(reference: "09-QC \(short)", from: today, rules: rules)
        try await tasks.act { store in
            _ = try CommitteeStore(tx: store.tx, viewer: store.viewer, today: today)
                .setRules(committee, regulation, seen: nil, at: now)
        }
    }

    /// Each list of a word against the rows of the whole list that say it; how many rows said each.
    private func compare(_ tasks: TaskWorld, as viewer: Viewer, _ name: String) async throws {
        let found = try await tasks.act(as: viewer) { store in
            var wrong: [String] = [], counts: [TaskFilter.Schedule: Int] = [:]
            for word in TaskFilter.Schedule.allCases where ![.week, .near, .undated, .review].contains(word) {
                var whole = TaskFilter(), asked = TaskFilter()
                (whole.which, asked.which) = (word.which ?? .open, word.which ?? .open)
                var expected: Set<UID> = []
                try store.each(whole) { row in
                    if row.status(on: store.today).schedule.rawValue == word.rawValue { expected.insert(row.uid) }
                }
                counts[word] = expected.count
                asked.schedule = word
                for order in TaskFilter.Order.allCases {
                    asked.order = order
                    var listed: [UID] = []
                    try store.each(asked) { listed.append($0.uid) }
                    if Set(listed) != expected || listed.count != expected.count {
                        wrong.append("\(word) \(order): \(listed.count) instead of \(expected.count)")
                    }
                    let total = try store.list(asked, page: PageRequest(after: nil, limit: 1)).total
                    if total != expected.count { wrong.append("\(word) \(order): counted \(total)") }
                }
            }
            return (wrong, counts)
        }
        #expect(found.0 == [], "\(name)")
        #expect(found.1.values.allSatisfy { $0 > 3 }, "\(name): \(found.1)")
    }

    @Test(arguments: Engine.allCases) func aListOfAWordFindsTheRowsThatSayIt(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            try await fill(tasks)
            let viewers = [
                ("secretariat", tasks.secretariat), ("root", tasks.viewer(.root)),
                ("performer", tasks.performer.viewer),
            ]
            for (name, viewer) in viewers { try await compare(tasks, as: viewer, name) }
            // One committee warns later than usual, the other earlier; then one warns as all did.
            try await setWarning(tasks, .steering, 1, 2)
            try await setWarning(tasks, .provinceSteering, 9, 40)
            for (name, viewer) in viewers { try await compare(tasks, as: viewer, "\(name), by regulations") }
        }
    }

    @Test(arguments: Engine.allCases) func theFormAsksWhatTheRowsSay(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let document = try tasks.world.documents(.science).issued
            _ = try await tasks.issued {
                ($0.title, $0.document) = ("Việc sắp đến hạn nộp", document)
                $0.deadline = .day(tasks.today.adding(days: 2))
            }
            _ = try await tasks.issued { $0.title = "Việc còn xa hạn nộp" }
            let person = tasks.performer.person
            let browser = try tasks.world.browser(as: .secretariat)
            let page = try await browser.get("/tasks?schedule=due_soon&which=closed").text
            #expect(page.contains("Việc sắp đến hạn nộp") && !page.contains("Việc còn xa"))
            #expect(page.contains(#"<option value="due_soon" selected>"#) && !page.contains(#"name="which""#))
            // Without a script the form sends what was typed.
            let name = person.name.replacing(" ", with: "+")
            let typed = try await browser.get("/tasks?person=\(name)&document=\(document)&q=sap").text
            #expect(typed.contains("Việc sắp đến hạn nộp") && !typed.contains("Việc còn xa"))
            #expect(typed.contains(#"name="person""#) && typed.contains(#"value="\#(person.uid)""#))
            #expect(typed.contains(#"name="document""#) && typed.contains(#"value="\#(document)""#))
            let unknown = try await browser.get("/tasks?person=Kh%C3%B4ng+ai+c%E1%BA%A3")
            #expect(unknown.status == 422)
            let csv = try await browser.get("/tasks.csv?person=\(name)&schedule=due_soon").text
            #expect(csv.contains("Việc sắp đến hạn nộp") && !csv.contains("Việc còn xa"))
            let api = try await tasks.world.api(as: .secretariat).get("/api/v1/tasks?schedule=due_soon").text
            #expect(api.contains("Việc sắp đến hạn nộp") && !api.contains("Việc còn xa"))
        }
    }
}
