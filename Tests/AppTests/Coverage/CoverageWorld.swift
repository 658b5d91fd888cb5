import Storage
import TestSupport
import Testing

@testable import App

/// The world with a resolution of the province that its communes must concretise.
///
/// The resolution is public. `require` asks the two wards of Gia Lai for a plan by 1 December 2026; today is
/// 22 November 2026.
struct CoverageWorld: Sendable {
    let documents: DocumentWorld
    let resolution: DocumentRow
    var world: World { documents.world }
    var today: Day { world.today }
    var now: Instant { world.clock.now }

    static func with<T>(_ engine: Engine, _ body: (CoverageWorld) async throws -> T) async throws -> T {
        try await DocumentWorld.with(engine) { documents in
            let resolution = try await documents.register(
                .committee, "5/NQ-UBND", .resolution, on: "2026-01-10", title: "Đột phá khoa học, công nghệ",
                secrecy: .public)
            return try await body(CoverageWorld(documents: documents, resolution: resolution))
        }
    }

    func act<T: Sendable>(
        as who: Who? = nil, _ body: @escaping @Sendable (CoverageStore) throws -> T
    ) async throws -> T {
        let viewer: Viewer = if let who { try await world.viewer(who) } else { .system("test") }
        return try await act(as: viewer, body)
    }

    func act<T: Sendable>(
        as viewer: Viewer, _ body: @escaping @Sendable (CoverageStore) throws -> T
    ) async throws -> T {
        let today = today
        return try await world.database.write { tx in
            try CoverageStore.queue(tx)
            return try body(CoverageStore(tx: tx, viewer: viewer, today: today))
        }
    }

    func draft(
        _ type: DocumentType = .plan, due: String = "2026-12-01", _ audience: RequirementAudience? = nil,
        owner: Place = .science
    ) throws -> RequirementDraft {
        var draft = RequirementDraft(
            document: resolution.uid, type: type, due: try documents.day(due),
            audience: try audience ?? .communes(below: world.uid(.giaLai)))
        draft.owner = try world.uid(owner)
        return draft
    }

    func require(
        _ type: DocumentType = .plan, due: String = "2026-12-01", _ audience: RequirementAudience? = nil,
        as who: Who? = .secretariat
    ) async throws -> RequirementRow {
        let (draft, now) = (try draft(type, due: due, audience), now)
        return try await act(as: who) { try $0.require(draft, at: now) }
    }

    func decide(_ row: RequirementRow, _ place: Place, _ decision: DutyDecision, as who: Who? = .secretariat)
        async throws
    {
        let (unit, now) = (try world.uid(place), now)
        _ = try await act(as: who) { try $0.decide(row.uid, unit, decision, seen: nil, at: now) }
    }

    func matrix(as who: Who? = nil, _ change: (inout CoverageFilter) throws -> Void = { _ in }) async throws
        -> CoverageMatrix
    {
        var filter = CoverageFilter()
        try change(&filter)
        let (asked, uid) = (filter, resolution.uid)
        return try await act(as: who) { try $0.matrix(uid, asked) }
    }

    /// How each unit stands with the first of what is required: `Phường Quy Nhơn due`.
    func states(as who: Who? = nil, _ change: (inout CoverageFilter) throws -> Void = { _ in }) async throws -> [String]
    {
        let matrix = try await matrix(as: who, change)
        return matrix.units.items.map { line in
            let states = matrix.requirements.compactMap { line.cells[$0.requirement.id]?.status.rawValue }
            return ([line.unit.name] + states).joined(separator: " ")
        }
    }

    /// A plan of a ward's People's Committee, that concretises the resolution.
    @discardableResult
    func issuePlan(
        _ place: Place = .wardCommittee, _ sign: String = "7/KH-UBND", on day: String = "2026-11-20",
        _ kind: DocumentLink.Kind = .concretises
    ) async throws -> DocumentRow {
        let plan = try await documents.register(place, sign, .plan, on: day, title: "Kế hoạch của phường")
        try await documents.link(plan, kind, to: resolution)
        return plan
    }

    func refusal(_ body: () async throws -> Void) async -> [String] { await documents.refusal(body) }

    func verbs(_ row: RequirementRow) async throws -> [String] {
        try await act { try $0.history(of: row).items.compactMap { $0.verb?.rawValue } }
    }
}
