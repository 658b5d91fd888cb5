import Storage
import TestSupport
import Testing

@testable import App

/// The world with a few words for what tests do with documents.
struct DocumentWorld: Sendable {
    let world: World

    static func with<T>(_ engine: Engine, _ body: (DocumentWorld) async throws -> T) async throws -> T {
        try await World.with(engine) { world in try await body(DocumentWorld(world: world)) }
    }

    var today: Day { world.today }
    var now: Instant { world.clock.now }

    func day(_ text: String) throws -> Day { try #require(Day(parsing: text)) }

    /// Reads or changes as somebody; nil is the system.
    func act<T: Sendable>(
        as who: Who? = nil, _ body: @escaping @Sendable (DocumentStore) throws -> T
    ) async throws -> T {
        try await act(as: try await viewer(who), body)
    }

    func act<T: Sendable>(
        as viewer: Viewer, _ body: @escaping @Sendable (DocumentStore) throws -> T
    ) async throws -> T {
        let today = today
        return try await world.database.write { tx in
            try DocumentStore.queue(tx)
            return try body(DocumentStore(tx: tx, viewer: viewer, today: today))
        }
    }

    private func viewer(_ who: Who?) async throws -> Viewer {
        guard let who else { return .system("test") }
        return try await world.viewer(who)
    }

    /// The viewer of whoever works in a unit.
    func staff(_ place: Place) async throws -> Viewer {
        let (uid, today) = (try world.staff(place).person, today)
        return try await world.database.read { tx in
            guard let row = try tx.first("SELECT id FROM person WHERE uid = \(uid)") else { throw AppError.notFound }
            return try ViewerStore(tx: tx).viewer(person: row.id(0), office: nil, delegation: nil, today: today)
        }
    }

    func plan(_ place: Place, _ title: String, sign: String = "UBND") throws -> DocumentDraft {
        var draft = DocumentDraft(type: .plan, issuer: try world.uid(place), title: title)
        draft.issuerSign = sign
        return draft
    }

    func draft(_ place: Place, _ title: String, sign: String = "UBND") async throws -> DocumentRow {
        let (plan, now) = (try plan(place, title, sign: sign), now)
        return try await act { try $0.create(plan, at: now) }
    }

    /// A paper of a unit, registered by the system.
    func register(
        _ place: Place, _ sign: String, _ type: DocumentType, on day: String, title: String = "Văn bản",
        secrecy: Secrecy = .internal, term: Int? = nil, implements: UID? = nil, as viewer: Viewer = .system("test")
    ) async throws -> DocumentRow {
        var draft = DocumentDraft(type: type, issuer: try world.uid(place), title: title)
        (draft.secrecy, draft.term, draft.implements) = (secrecy, term, implements)
        let paper = DocumentRegistration(draft: draft, sign: sign, issuedOn: try self.day(day)), now = now
        return try await act(as: viewer) { try $0.register(paper, at: now) }
    }

    func issue(_ row: DocumentRow, on day: Day? = nil) async throws -> DocumentRow {
        let issue = DocumentIssue(issuedOn: day ?? today), now = now
        return try await act { try $0.issue(row.uid, issue, seen: nil, at: now) }
    }

    func link(_ lower: DocumentRow, _ kind: DocumentLink.Kind, to upper: DocumentRow) async throws {
        let now = now
        _ = try await act { try $0.link(lower.uid, kind, to: upper.uid, seen: nil, at: now) }
    }

    func names(as who: Who? = nil, _ change: (inout DocumentFilter) -> Void = { _ in }) async throws -> [String] {
        var filter = DocumentFilter()
        change(&filter)
        let asked = filter
        return try await act(as: who) { try $0.list(asked).items.map(\.name) }
    }

    /// What a refusal says: `field key` of each problem, or the kind of the error.
    func refusal(_ body: () async throws -> Void) async -> [String] {
        do {
            try await body()
            return []
        } catch let error as AppError {
            switch error {
            case .invalid(let problems): return problems.map { "\($0.field) \($0.message.key)" }
            case .forbidden: return ["forbidden"]
            case .notFound: return ["not found"]
            case .conflict(let message): return ["conflict \(message.key)"]
            case .stale: return ["stale"]
            default: return ["\(error)"]
            }
        } catch {
            return ["\(error)"]
        }
    }

    /// Expects a refusal; an empty list expects none.
    func refuses(
        _ expected: [String], sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
    ) async {
        let found = await refusal(body)
        #expect(found == expected, sourceLocation: sourceLocation)
    }

    /// The words of the first problem of a refusal, in English.
    func words(_ body: () async throws -> Void) async -> String {
        do {
            try await body()
            return ""
        } catch AppError.invalid(let problems) {
            return problems.first.map { world.services.catalogue.text($0.message, .english) } ?? ""
        } catch {
            return "\(error)"
        }
    }
}
