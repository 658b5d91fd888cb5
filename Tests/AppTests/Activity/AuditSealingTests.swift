import Storage
import TestSupport
import Testing

@testable import App

@Suite struct AuditSealingTests {
    @Test(arguments: Engine.allCases)
    func fourWritersAndTwoSealersMakeOneChainWithoutGaps(_ engine: Engine) async throws {
        try await ActivityWorld.with(engine) { world in
            let each = 40
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<4 {
                    group.addTask {
                        for number in 0..<each {
                            try await patiently {
                                try await world.record(world.event(.changed, .north, "\(writer)/\(number)"))
                            }
                        }
                    }
                }
                for _ in 0..<2 {
                    group.addTask {
                        for _ in 0..<30 {
                            try await patiently { try await world.seal(limit: 7) }
                            try await Task.sleep(for: .milliseconds(3))
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await world.seal()
            let seals = try await world.database.read { tx in
                try tx.all("SELECT seq, event_id FROM audit_seal ORDER BY seq").map {
                    [try $0.int64(0), try $0.int64(1)]
                }
            }
            #expect(seals.map { $0[0] } == (1...Int64(4 * each)).map { $0 })
            #expect(Set(seals.map { $0[1] }).count == 4 * each)
            let report = try await world.verify()
            #expect(report.isIntact && report.end == Int64(4 * each) && report.pending == 0, "\(report.findings)")
        }
    }

    /// Writers and sealers that lose against one another too often are told so, and come again.
    private func patiently(_ work: () async throws -> Void) async throws {
        for _ in 0..<50 {
            do { return try await work() } catch StorageError.busy { continue }
        }
        try await work()
    }

    @Test(arguments: Engine.allCases)
    func sealingTakesWhatWaitsInTheOrderOfRecordingABatchATime(_ engine: Engine) async throws {
        try await ActivityWorld.with(engine) { world in
            for number in 0..<5 { try await world.record(world.event(.changed, .north, "\(number)")) }
            let first = try await world.database.write { tx in try AuditChain(tx: tx).seal(limit: 3) }
            #expect(first == 3)
            let half = try await world.verify()
            #expect(half.end == 3 && half.pending == 2 && half.isIntact)
            #expect(half.oldestPending == .seconds(10))
            try await world.seal()
            let end = try await world.verify()
            #expect(end.end == 5 && end.pending == 0 && end.isIntact)
            let nothing = try await world.database.write { tx in try AuditChain(tx: tx).seal() }
            #expect(nothing == 0)
        }
    }

    /// As on PostgreSQL when a transaction that took its key first commits last.
    @Test(arguments: Engine.allCases)
    func aLowerKeyThatComesLaterIsSealedLater(_ engine: Engine) async throws {
        try await ActivityWorld.with(engine) { world in
            try await world.record(world.event(.created, .north))
            try await world.record(world.event(.changed, .north))
            try await world.tamper("DELETE FROM audit_pending WHERE event_id = 1")
            try await world.seal()
            try await world.tamper("INSERT INTO audit_pending (event_id) VALUES (1)")
            try await world.seal()
            let order = try await world.database.read { tx in
                try tx.all("SELECT event_id FROM audit_seal ORDER BY seq").map { try $0.int64(0) }
            }
            #expect(order == [2, 1])
            #expect(try await world.verify().isIntact)
        }
    }

    @Test(arguments: Engine.allCases)
    func anEventQueuedTwiceIsSealedOnce(_ engine: Engine) async throws {
        try await ActivityWorld.with(engine) { world in
            try await world.record(world.event(.created, .north))
            try await world.seal()
            try await world.tamper("INSERT INTO audit_pending (event_id) VALUES (1)")
            let again = try await world.database.write { tx in try AuditChain(tx: tx).seal() }
            #expect(again == 0)
            let report = try await world.verify()
            #expect(report.isIntact && report.end == 1 && report.pending == 0)
        }
    }

    @Test func twoInstallationsHaveNoLinkInCommon() {
        let one = ChainLink.zero(origin: UID.new(at: Instant(milliseconds: 1)))
        let two = ChainLink.zero(origin: UID.new(at: Instant(milliseconds: 1)))
        #expect(one != two && one.count == 32)
        #expect(ChainLink.next(after: one, seq: 1, digest: two) != ChainLink.next(after: one, seq: 2, digest: two))
    }
}
