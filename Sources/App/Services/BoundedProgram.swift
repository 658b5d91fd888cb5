import Dispatch
import Foundation
import Synchronization

/// A program of the system that reads what a stranger has sent: under limits of time, memory and output, with nothing
/// of our environment, and without leave to write a file. Whatever happens to it happens to it alone.
struct BoundedProgram: Sendable {
    let name: String
    /// The Debian package to name when it is missing.
    let package: String
    /// Wall-clock seconds; of CPU a few more, so that it is told which was too much.
    var seconds = 30
    /// Address space in bytes.
    var memory = 1 << 30
    /// What is read of its output, in bytes.
    var output = 8 << 20

    enum Failure: Error, Equatable {
        /// The package to install.
        case missing(String)
        case time
        /// It ended badly; 128 and more is a signal, as of a limit.
        case failed(Int32)
    }

    struct Output: Sendable {
        let bytes: [UInt8]
        /// There was more.
        let isCut: Bool
    }

    var isInstalled: Bool { ChildProgram.path(of: name) != nil }

    /// Runs it to its end. Blocks.
    func run(_ arguments: [String]) throws -> Output {
        guard let path = ChildProgram.path(of: name) else { throw Failure.missing(package) }
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        // The shell sets the limits and becomes the program.
        let limits = "ulimit -c 0; ulimit -f 0; ulimit -t \"$1\"; ulimit -v \"$2\"; shift 2; exec \"$@\""
        process.arguments = ["-c", limits, "sh", String(seconds + 5), String(memory >> 10), path] + arguments
        process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"]
        let pipe = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardOutput = pipe
        do { try process.run() } catch { throw Failure.failed(-1) }
        let overTime = Flag()
        let child = process.processIdentifier
        let watchdog = DispatchWorkItem {
            overTime.raise()
            BoundedProgram.end(child)
        }
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds), execute: watchdog)
        let (bytes, isCut) = read(pipe.fileHandleForReading)
        if isCut { BoundedProgram.end(child) }
        process.waitUntilExit()
        watchdog.cancel()
        if isCut { return Output(bytes: bytes, isCut: true) }
        if overTime.isRaised { throw Failure.time }
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            throw Failure.failed(process.terminationStatus + (process.terminationReason == .exit ? 0 : 128))
        }
        return Output(bytes: bytes, isCut: false)
    }

    /// With everything that it has started: it leads a group of its own.
    private static func end(_ child: pid_t) {
        kill(-child, SIGKILL)
        kill(child, SIGKILL)
    }

    private func read(_ handle: FileHandle) -> ([UInt8], isCut: Bool) {
        var bytes: [UInt8] = []
        while let piece = try? handle.read(upToCount: 64 * 1024), !piece.isEmpty {
            bytes += piece
            if bytes.count > output { return (Array(bytes.prefix(output)), true) }
        }
        return (bytes, false)
    }

    private final class Flag: Sendable {
        private let value = Atomic(false)
        var isRaised: Bool { value.load(ordering: .acquiring) }
        func raise() { value.store(true, ordering: .releasing) }
    }
}
