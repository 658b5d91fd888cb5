import Crypto
import Storage
import TestSupport
import Testing

@testable import App

/// What somebody with the database password may try. Each is found; the last two only with a checkpoint.
@Suite struct AuditTamperTests {
    /// Ten sealed events, the sixth by a person in an office.
    private func sealed(_ engine: Engine, _ body: (ActivityWorld) async throws -> Void) async throws {
        try await ActivityWorld.with(engine) { world in
            for number in 1...10 {
                let viewer = number == 6 ? world.viewer(.focal, over: .north) : .system("test")
                try await world.record(world.event(.changed, .north, "\(number)"), as: viewer, after: Int64(number))
            }
            try await world.seal(limit: 4)
            try #require(try await world.verify().isIntact)
            try await body(world)
        }
    }

    private static let columns: [SQL] = [
        "uid = '01900000-0000-7000-8000-00000000ffff'", "at = at + 1", "person_id = 1", "person_id = NULL",
        "office_id = 1", "delegation_id = 5", "actor = 'somebody else'", "verb = 'created'", "subject_kind = 'person'",
        "subject_id = 99", "subject_uid = '01900000-0000-7000-8000-00000000ffff'", "unit_id = 3",
        "payload = '{}'", "salt = zeroblob(16)", "erased = 1",
    ]

    @Test(arguments: Engine.allCases)
    func aChangeOfAnyColumnIsFound(_ engine: Engine) async throws {
        try await sealed(engine) { world in
            for change in Self.columns {
                let change: SQL =
                    engine == .postgres && change.text(for: engine).hasPrefix("salt") ? "salt = ''" : change
                let old = try await world.database.read { tx in
                    try tx.first(
                        """
                        SELECT uid, at, person_id, office_id, delegation_id, actor, verb, subject_kind, subject_id,
                        subject_uid, unit_id, payload, salt, erased FROM event WHERE id = 6
                        """)
                }
                try await world.tamper("UPDATE event SET \(change) WHERE id = 6")
                let report = try await world.verify()
                #expect(report.findingCount >= 1, "\(change.text(for: engine))")
                #expect(report.findings.allSatisfy { $0.seq == 6 }, "\(report.findings)")
                #expect(report.intactTo == 5 && report.exitCode == 1)
                let values = try #require(old).values
                try await world.tamper(
                    """
                    UPDATE event SET uid = \(values[0]), at = \(values[1]), person_id = \(values[2]),
                    office_id = \(values[3]), delegation_id = \(values[4]), actor = \(values[5]), verb = \(values[6]),
                    subject_kind = \(values[7]), subject_id = \(values[8]), subject_uid = \(values[9]),
                    unit_id = \(values[10]), payload = \(values[11]), salt = \(values[12]), erased = \(values[13])
                    WHERE id = 6
                    """)
                #expect(try await world.verify().isIntact, "put back after \(change.text(for: engine))")
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func aChangedPayloadIsNamedByItsEventAndPlace(_ engine: Engine) async throws {
        try await sealed(engine) { world in
            try await world.tamper("UPDATE event SET payload = replace(payload, 'new 3', 'new 4') WHERE id = 3")
            let report = try await world.verify()
            let uid = try await world.database.read { tx in try tx.first("SELECT uid FROM event WHERE id = 3")?.text(0)
            }
            #expect(report.findings.map(\.kind) == [.eventChanged])
            #expect(report.findings.first?.seq == 3 && report.findings.first?.uid == uid)
        }
    }

    @Test(arguments: Engine.allCases)
    func aRemovedEventIsMissed(_ engine: Engine) async throws {
        try await sealed(engine) { world in
            try await world.tamper("DELETE FROM event WHERE id = 4")
            #expect(try await world.verify().findings.map(\.kind) == [.eventMissing])
            try await world.tamper("DELETE FROM audit_seal WHERE seq = 4")
            let report = try await world.verify()
            #expect(report.findings.map(\.kind) == [.sealMissing])
            #expect(report.intactTo == 3)
        }
    }

    @Test(arguments: Engine.allCases)
    func closingTheGapBreaksTheChain(_ engine: Engine) async throws {
        try await sealed(engine) { world in
            try await world.tamper("DELETE FROM event WHERE id = 4", "DELETE FROM audit_seal WHERE seq = 4")
            for seq in 5...10 { try await world.tamper("UPDATE audit_seal SET seq = \(seq - 1) WHERE seq = \(seq)") }
            let report = try await world.verify()
            #expect(report.findings.first?.kind == .chainBroken && report.findings.first?.seq == 4)
        }
    }

    @Test(arguments: Engine.allCases)
    func anEventPutInFromOutsideIsFound(_ engine: Engine) async throws {
        try await sealed(engine) { world in
            let salt: [UInt8] = [1]
            try await world.tamper(
                """
                INSERT INTO event (uid, at, actor, verb, subject_kind, subject_id, subject_uid, payload, salt, erased,
                is_open) VALUES ('01900000-0000-7000-8000-00000000abcd', 5, 'x', 'created', 'unit', 2, 'u', '{}',
                \(salt), 0, 0)
                """)
            let report = try await world.verify()
            #expect(report.findings.map(\.kind) == [.eventAdded])
            #expect(report.findings.first?.uid == "01900000-0000-7000-8000-00000000abcd")
        }
    }

    @Test(arguments: Engine.allCases)
    func anEventTakenAwayBeforeItIsSealedIsMissed(_ engine: Engine) async throws {
        try await sealed(engine) { world in
            try await world.record(world.event(.changed, .north))
            try await world.tamper("DELETE FROM event WHERE id = 11")
            #expect(try await world.verify().findings.map(\.kind) == [.eventMissing])
        }
    }

    @Test(arguments: Engine.allCases)
    func twoSealsInEachOthersPlaceAreNamed(_ engine: Engine) async throws {
        try await sealed(engine) { world in
            try await world.tamper(
                "UPDATE audit_seal SET seq = 100 WHERE seq = 3", "UPDATE audit_seal SET seq = 3 WHERE seq = 7",
                "UPDATE audit_seal SET seq = 7 WHERE seq = 100")
            let report = try await world.verify()
            #expect(report.findings.map(\.kind) == [.sealReordered, .sealReordered], "\(report.findings)")
            #expect(report.findings.map(\.seq) == [3, 7])
        }
    }

    @Test(arguments: Engine.allCases)
    func sealsThatPointAtEachOthersEventsAreNamed(_ engine: Engine) async throws {
        try await sealed(engine) { world in
            try await world.tamper(
                "UPDATE audit_seal SET event_id = 100 WHERE seq = 3",
                "UPDATE audit_seal SET event_id = 3 WHERE seq = 7",
                "UPDATE audit_seal SET event_id = 7 WHERE seq = 3")
            let report = try await world.verify()
            #expect(report.findings.map(\.kind) == [.sealReordered, .sealReordered], "\(report.findings)")
        }
    }

    @Test(arguments: Engine.allCases)
    func aChangedSealIsFoundEvenWhenItsEventIsChangedToMatch(_ engine: Engine) async throws {
        try await sealed(engine) { world in
            try await world.tamper("UPDATE event SET actor = 'x' WHERE id = 5")
            try await reseal(world, from: 5, to: 5, chain: false)
            #expect(try await world.verify().findings.map(\.kind) == [.chainBroken])
        }
    }

    @Test(arguments: Engine.allCases)
    func aCutOffEndIsFoundWithACheckpointOnly(_ engine: Engine) async throws {
        try await sealed(engine) { world in
            let checkpoint = try await checkpoint(world)
            try await world.tamper("DELETE FROM audit_seal WHERE seq > 8", "DELETE FROM event WHERE id > 8")
            let without = try await world.verify()
            #expect(without.isIntact && without.end == 8)
            #expect(without.lines.last?.contains("cut off at the end, or the whole chain rewritten") == true)
            let with = try await world.verify([checkpoint])
            #expect(with.findings.map(\.kind) == [.truncated] && with.findings.first?.seq == 10)
        }
    }

    @Test(arguments: Engine.allCases)
    func aChainRewrittenFromTheStartIsFoundWithACheckpointOnly(_ engine: Engine) async throws {
        try await sealed(engine) { world in
            let checkpoint = try await checkpoint(world)
            try #require(try await world.verify([checkpoint]).isIntact)
            try await world.tamper("UPDATE event SET actor = 'nobody' WHERE id = 2")
            try await reseal(world, from: 1, to: 10, chain: true)
            let without = try await world.verify()
            #expect(without.isIntact)
            #expect(without.lines.last?.contains("cannot be told") == true)
            let with = try await world.verify([checkpoint])
            #expect(with.findings.map(\.kind) == [.rewritten] && with.findings.first?.seq == 10)
            #expect(with.lines.last?.contains("cannot be told") == true)
        }
    }

    @Test(arguments: Engine.allCases)
    func aForgedOrForeignCheckpointIsAFinding(_ engine: Engine) async throws {
        try await sealed(engine) { world in
            let good = try await checkpoint(world)
            var text = String(decoding: try good.json(), as: UTF8.self)
            text.replace("\"seq\" : 10", with: "\"seq\" : 9")
            let forged = try AuditCheckpoint(json: .init(text.utf8))
            #expect(forged.seq == 9 && !forged.isSignatureValid)
            #expect(try await world.verify([forged]).findings.map(\.kind) == [.badCheckpoint])
            #expect(try await world.verify([good], key: "00").findings.map(\.kind) == [.badCheckpoint])
            let end = AuditChain.End(seq: 10, chain: [])
            let foreign = try AuditCheckpoint(
                origin: UID.new(at: world.now), end: end, at: world.now, key: Curve25519.Signing.PrivateKey())
            #expect(foreign.isSignatureValid)
            #expect(try await world.verify([foreign]).findings.map(\.kind) == [.badCheckpoint])
        }
    }

    private func checkpoint(_ world: ActivityWorld) async throws -> AuditCheckpoint {
        let end = try await world.database.read { tx in try AuditChain(tx: tx).end() }
        return try AuditCheckpoint(origin: world.origin, end: end, at: world.now, key: Curve25519.Signing.PrivateKey())
    }

    /// Computes seals anew, as an intruder who knows the program would; the links too when `chain` is set.
    private func reseal(_ world: ActivityWorld, from: Int64, to: Int64, chain: Bool) async throws {
        let origin = world.origin
        try await world.database.write { tx in
            var link = ChainLink.zero(origin: origin)
            for seq in from...to {
                let row = try #require(
                    try tx.first("SELECT \(SealableEvent.columns) FROM event e WHERE e.id = \(seq)"))
                let event = try SealableEvent(row)
                let digest = event.digest(content: event.content())
                try tx.run(
                    "UPDATE audit_seal SET content = \(event.content()), digest = \(digest) WHERE seq = \(seq)")
                guard chain else { continue }
                link = ChainLink.next(after: link, seq: seq, digest: digest)
                try tx.run("UPDATE audit_seal SET chain = \(link) WHERE seq = \(seq)")
            }
        }
    }
}
