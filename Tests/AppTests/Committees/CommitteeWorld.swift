import Storage
import TestSupport

@testable import App

/// What the tests of committees share: acts as the system, and what a refusal says.
struct CommitteeWorld: Sendable {
    let world: World

    static let day = Day(parsing: "2026-12-01") ?? .never

    /// In one transaction, as the system or as somebody.
    @discardableResult
    func act<T: Sendable>(
        as who: Who? = nil, _ body: @escaping @Sendable (CommitteeStore) throws -> T
    ) async throws -> T {
        let today = world.today
        let viewer = try await who.asyncMap { try await world.viewer($0) } ?? .system("test")
        return try await world.database.write { tx in
            try UnitStore.queue(tx)
            return try body(CommitteeStore(tx: tx, viewer: viewer, today: today))
        }
    }

    /// The problems, or the conflict, of an act that must be refused; empty when it was done.
    func refusal(
        as who: Who? = nil, _ body: @escaping @Sendable (CommitteeStore) throws -> Void
    ) async throws -> [String] {
        do {
            try await act(as: who, body)
            return []
        } catch AppError.invalid(let problems) {
            return problems.map { "\($0.field) \($0.message.key)" }
        } catch AppError.conflict(let message) {
            return ["conflict \(message.key)"]
        }
    }

    func uid(_ place: Place = .provinceSteering) throws -> UID { try world.committee(place).committee }

    func detail(_ place: Place = .provinceSteering, on day: Day? = nil, as who: Who? = nil) async throws
        -> CommitteeDetail
    {
        let uid = try uid(place)
        return try await act(as: who) { try $0.detail(uid, on: day) }
    }

    /// The names of the fields and their values in the newest event of the committee.
    func lastEvent(_ place: Place = .provinceSteering, as who: Who? = nil) async throws -> EventRow? {
        let uid = try uid(place)
        return try await act(as: who) { store in
            try store.history(of: try store.find(uid), page: .first).items.first
        }
    }
}

extension Optional where Wrapped: Sendable {
    func asyncMap<T: Sendable>(_ transform: (Wrapped) async throws -> T) async rethrows -> T? {
        if let self { try await transform(self) } else { nil }
    }
}
