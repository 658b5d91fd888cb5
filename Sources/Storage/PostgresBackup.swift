import Foundation

/// A consistent copy of a PostgreSQL database, made by PostgreSQL's own programs.
enum PostgresBackup {
    /// Dumps into a file beside `path`, has `pg_restore` read it through, and only then gives it its name.
    static func write(_ address: PostgresAddress, to path: String) throws {
        let unfinished = path + ".unfinished"
        let (address, password) = try address.withoutPassword()
        do {
            let dump = ["--format=custom", "--no-password", "--file=\(unfinished)", "--dbname=\(address)"]
            try run("pg_dump", dump, password)
            try run("pg_restore", ["--list", unfinished], nil)
            guard rename(unfinished, path) == 0 else {
                throw StorageError.disk("\(path): \(String(cString: strerror(errno)))")
            }
        } catch {
            try? FileManager.default.removeItem(atPath: unfinished)
            throw error
        }
    }

    /// Runs a program to its end; throws what it wrote to its error output when it fails.
    private static func run(_ program: String, _ arguments: [String], _ password: String?) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        var environment = ProcessInfo.processInfo.environment
        environment["PGPASSWORD"] = password ?? environment["PGPASSWORD"]
        process.environment = environment
        let words = Pipe()
        process.standardOutput = FileHandle.nullDevice
        process.standardError = words
        try process.run()
        let said = String(decoding: words.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        switch process.terminationStatus {
        case 0: return
        case 127:
            let cure = "\(program) is missing: apt-get install postgresql-client"
            throw StorageError.other(code: program, message: cure)
        case let status: throw StorageError.other(code: "\(program) \(status)", message: oneLine(said))
        }
    }

    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).suffix(5).joined(separator: "; ")
    }
}
