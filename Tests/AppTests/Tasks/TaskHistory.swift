import Storage
import TestSupport

@testable import App

/// A random history of everything that may happen to tasks, and to the units and offices that they hang on: allowed or
/// not, by whoever comes. What it does within one transaction is a stretch; a stretch that runs again does the same.
struct TaskHistory: Sendable {
    let cast: TaskHistoryCast
    var random: RandomSteps
    private(set) var done: [Kind: Int] = [:]
    private(set) var refused = 0
    /// Acts on tasks that are in their histories: an act on many is as many.
    private(set) var acts = 0
    /// What comes first, so that a short history has all kinds, and some moves of what has much to do.
    private var new = Kind.allCases.filter { $0 != .imported } + [.move, .move, .move, .move]

    enum Kind: String, CaseIterable {
        case draft, act, change, ask, decide, reassign, attach, bulk, breakDown, handOver, detach, discard
        /// Of offices and people.
        case end, appoint, rename
        /// Of units.
        case move, found, dissolve, conceal
        /// A file of tasks, in a transaction of its own.
        case imported

        /// In a thousand steps.
        fileprivate var weight: Int {
            switch self {
            case .act: 550
            case .draft: 110
            case .change: 80
            case .ask, .decide: 50
            case .reassign, .attach: 40
            case .bulk: 25
            case .detach: 20
            case .breakDown, .discard: 10
            case .handOver, .end, .appoint: 4
            case .rename, .move, .found, .dissolve, .conceal: 2
            case .imported: 0
            }
        }
    }

    private static let ballot = Kind.allCases.flatMap { Array(repeating: $0, count: $0.weight) }

    init(_ cast: TaskHistoryCast, seed: UInt64) {
        self.cast = cast
        random = RandomSteps(seed: seed)
    }

    /// What happens in one transaction.
    mutating func run(_ steps: Int, _ tx: Transaction, today: Day, at now: Instant) throws {
        let before = try lastEvent(tx)
        for _ in 0..<steps {
            // Acts and drafts in between, so that there is something to do the next kind to.
            let kind = new.first.flatMap { random.once(in: 3) ? $0 : nil } ?? random.one(of: Self.ballot) ?? .act
            var stretch = TaskHistoryStretch(tx: tx, cast: cast, today: today, now: now, random: random)
            do {
                try tx.savepoint { try stretch.take(kind) }
                count(kind)
            } catch let error as AppError {
                try Self.requireRefusal(error)
                refused += 1
            }
            random = stretch.random
        }
        let events = try tx.all("SELECT subject_kind FROM event WHERE id > \(before) ORDER BY id")
        acts += try events.count { try $0.text(0) == Subject.Kind.task.rawValue }
    }

    mutating func count(_ kind: Kind) {
        done[kind, default: 0] += 1
        if let place = new.firstIndex(of: kind) { new.remove(at: place) }
    }

    private func lastEvent(_ tx: Transaction) throws -> Int64 {
        try tx.first("SELECT COALESCE(MAX(id), 0) FROM event")?.int64(0) ?? 0
    }

    /// Whoever is told no did nothing; anything else is a fault.
    private static func requireRefusal(_ error: AppError) throws {
        switch error {
        case .notFound, .forbidden, .invalid, .conflict, .stale: break
        default: throw error
        }
    }
}

/// Who and where.
struct TaskHistoryCast: Sendable {
    /// Those who come at random; some of them may not know of a task at all.
    let viewers: [Viewer]
    let secretariat: Viewer
    /// Units with people in them that lead tasks; communes are looked up, since they come and go.
    let units: [UID]
    let provinces: [UID]
    /// Bodies that give tasks.
    let assigning: [ID<OrgUnit>]
    /// Bodies below which others stand in the state.
    let superiors: [UID]
    let documents: [UID]
    let pillars: [String]
    let field: UID?

    static func make(_ tasks: TaskWorld) async throws -> TaskHistoryCast {
        _ = try await tasks.communes(16)
        let (world, now, committee) = (tasks.world, tasks.now, try tasks.world.committee(.provinceSteering).committee)
        let (pillars, field) = try await tasks.act { store in
            let portfolios = PortfolioStore(CommitteeStore(tx: store.tx, viewer: store.viewer, today: store.today))
            let draft = FieldDraft(name: "Bán dẫn", english: "Semiconductors")
            _ = try portfolios.addField(committee, draft, seen: nil, at: now)
            let own = try store.tx.first("SELECT uid FROM work_field WHERE family = 'own' ORDER BY id")
            return (try WorkField.common(store.tx).filter { $0.family == .pillar }.map(\.code), try own?.uid(0))
        }
        return TaskHistoryCast(
            viewers: [
                tasks.secretariat, tasks.leader, tasks.chairman.viewer, tasks.performer.viewer, tasks.chief.viewer,
                tasks.viewer(.focal), tasks.viewer(.supervisor), tasks.viewer(.nobody),
            ], secretariat: tasks.secretariat,
            units: try [Place.finance, .wardCommittee, .communeCommittee].map { try world.uid($0) },
            provinces: try [Place.giaLai, .tayNinh].map { try world.uid($0) },
            assigning: try [Place.science, .committee, .steering, .otherCommittee].map { try world.id($0) },
            superiors: try [Place.committee, .otherCommittee].map { try world.uid($0) },
            documents: try [Place.science, .otherCommittee].map { try world.documents($0).issued }, pillars: pillars,
            field: field)
    }
}
