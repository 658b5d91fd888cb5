import Foundation
import Storage
import TestSupport
import Testing

@testable import App

@Suite struct AttachmentStoreTests {
    private let first = TestFiles.kept("a.pdf", [1])
    private let second = TestFiles.kept("b.png", [2], .png)

    private func verbs(_ world: World, _ place: Place) async throws -> [String] {
        let id = try world.id(place)
        return try await world.database.read { tx in
            try tx.all("SELECT verb, payload FROM event WHERE subject_kind = 'unit' AND subject_id = \(id) ORDER BY id")
                .map { try $0.text(0) }.suffix(2)
        }
    }

    @Test(arguments: Engine.allCases) func filesBelongToOneRecord(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let added = try await world.attach([first, second], to: .science)
            #expect(added.map(\.name) == ["a.pdf", "b.png"])
            #expect(added.map(\.text) == [.waiting, .none])
            let (science, finance) = (try world.subject(.science), try world.subject(.finance))
            let uid = added[0].uid
            let viewer = try await world.viewer(.secretariat)
            try await world.change(viewer) { store throws in
                #expect(try store.list(of: science) == added)
                #expect(try store.list(of: finance) == [])
                #expect(try store.find(uid, of: science).addedBy == viewer.personID)
                #expect(throws: AppError.notFound) { try store.find(uid, of: finance) }
                #expect(try store.counts(of: .unit, [science.id, finance.id]) == [science.id: 2])
            }
            #expect(try await verbs(world, .science) == ["attached", "attached"])
        }
    }

    @Test(arguments: Engine.allCases) func theSameBytesTwiceAreRefused(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            _ = try await world.attach([first], to: .science)
            let problem = Problem("file", "attachment.error.doubled", ["name": "c.pdf", "present": "a.pdf"])
            await #expect(throws: AppError.invalid([problem])) {
                try await world.attach([TestFiles.kept("c.pdf", [1])], to: .science)
            }
            #expect(try await world.attach([first], to: .finance).count == 1)
        }
    }

    @Test(arguments: Engine.allCases) func aRecordIsNoFolder(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let files = (0..<AttachmentStore.most).map { TestFiles.kept("\($0).png", [1, UInt8($0)], .png) }
            _ = try await world.attach(files, to: .science)
            await #expect(throws: AppError.self) { try await world.attach([first], to: .science) }
        }
    }

    @Test(arguments: Engine.allCases) func aDraftLosesItsFileAndAnIssuedRecordKeepsIt(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let added = try await world.attach([first, second], to: .science)
            let (subject, unit, now) = (try world.subject(.science), try world.id(.science), world.clock.now)
            let uids = added.map(\.uid)
            try await world.change { try $0.remove(uids[0], of: subject, unit: unit, isIssued: false, at: now) }
            await #expect(throws: AppError.invalid([Problem("reason", "field.missing")])) {
                try await world.change { try $0.remove(uids[1], of: subject, unit: unit, isIssued: true, at: now) }
            }
            try await world.change {
                try $0.remove(uids[1], of: subject, unit: unit, isIssued: true, reason: "Sai bản", at: now)
            }
            let left = try await world.change { try $0.list(of: subject) }
            #expect(left.map(\.uid) == [uids[1]])
            #expect(left.first?.withdrawn == App.Attachment.Withdrawal(at: now, reason: "Sai bản"))
            await #expect(throws: AppError.conflict(Message("attachment.error.withdrawn"))) {
                try await world.change {
                    try $0.remove(uids[1], of: subject, unit: unit, isIssued: true, reason: "x", at: now)
                }
            }
            #expect(try await verbs(world, .science) == ["detached", "attachment-withdrawn"])
            // A withdrawn file may be attached once more, and counts no longer.
            #expect(try await world.change { try $0.counts(of: .unit, [subject.id]) } == [:])
            #expect(try await world.attach([second], to: .science).count == 1)
        }
    }

    @Test(arguments: Engine.allCases) func bytesAreReleasedWithTheirLastRow(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let here = try await world.attach([first], to: .science)
            let there = try await world.attach([first], to: .finance)
            let (science, finance, now) = (try world.subject(.science), try world.subject(.finance), world.clock.now)
            func released() async throws -> Int {
                try await world.database.read { try $0.first("SELECT COUNT(*) FROM file_release")?.int(0) ?? -1 }
            }
            let uid = here[0].uid
            try await world.change { try $0.remove(uid, of: science, unit: nil, isIssued: false, at: now) }
            #expect(try await released() == 0)
            #expect(there.count == 1)
            try await world.change { try $0.removeAll(of: finance, at: now) }
            #expect(try await released() == 1)
            _ = try await world.attach([first], to: .science)
            #expect(try await released() == 0)
        }
    }
}
