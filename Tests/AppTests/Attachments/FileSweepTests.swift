import Foundation
import Storage
import TestSupport
import Testing

@testable import App

@Suite struct FileSweepTests {
    private func sweep(_ world: World) async throws -> String {
        try await FileSweep(store: world.services.files, database: world.database, now: world.clock.now).run()
    }

    private func age(_ file: URL, days: Double) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -days * 86_400)], ofItemAtPath: file.path)
    }

    private func keep(_ world: World, _ bytes: [UInt8]) async throws -> KeptFile {
        try await world.services.files.keep(try await world.services.files.receive(bytes, name: "a.png"))
        return TestFiles.kept("a.png", bytes, .png)
    }

    @Test(arguments: Engine.allCases) func onlyWhatNobodyNeedsGoesAndOnlyAfterADay(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let store = world.services.files
            let needed = try await keep(world, [1]), orphan = try await keep(world, [2]),
                fresh = try await keep(world, [3])
            _ = try await world.attach([needed], to: .science)
            for file in [needed, orphan] { try age(store.url(file.sha256), days: 2) }
            let broken = try await store.receive([4], name: "x"), running = try await store.receive([5], name: "y")
            try age(broken.url, days: 1.1)
            #expect(try await sweep(world) == "incoming 1, files 1")
            #expect([needed, orphan, fresh].map { store.has($0.sha256) } == [true, false, true])
            let left = try FileManager.default.contentsOfDirectory(atPath: store.incoming.path)
            #expect(left == [running.url.lastPathComponent])
            running.discard()
            #expect(try await sweep(world) == "incoming 0, files 0")
        }
    }

    /// What a draft lost stays for a day, so that a backup that has read the row still finds the bytes.
    @Test(arguments: Engine.allCases) func bytesThatLostTheirRowStayForADay(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let file = try await keep(world, [1])
            let attachment = try await world.attach([file], to: .science)
            try age(world.services.files.url(file.sha256), days: 30)
            let (subject, uid, now) = (try world.subject(.science), attachment[0].uid, world.clock.now)
            try await world.change { try $0.remove(uid, of: subject, unit: nil, isIssued: false, at: now) }
            #expect(try await sweep(world) == "incoming 0, files 0")
            world.clock.advance(.seconds(86_401))
            #expect(try await sweep(world) == "incoming 0, files 1")
            let left = try await world.database.read { try $0.first("SELECT COUNT(*) FROM file_release")?.int(0) }
            #expect(left == 0 && !world.services.files.has(file.sha256))
        }
    }

    @Test(arguments: Engine.allCases) func theDoctorTellsWhatIsMissingAndWhatIsLeftOver(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let check = FileCheck(store: world.services.files, database: world.database)
            #expect(await check.files().state == .ok)
            let file = try await keep(world, [1, 2, 3])
            #expect(await check.files().state == .warn)
            _ = try await world.attach([file], to: .science)
            #expect(await check.files() == Finding("files", .ok, "All 2 files are there."))
            let place = world.services.files.url(file.sha256)
            try Data([1]).write(to: place)
            #expect(await check.files().state == .fail)
            try FileManager.default.removeItem(at: place)
            #expect(await check.files().text.contains(place.path))
            #expect(await check.findings().map(\.name) == ["files", "pdf"])
        }
    }

    @Test func theDoctorMissesTheReaderOfPDF() async throws {
        try await World.with(.sqlite) { world async throws in
            var check = FileCheck(store: world.services.files, database: world.database)
            #expect(await check.findings().last?.state == .ok)
            check.program = BoundedProgram(name: "no-such-program", package: "poppler-utils")
            let finding = await check.findings().last
            #expect(finding?.state == .warn && finding?.text.contains("apt-get install poppler-utils") == true)
        }
    }
}
