import Foundation

/// Why a backup cannot be made or restored, in one line that says what to do.
public struct BackupError: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}

/// A program of the system, run to its end.
struct ChildProgram {
    let name: String
    /// The Debian package to name when it is missing.
    let package: String
    var environment: [String: String] = [:]

    /// Runs it; throws its last words when it fails. With `output`, hands over standard output in pieces.
    func run(_ arguments: [String], output: ((Data) -> Void)? = nil) throws(BackupError) {
        guard let path = ChildProgram.path(of: name) else {
            throw BackupError("\(name) is missing: apt-get install \(package)")
        }
        let words = FileManager.default.temporaryDirectory.appending(path: "resolute-\(UUID().uuidString).log")
        defer { try? FileManager.default.removeItem(at: words) }
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let pipe = output.map { _ in Pipe() }
        do {
            try Data().write(to: words)
            process.standardError = try FileHandle(forWritingTo: words)
            process.standardOutput = pipe ?? FileHandle.nullDevice
            try process.run()
        } catch {
            throw BackupError("\(name) cannot be started: \(error.localizedDescription)")
        }
        while let output, let piece = try? pipe?.fileHandleForReading.read(upToCount: 1 << 16), !piece.isEmpty {
            output(piece)
        }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let said = (try? String(contentsOf: words, encoding: .utf8))?.split(separator: "\n").suffix(3) ?? []
            throw BackupError("\(name) failed: \(said.joined(separator: " "))")
        }
    }

    static func path(of name: String) -> String? {
        let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return folders.split(separator: ":").map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}

/// PostgreSQL's own programs, told the address without showing its password in the list of processes.
struct PostgresAddress {
    let address: String
    let environment: [String: String]

    init(_ text: String) {
        guard var parts = URLComponents(string: text), let password = parts.password else {
            address = text
            environment = [:]
            return
        }
        parts.password = nil
        address = parts.string ?? text
        environment = ["PGPASSWORD": password]
    }
}
