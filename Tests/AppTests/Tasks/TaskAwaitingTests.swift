import Storage
import TestSupport
import Testing

@testable import App

/// What *Today* says awaits somebody's word is what they can say it of: every row, and no other task in the world.
@Suite struct TaskAwaitingTests {
    /// Takes the transaction back: what is tried is not done.
    private struct TakenBack: Error {}

    private static let parts: [TaskToday.Part] = [.declared, .extensions, .refused]

    /// The act is accepted of this viewer, who says the least that can always be said.
    private func isAccepted(_ part: TaskToday.Part, _ task: UID, as viewer: Viewer, in tasks: TaskWorld) async throws
        -> Bool
    {
        let now = tasks.now
        do {
            try await tasks.act(as: viewer) { store in
                let report = TaskReport(text: "Chưa đạt")
                switch part {
                case .declared: try store.act(.return, task, report, seen: nil, at: now)
                case .refused: try store.act(.cancel, task, report, seen: nil, at: now)
                default:
                    let all = TaskStore(tx: store.tx, viewer: .system("test"), today: store.today)
                    let open = try all.tx.ask(all.extensions(of: all.find(task).task.id)).first { $0.decision == nil }
                    guard let open else { throw AppError.notFound }
                    try store.decideExtension(open.uid, of: task, .refused, answer: "Không", seen: nil, at: now)
                }
                throw TakenBack()
            }
        } catch is TakenBack {
            return true
        } catch is AppError {
            return false
        }
        return false
    }

    /// A task of each assigning unit for each lead unit, in each state that waits for a word. Refused: of the draft.
    private func fill(_ tasks: TaskWorld) async throws -> [(title: String, uid: UID, part: TaskToday.Part)] {
        let there = try await tasks.hire(.quyNhon, "Chuyên viên")
        let own = try await tasks.hire(.science, "Kỹ sư")
        let leads: [(Place, TaskWorld.Hired)] = [
            (.finance, tasks.performer), (.quyNhon, there), (.science, own),
        ]
        var made: [(title: String, uid: UID, part: TaskToday.Part)] = []
        for giver in [Place.science, .committee, .finance] {
            for (lead, doer) in leads {
                for part in Self.parts {
                    let title = "\(part.name) của \(giver) giao \(lead)"
                    let row = try await tasks.given(by: giver, .open) {
                        ($0.title, $0.leadUnit) = (title, try tasks.world.uid(lead))
                        ($0.performer, $0.leader) = (doer.office.uid, tasks.chairman.office.uid)
                        if lead == .finance { $0.leader = tasks.chief.office.uid }
                    }
                    try await wait(part, row.uid, doer.viewer, tasks)
                    made.append((title, row.uid, part))
                }
            }
        }
        return made
    }

    private func wait(_ part: TaskToday.Part, _ task: UID, _ doer: Viewer, _ tasks: TaskWorld) async throws {
        let (now, later) = (tasks.now, tasks.due.adding(days: 9))
        switch part {
        case .declared: for act in [TaskWorkflow.Act.accept, .declare] { try await tasks.does(act, task, as: doer) }
        case .refused: try await tasks.does(.refuse, task, as: doer)
        default:
            _ = try await tasks.act(as: doer) {
                try $0.askExtension(task, to: later, reason: "Thiếu vốn", seen: nil, at: now)
            }
        }
    }

    /// Everybody of the world, and those who have two offices or act for another.
    private func viewers(_ tasks: TaskWorld) async throws -> [(String, Viewer)] {
        let world = tasks.world
        let science = try await tasks.hire(.science, "Phó giám đốc", .secretariat)
        let beside = try await tasks.hire(tasks.colleague, also: .science, .secretariat)
        let second = try await tasks.hire(tasks.performer, also: .science, .secretariat)
        let low = try await tasks.hire(.wardCommittee, "Chuyên viên")
        let high = try await tasks.hire(low, also: .science, .secretariat)
        var all: [(String, Viewer)] = Who.allCases.map { ($0.rawValue, tasks.viewer($0)) }
        all += [
            ("performer", tasks.performer.viewer), ("chief", tasks.chief.viewer),
            ("colleague", tasks.colleague.viewer), ("chairman", tasks.chairman.viewer), ("science", science.viewer),
            ("a colleague in another office", beside.viewer), ("the performer in another office", second.viewer),
            ("somebody of a body below", high.viewer),
        ]
        for (name, agent, principal) in [
            ("the performer for the leader", tasks.performer.office.uid, try world.office(.leader)),
            ("science for the performer", science.office.uid, tasks.performer.office.uid),
            ("science for the chairman", science.office.uid, tasks.chairman.office.uid),
        ] { all.append((name, try await tasks.viewer(agent, for: principal))) }
        return all
    }

    /// For each viewer and part: listed is what would be accepted. Returns how often that was so.
    private func compare(
        _ made: [(title: String, uid: UID, part: TaskToday.Part)], _ viewers: [(String, Viewer)], _ tasks: TaskWorld,
        parts: [TaskToday.Part] = TaskAwaitingTests.parts
    ) async throws -> [TaskToday.Part: Int] {
        var accepted: [TaskToday.Part: Int] = [:]
        for (name, viewer) in viewers {
            let day = try await tasks.act(as: viewer) { try $0.today(limit: 100) }
            for part in parts {
                let shown = day.parts.first { $0.part == part }?.rows.map(\.task.title) ?? []
                var wanted: [String] = []
                for task in made where task.part == part {
                    if try await isAccepted(part, task.uid, as: viewer, in: tasks) { wanted.append(task.title) }
                }
                #expect(shown.sorted() == wanted.sorted(), "\(part) of \(name)")
                let list = try await tasks.act(as: viewer) { try $0.list(part.filter) }
                #expect(list.total == wanted.count && list.items.count == wanted.count, "\(part) of \(name)")
                accepted[part, default: 0] += wanted.count
            }
        }
        return accepted
    }

    @Test(arguments: Engine.allCases) func everyRowIsOnesToDecideAndNoOtherIs(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let made = try await fill(tasks), viewers = try await viewers(tasks)
            let accepted = try await compare(made, viewers, tasks)
            for part in Self.parts {
                #expect(accepted[part, default: 0] >= made.count / 2, "\(part): \(accepted)")
                #expect(accepted[part, default: 0] < viewers.count * made.count / 3, "\(part): \(accepted)")
            }
        }
    }

    /// Where the working regulation leaves extensions to others, they are asked, and nobody else is: of both committees
    /// by which the assigning units are bound, the country's with a head who has a name.
    @Test(arguments: Engine.allCases) func whatOthersExtendIsListedForThem(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in try await compareRules(tasks) }
    }

    private static let rules: [Set<DeadlineExtender>] = [[.head], [.standingAgency], [.assigner, .head]]

    private func compareRules(_ tasks: TaskWorld) async throws {
        let made = try await fill(tasks)
        let head = try await tasks.hire(.party, "Bí thư", .leader)
        let agency = try await tasks.hire(.steeringOffice, "Chánh Văn phòng", .secretariat)
        try await tasks.seatHead(.steering, head.person)
        var all = try await viewers(tasks)
        all.append(("head", head.viewer))
        all.append(("agency", agency.viewer))
        let before = try await compare(made, all, tasks)
        var counts: Set<Int> = [before[.extensions, default: 0]]
        for named in Self.rules {
            try await tasks.regulate(.provinceSteering, extenders: named)
            try await tasks.regulate(.steering, extenders: named)
            let after = try await compare(made, all, tasks, parts: [.extensions])
            #expect(after[.extensions, default: 0] > 0)
            counts.insert(after[.extensions, default: 0])
        }
        #expect(counts.count >= 3, "each of the rules lets in others: \(counts)")
    }

    /// A notice asks only those who could verify: whoever declared for another, or works below the lead unit, could not.
    @Test(arguments: Engine.allCases) func whoIsToldOfADeclarationMayVerifyIt(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let there = try await tasks.hire(.quyNhon, "Chuyên viên")
            let low = try await tasks.hire(.wardCommittee, "Chuyên viên")
            let below = try await tasks.hire(low, also: .science, .secretariat)
            let science = try await tasks.hire(.science, "Phó giám đốc", .secretariat)
            let agent = try await tasks.viewer(science.office.uid, for: there.office.uid)
            let row = try await tasks.given(by: .science, .open) {
                ($0.leadUnit, $0.performer) = (try tasks.world.uid(.quyNhon), there.office.uid)
                $0.leader = tasks.chairman.office.uid
            }
            for act in [TaskWorkflow.Act.accept, .declare] { try await tasks.does(act, row.uid, as: agent) }
            let named = [below, science, try await tasks.hire(.science, "Chánh Văn phòng", .secretariat)]
            let told = try await tasks.act { store in
                try TaskParties(tx: store.tx, today: store.today).directing(
                    store.find(row.uid).task, TaskParties.chasing, verifying: true)
            }
            for hired in named {
                let may = try await tasks.act(as: hired.viewer) { try $0.rights($0.find(row.uid).task).verifies }
                #expect(told.contains(hired.office.id) == may, "\(hired.office.title)")
            }
            #expect(!told.contains(below.office.id) && !told.contains(science.office.id) && told.count > 1)
        }
    }
}
