import Storage
import TestSupport
import Testing

@testable import App

@Suite struct AuditErasureTests {
    @Test(arguments: Engine.allCases)
    func anErasureTakesTheContentAndLeavesTheChainIntact(_ engine: Engine) async throws {
        try await ActivityWorld.with(engine) { world in
            let viewer = world.viewer(.focal, over: .north)
            let first = try await world.record(world.event(.renamed, .north, "PERSONAL"), as: viewer)
            let second = try await world.record(world.event(.renamed, .north, "PERSONAL"), as: viewer)
            try await world.record(world.event(.changed, .north, "kept"))
            try await erase(world, [first, second])  // not sealed yet: sealed on the way
            let stored = try await world.database.read { tx in
                try tx.all("SELECT payload, actor, salt FROM event WHERE erased = 1").map(\.values)
            }
            #expect(stored == Array(repeating: [.text(""), .text(""), .blob([])], count: 2))
            var report = try await world.verify()
            #expect(report.isIntact && report.erased == 2 && report.pending == 1, "\(report.findings)")
            try await world.seal()
            report = try await world.verify()
            #expect(report.isIntact && report.erased == 2 && report.end == 4, "\(report.findings)")
            let rows = try await world.recent(.system("test")).items
            #expect(rows.filter(\.isErased).map(\.actor) == ["", ""])
            #expect(!historySection(rows, try world.page(viewer), more: nil).text.contains("PERSONAL"))
        }
    }

    @Test(arguments: Engine.allCases)
    func anErasureNobodyRecordedIsFound(_ engine: Engine) async throws {
        try await ActivityWorld.with(engine) { world in
            try await world.record(world.event(.renamed, .north))
            try await world.record(world.event(.renamed, .south))
            try await world.seal()
            try await erase(world, [ID(1)])
            try await world.seal()
            let nothing: [UInt8] = []
            try await world.tamper(
                "UPDATE event SET payload = '', actor = '', salt = \(nothing), erased = 1 WHERE id = 2")
            let report = try await world.verify()
            #expect(report.findings.map(\.kind) == [.erasedWithoutRecord] && report.findings.first?.seq == 2)
        }
    }

    @Test(arguments: Engine.allCases)
    func anErasureThatWasWidenedAfterwardsVouchesForNothing(_ engine: Engine) async throws {
        try await ActivityWorld.with(engine) { world in
            try await world.record(world.event(.renamed, .north))
            try await world.record(world.event(.renamed, .south))
            try await erase(world, [ID(1)])
            try await world.seal()
            let uids = try await world.database.read { tx in
                try tx.all("SELECT uid FROM event ORDER BY id").map { try $0.text(0) }
            }
            let nothing: [UInt8] = []
            try await world.tamper(
                "UPDATE event SET payload = replace(payload, \(uids[0]), \(uids[0] + " " + uids[1])) WHERE id = 3",
                "UPDATE event SET payload = '', actor = '', salt = \(nothing), erased = 1 WHERE id = 2")
            let report = try await world.verify()
            #expect(report.findings.map(\.kind) == [.erasedWithoutRecord, .erasedWithoutRecord, .eventChanged])
        }
    }

    @Test(arguments: Engine.allCases)
    func whatIsLeftOfAnErasedEventIsStillProtected(_ engine: Engine) async throws {
        try await ActivityWorld.with(engine) { world in
            try await world.record(world.event(.renamed, .north))
            try await erase(world, [ID(1)])
            try await world.seal()
            for change in ["at = at + 1", "verb = 'created'", "subject_id = 9", "unit_id = 3"] as [SQL] {
                try await world.tamper("UPDATE event SET \(change) WHERE id = 1")
                #expect(try await world.verify().findings.first?.kind == .eventChanged, "\(change)")
                try await world.tamper(
                    "UPDATE event SET at = \(world.now), verb = 'renamed', subject_id = 2, unit_id = 2 WHERE id = 1")
            }
            try await world.tamper("UPDATE event SET payload = '{}' WHERE id = 1")
            #expect(try await world.verify().findings.first?.kind == .eventChanged)
        }
    }

    @Test(arguments: Engine.allCases)
    func theRecordOfAnErasureCannotBeErased(_ engine: Engine) async throws {
        try await ActivityWorld.with(engine) { world in
            try await world.record(world.event(.renamed, .north))
            try await erase(world, [ID(1)])
            await #expect(throws: AppError.conflict(Message("activity.erasure_stays"))) {
                try await erase(world, [ID(2)])
            }
            try await erase(world, [ID(1)])  // again: nothing to do, no second record
            let count = try await world.database.read { tx in try tx.first("SELECT COUNT(*) FROM event")?.int(0) }
            #expect(count == 2)
        }
    }

    private func erase(_ world: ActivityWorld, _ events: [ID<Event>]) async throws {
        let now = world.now
        try await world.database.write { tx in
            try ActivityStore(tx: tx, viewer: .system("test")).erasePersonalData(events, at: now)
        }
    }
}
