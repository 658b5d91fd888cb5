import App
import ArgumentParser
import Foundation
import Logging
import Storage

/// Where the data is: shared by every command that touches it.
///
/// `--data DIR` holds keys and the SQLite file; `RESOLUTE_DATABASE=postgres://…` puts the database elsewhere.
struct DataOptions: ParsableArguments {
    @Option(name: .long, help: "Folder of the database, the keys and the checkpoints.")
    var data: String?

    @Option(
        name: .long, help: "Folder of the files of records, when several nodes share one (default: files in --data).")
    var files: String?

    @Option(name: .long, help: "Folder of styles, messages and sample data (default: beside the program).")
    var resources: String?

    /// The configuration that these options and the environment ask for. Touches no database.
    func configuration() throws -> Configuration {
        let environment = ProcessInfo.processInfo.environment
        let folder = URL(filePath: data ?? "data", directoryHint: .isDirectory).standardizedFileURL
        let location: DatabaseOptions.Location
        if let address = environment["RESOLUTE_DATABASE"], !address.isEmpty {
            guard address.hasPrefix("postgres://") || address.hasPrefix("postgresql://") else {
                throw StartError("RESOLUTE_DATABASE must begin with postgres:// (unset it to use SQLite in --data).")
            }
            location = .postgres(address)
        } else {
            location = .sqlite(path: folder.appending(path: "resolute.sqlite").path)
        }
        var configuration = Configuration(
            dataFolder: folder, resources: try ResourceFolder.find(resources), database: DatabaseOptions(location))
        configuration.files = files.map { URL(filePath: $0, directoryHint: .isDirectory).standardizedFileURL }
        return configuration
    }

    /// Opens the database (making the data folder when it is missing), runs `body`, closes.
    func withApplication<T: Sendable>(_ body: (Services) async throws -> T) async throws -> T {
        try await DataOptions.withApplication(try configuration(), body)
    }

    /// As above for a configuration that a command has completed. An ``AppError`` leaves it as readable words.
    static func withApplication<T: Sendable>(
        _ configuration: Configuration, logLevel: Logger.Level = .warning, _ body: (Services) async throws -> T
    ) async throws -> T {
        try DataFolder.make(configuration.dataFolder)
        if let files = configuration.files { try DataFolder.make(files, option: "--files", "folder of files") }
        // A newer program on an older database: its own backup first, then the pending steps.
        try await MigrateCommand.migrate(configuration)
        var logger = Logger(label: "resolute", factory: { JSONLog(label: $0) })
        logger.logLevel = logLevel
        let services = try await Application.prepare(configuration, logger: logger)
        do {
            let result = try await body(services)
            await services.database.close()
            return result
        } catch {
            await services.database.close()
            guard let known = error as? AppError else { throw error }
            throw CommandFailure(known, services.catalogue)
        }
    }
}

/// The folder of what is shipped beside the program.
enum ResourceFolder {
    /// `asked`, else beside the executable or above it (a build inside the sources), else in the working folder.
    static func find(_ asked: String?) throws(StartError) -> URL {
        if let asked {
            let folder = URL(filePath: asked, directoryHint: .isDirectory).standardizedFileURL
            guard isOne(folder) else {
                throw StartError("\(folder.path) is not the folder Resources: it has no messages in it.")
            }
            return folder
        }
        let here = URL(filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory)
        for place in above(executable()) + [here] {
            let folder = place.appending(path: "Resources", directoryHint: .isDirectory)
            if isOne(folder) { return folder }
        }
        throw StartError("The folder Resources is neither beside the program nor here. Name it with --resources DIR.")
    }

    private static func isOne(_ folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: "messages").path)
    }

    private static func executable() -> URL {
        let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(filePath: link ?? CommandLine.arguments.first ?? "resolute").standardizedFileURL
    }

    /// The folder of the program and the five above it.
    private static func above(_ program: URL) -> [URL] {
        (0..<6).reduce(into: [program.deletingLastPathComponent()]) { folders, _ in
            if let last = folders.last { folders.append(last.deletingLastPathComponent()) }
        }
    }
}

/// The folder of keys and data, readable by its owner only.
enum DataFolder {
    static func make(
        _ folder: URL, option: String = "--data", _ word: String = "data folder"
    ) throws(StartError) {
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw StartError(
                "The \(word) \(folder.path) cannot be made. Choose another with \(option) DIR.", exitCode: 73)
        }
        guard access(folder.path, W_OK | X_OK) == 0 else {
            throw StartError(
                "The \(word) \(folder.path) is not writable. Choose another with \(option) DIR.", exitCode: 73)
        }
    }
}
