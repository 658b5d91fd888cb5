import Foundation
import Testing

@testable import App

@Suite struct BoundedProgramTests {
    private func shell(_ script: String, _ adjust: (inout BoundedProgram) -> Void = { _ in }) throws
        -> BoundedProgram.Output
    {
        var program = BoundedProgram(name: "sh", package: "dash")
        adjust(&program)
        return try program.run(["-c", script])
    }

    @Test func whatItSaysIsRead() throws {
        let output = try shell("printf một; printf sai >&2")
        #expect(output.bytes == Array("một".utf8) && !output.isCut)
    }

    @Test func itSeesNothingOfOurEnvironment() throws {
        let text = String(decoding: try shell("env").bytes, as: UTF8.self)
        #expect(!text.contains("RESOLUTE") && !text.contains("HOME="))
    }

    @Test func itsOutputHasALimit() throws {
        let began = ContinuousClock.now
        let output = try shell("yes") { $0.output = 100_000 }
        #expect(output.isCut && output.bytes.count == 100_000)
        #expect(ContinuousClock.now - began < .seconds(5))
    }

    @Test func itsTimeHasALimit() {
        let began = ContinuousClock.now
        #expect(throws: BoundedProgram.Failure.time) { try shell("exec sleep 60") { $0.seconds = 1 } }
        #expect(ContinuousClock.now - began < .seconds(10))
    }

    @Test func itsMemoryHasALimit() {
        #expect(throws: BoundedProgram.Failure.self) {
            try shell("exec dd if=/dev/zero of=/dev/null bs=400M count=1") { $0.memory = 64 << 20 }
        }
    }

    @Test func itWritesNoFile() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: file) }
        _ = try? shell("echo secret > \(file.path)")
        let size = (try? FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int) ?? 0
        #expect(size == 0)
    }

    @Test func itsFailureIsTold() {
        #expect(throws: BoundedProgram.Failure.failed(3)) { try shell("exit 3") }
        #expect(throws: BoundedProgram.Failure.failed(128 + SIGKILL)) { try shell("kill -KILL $$") }
        #expect(throws: BoundedProgram.Failure.missing("no-such-package")) {
            try BoundedProgram(name: "no-such-program", package: "no-such-package").run([])
        }
    }
}
