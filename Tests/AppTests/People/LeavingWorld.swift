import Storage
import TestSupport

@testable import App

/// What the tests of open work share: what somebody is shown of an office that ends, and its end.
struct LeavingWorld: Sendable {
    let world: World

    static func with(_ engine: Engine, _ body: (LeavingWorld) async throws -> Void) async throws {
        try await World.with(engine) { try await body(LeavingWorld(world: $0)) }
    }

    var documents: DocumentWorld { DocumentWorld(world: world) }
    var now: Instant { world.clock.now }

    /// In one transaction, as somebody or as the system.
    @discardableResult
    func act<T: Sendable>(
        as who: Who? = nil, _ body: @escaping @Sendable (PersonStore) throws -> T
    ) async throws -> T {
        let viewer: Viewer = if let who { try await world.viewer(who) } else { .system("test") }
        return try await act(as: viewer, body)
    }

    @discardableResult
    func act<T: Sendable>(
        as viewer: Viewer, _ body: @escaping @Sendable (PersonStore) throws -> T
    ) async throws -> T {
        let today = world.today
        return try await world.database.write { tx in
            try body(PersonStore(tx: tx, viewer: viewer, today: today))
        }
    }

    func work(_ kind: String, of office: UID, as who: Who, on day: Day? = nil) async throws -> [OfficeWorkItem] {
        let (day, now) = (day ?? world.today, now)
        return try await act(as: who) { store in
            try store.openWork(of: try store.office(office), on: day, at: now).filter { $0.kind == kind }
        }
    }

    /// Ends the office today, and says how that went. The deputy answers for its tasks, which stay.
    func end(_ office: UID, to successor: UID, as who: Who = .administrator) async throws -> String {
        let (day, now) = (world.today, now)
        return await outcome {
            try await act(as: who) {
                try $0.endOffice(
                    office, OfficeEnding(from: day, succession: .office(successor), leavesRest: true), at: now)
            }
        }
    }

    /// The newest event of a verb, with names as the administrator may know them.
    func latest(_ verb: Event.Verb) async throws -> EventRow? {
        let (viewer, today) = (try await world.viewer(.administrator), world.today)
        return try await world.database.read { tx in
            try ActivityStore(tx: tx, viewer: viewer, today: today).recent(EventFilter(verb: verb)).items.first
        }
    }

    /// One number.
    func number(_ sql: SQL) async throws -> Int {
        try await world.database.read { tx in try tx.first(sql)?.int(0) ?? 0 }
    }
}
