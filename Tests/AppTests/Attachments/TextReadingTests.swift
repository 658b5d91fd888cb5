import Foundation
import Storage
import TestSupport
import Testing

@testable import App

@Suite struct TextReadingTests {
    private func state(_ world: World, _ place: Place = .science) async throws -> [(
        App.Attachment.TextState, App.Attachment.TextNote?
    )] {
        let subject = try world.subject(place)
        return try await world.change { try $0.list(of: subject).map { ($0.text, $0.textNote) } }
    }

    @Test(arguments: Engine.allCases) func whatWaitsIsReadInOrderAndOnce(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let reading = TextReading(database: world.database, files: world.services.files)
            #expect(try await reading.isNeeded() == false)
            let attachment = try await world.attach("a.pdf", TestFiles.pdf("Nghi quyet 57"), to: .science)
            _ = try await world.attach("b.pdf", TestFiles.pdf(nil), to: .science)
            _ = try await world.attach("c.png", TestFiles.png, to: .science)
            #expect(try await reading.isNeeded())
            #expect(try await reading.run(most: 1) == 1)
            #expect(try await state(world).map(\.0) == [.done, .waiting, .none])
            #expect(try await reading.run() == 1)
            #expect(try await reading.run() == 0)
            #expect(try await state(world).map(\.0) == [.done, .none, .none])
            #expect(try await world.change { try $0.text(of: attachment.id) } == ["nghi quyet 57"])
        }
    }

    @Test(arguments: Engine.allCases) func aFileThatIsMissingFailsAndTheOthersGoOn(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            _ = try await world.attach([TestFiles.kept("gone.pdf", [9])], to: .science)
            _ = try await world.attach("b.txt", Array("có chữ".utf8), to: .science)
            #expect(try await world.readTexts() == 2)
            let states = try await state(world)
            #expect(states.map(\.0) == [.failed, .done] && states.first?.1 == .missing)
        }
    }

    @Test(arguments: Engine.allCases) func withoutTheProgramFilesWait(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            _ = try await world.attach("a.pdf", TestFiles.pdf("x"), to: .science)
            var reading = TextReading(database: world.database, files: world.services.files)
            reading.extraction.program = BoundedProgram(name: "no-such-program", package: "poppler-utils")
            for _ in 0..<5 { await #expect(throws: BoundedProgram.Failure.self) { try await reading.run() } }
            #expect(try await state(world).map(\.0) == [.waiting])
            #expect(try await world.readTexts() == 1)
            #expect(try await state(world).map(\.0) == [.done])
        }
    }

    /// A process that ended in the middle three times is not let near that file again.
    @Test(arguments: Engine.allCases) func aFileThatEndsTheProcessIsGivenUp(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            _ = try await world.attach("a.txt", Array("x".utf8), to: .science)
            try await world.database.write { tx in _ = try tx.run("UPDATE attachment SET text_tries = 3") }
            #expect(try await world.readTexts() == 1)
            let states = try await state(world)
            #expect(states.map(\.0) == [.failed] && states.first?.1 == .damaged)
        }
    }

    /// The job is asked like any other, and finds nothing to do when nothing waits.
    @Test func theJobReadsWhatWaits() async throws {
        try await World.with(.sqlite) { world async throws in
            let job = AttachmentJobs.reading(world.services), runner = JobRunner(world.services)
            #expect(try await runner.runIfDue(job) == false)
            _ = try await world.attach("a.txt", Array("có chữ".utf8), to: .science)
            #expect(try await runner.runIfDue(job))
            #expect(try await state(world).map(\.0) == [.done])
        }
    }
}
