import Foundation
import Storage
import TestSupport
import Testing

@testable import App

@Suite struct DoctorTests {
    private let now = Instant(milliseconds: 1_790_000_000_000)

    @Test func aFullDiskIsSeenBeforeItIsFull() {
        #expect(MachineCheck.disk(free: 50_000_000).state == .fail)
        #expect(MachineCheck.disk(free: 500_000_000).state == .warn)
        #expect(MachineCheck.disk(free: 50_000_000_000).state == .ok)
    }

    @Test func anEventFromTheFutureMeansThatTheClockIsWrong() {
        let later = now.adding(.seconds(3_600))
        #expect(RecordCheck.clock(newestFirst: [later], now: now).state == .fail)
        #expect(RecordCheck.clock(newestFirst: [], now: Instant(milliseconds: 0)).state == .fail)
    }

    @Test func aClockThatWentBackIsAWarning() {
        let events = [now, now.adding(.seconds(600)), now.adding(.seconds(-10))]
        #expect(RecordCheck.clock(newestFirst: [events[0]], now: now.adding(.seconds(1))).state == .ok)
        #expect(RecordCheck.clock(newestFirst: events, now: now.adding(.seconds(900))).state == .warn)
    }

    @Test func eventsThatWaitLongForTheirSealAreAWarning() {
        #expect(RecordCheck.audit(pending: 0, oldest: nil, now: now).state == .ok)
        #expect(RecordCheck.audit(pending: 3, oldest: now.adding(.seconds(-2)), now: now).state == .ok)
        #expect(RecordCheck.audit(pending: 3, oldest: now.adding(.seconds(-300)), now: now).state == .warn)
    }

    @Test func aKeyThatOthersCanReadFails() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let configuration = Configuration(
            dataFolder: folder, resources: folder, database: DatabaseOptions(.sqlite(path: folder.path + "/x")))
        let machine = MachineCheck(configuration: configuration)
        #expect(machine.permissions().map(\.state) == [.ok])
        let key = folder.appending(path: "audit-key").path
        #expect(FileManager.default.createFile(atPath: key, contents: Data(), attributes: [.posixPermissions: 0o644]))
        #expect(machine.permissions().map(\.state) == [.fail])
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
        #expect(machine.permissions().map(\.state) == [.ok])
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
        #expect(machine.permissions().map(\.state) == [.warn])
    }

    @Test func theTimeZoneDataIsThere() {
        let folder = FileManager.default.temporaryDirectory
        let configuration = Configuration(
            dataFolder: folder, resources: folder, database: DatabaseOptions(.sqlite(path: "x")))
        #expect(MachineCheck(configuration: configuration).zone().state == .ok)
    }

    @Test(arguments: Engine.allCases) func aComputedTableThatDiffersIsFoundAndRepaired(_ engine: Engine) async throws {
        try await TestDatabase.with(engine, migrations: Schema.migrations) { database in
            let clock = WallClock(zone: .gmt) { [now] in now }
            try await database.write { tx in
                try tx.run("INSERT INTO installation (key, value) VALUES ('origin', \(UID.new(at: now)))")
                let root = UnitDraft(kind: .country, name: "Việt Nam", parent: nil, from: .beginning, secrecy: .public)
                let units = UnitStore(tx: tx, viewer: .system("test"), today: clock.today())
                let country = try units.create(root, at: now)
                let child = UnitDraft(
                    kind: .province, name: "Gia Lai", parent: country.uid, from: .beginning, secrecy: .public)
                try units.create(child, at: now)
            }
            let check = RebuildableCheck(database: database, clock: clock)
            #expect(await check.finding(repair: false).state == .ok)
            try await database.write { tx in _ = try tx.run("DELETE FROM unit_reach WHERE unit_id <> ancestor_id") }
            #expect(await check.finding(repair: false).state == .fail)
            #expect(await check.finding(repair: true).state == .warn)
            #expect(await check.finding(repair: false).state == .ok)
        }
    }

    @Test(arguments: Engine.allCases) func aDutyThatStandsOtherwiseThanItShouldIsFoundAndMended(
        _ engine: Engine
    ) async throws {
        try await CoverageWorld.with(engine) { world in
            let row = try await world.require()
            let plan = try await world.documents.register(.wardCommittee, "77/KH-UBND", .plan, on: "2026-02-01")
            try await world.documents.link(plan, .implements, to: world.resolution)
            let check = RebuildableCheck(database: world.world.database, clock: world.world.services.clock)
            func stands() async throws -> [String] { try await world.states() }
            let right = try await stands()
            #expect(right.contains { $0.hasSuffix("done") })
            #expect(await check.finding(repair: false).state == .ok)
            let id = row.requirement.id
            for wrong: SQL in [
                "state = 'waived'", "fulfilled_by = NULL, fulfilled_how = '', state = 'open'",
            ] {
                try await world.world.database.write { tx in
                    _ = try tx.run(
                        "UPDATE document_duty SET \(wrong) WHERE requirement_id = \(id) AND fulfilled_by IS NOT NULL")
                }
                #expect(await check.finding(repair: false).state == .fail)
                #expect(await check.finding(repair: true).state == .warn)
                #expect(await check.finding(repair: false).state == .ok)
                #expect(try await stands() == right)
            }
        }
    }

    @Test(arguments: Engine.allCases) func aDatabaseWithoutItsSchemaFails(_ engine: Engine) async throws {
        try await TestDatabase.with(engine) { database in
            let check = DatabaseCheck(database: database)
            #expect(await check.isComplete() == false)
            #expect(await check.findings().map(\.state) == [.ok, .ok, .fail])
            try await database.migrate(Schema.migrations)
            #expect(await check.isComplete())
            #expect(await check.findings().map(\.state) == [.ok, .ok, .ok])
        }
    }
}
