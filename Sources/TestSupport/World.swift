public import Foundation
import Logging
public import Storage

@testable public import App

/// A running product without sockets, on a fresh database, in the small world that every test knows.
///
/// Units and people are made once per engine and process, through the product's own stores; each world is a copy.
/// The country and its provinces, wards and communes are public, every body is internal:
///
///     Việt Nam ─┬─ Gia Lai (52) ─┬─ Phường Quy Nhơn ── Ủy ban nhân dân phường Quy Nhơn
///               │                ├─ Phường Pleiku ──── Trung tâm Văn hóa phường Pleiku
///               │                ├─ Ủy ban nhân dân tỉnh Gia Lai
///               │                ├─ Sở Khoa học và Công nghệ ── here the viewers have their offices
///               │                ├─ Sở Tài chính, Ủy ban Mặt trận Tổ quốc, Tỉnh ủy
///               ├─ Tây Ninh (80) ┬─ Xã Tân Biên ────── Ủy ban nhân dân xã, Trạm Y tế
///               │                └─ Ủy ban nhân dân tỉnh Tây Ninh, Trung tâm Phục vụ hành chính công
///               └─ Ban Chỉ đạo Trung ương, Tổ giúp việc
///
/// Beside the central one, Gia Lai, Tây Ninh, Quy Nhơn and Tân Biên have steering committees.
public struct World: Sendable {
    /// 22 November 2026, 10:00 in Vietnam.
    public static let start = Instant(milliseconds: 1_795_316_400_000)
    /// Everybody's.
    public static let password = "mưa rào trên phố huyện"

    public let services: Services
    public let clock: TestClock
    public let door: TestDoor
    let records: WorldRecords
    private let remove: @Sendable () async -> Void

    public var database: Database { services.database }
    public var engine: Engine { services.database.engine }
    public var today: Day { services.clock.today() }

    /// The folder of the repository.
    public static let repository = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Lends a world of its own and takes it away afterwards. `extraRoutes` stand beside those of the product.
    public static func with<T>(
        _ engine: Engine, extraRoutes: [Route] = [], configure: (inout Configuration) -> Void = { _ in },
        _ body: (World) async throws -> T
    ) async throws -> T {
        let world = try await make(engine, extraRoutes: extraRoutes, configure: configure)
        do {
            let value = try await body(world)
            await world.end()
            return value
        } catch {
            await world.end()
            throw error
        }
    }

    /// A world that the caller must ``end()``.
    public static func make(
        _ engine: Engine, extraRoutes: [Route] = [], configure: (inout Configuration) -> Void = { _ in }
    ) async throws -> World {
        let copy = try await WorldTemplates.shared.copy(engine)
        var options = DatabaseOptions(copy.location)
        options.connections = 3
        let clock = TestClock(start)
        let services = try WorldTemplates.services(
            try await Database.open(options), folder: copy.folder, clock: clock, configure: configure)
        try DocumentSet.layFile(in: services.files)
        return World(
            services: services, clock: clock, door: TestDoor(services: services, extraRoutes: extraRoutes),
            records: copy.records, remove: copy.remove)
    }

    public func end() async {
        await database.close()
        await remove()
    }

    /// Another fresh world in place of this one.
    public func renewed() async throws -> World {
        await end()
        return try await World.make(engine)
    }

    // MARK: What is in it

    public func uid(_ place: Place) throws -> UID { try records.unit(place).uid }
    public func id(_ place: Place) throws -> ID<OrgUnit> { try records.unit(place).id }
    public func person(_ who: Who) throws -> UID { try records.person(who).uid }

    public func office(_ who: Who) throws -> UID {
        guard let office = try records.person(who).office else { throw AppError.notFound }
        return office
    }

    /// Names the person's session in a URL.
    public func session(_ who: Who) throws -> String { try records.session(who).mark }
    public func view(_ who: Who) -> UID? { records.views[who] }
    public func keptImport(_ who: Who) -> UID? { records.kept[who] }
    public func token(_ who: Who) throws -> UID { try records.token(who).uid }
    public func signIn(_ who: Who) -> String { who.signIn }

    /// Somebody who holds an office in the unit, with an account, a right over the unit and a deputy.
    public func staff(_ place: Place) throws -> Staff { try records.staff(place) }

    /// What a unit has issued and drafts.
    public func documents(_ place: Place) throws -> DocumentSet { try records.documents(place) }

    /// A steering committee with a head, a member, a standing agency and a plan.
    public func committee(_ place: Place) throws -> CommitteeRecord { try records.committee(place) }

    /// What a unit in which somebody works requires of itself: a report under its own plan, by the end of 2026.
    public func requirement(_ place: Place) throws -> UID { try records.requirement(place) }
    /// A document that the unit must still issue.
    public func gap(_ place: Place) throws -> UID { try records.gap(place) }
    /// What somebody's office was told, unread.
    public func notice(_ who: Who) throws -> UID { try records.notice(who) }
    public func tasks(_ place: Place) throws -> TaskSet { try records.tasks(place) }

    /// The viewer that somebody is today, for tests of stores.
    public func viewer(_ who: Who) async throws -> Viewer {
        let (record, today) = (try records.person(who), today)
        return try await database.read { tx in
            try ViewerStore(tx: tx).viewer(
                person: record.id, office: nil, delegation: record.delegation, today: today)
        }
    }

    // MARK: Who comes in

    /// A browser in which somebody has just signed in; nil is a browser in which nobody has.
    public func browser(as who: Who? = nil) throws -> Browser {
        Browser(world: self, session: try who.map { try records.session($0) })
    }

    /// A program with somebody's token, by which it may also change.
    public func api(as who: Who?) throws -> APIClient {
        APIClient(world: self, token: try who.map { try records.token($0).secret })
    }
}
