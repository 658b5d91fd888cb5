import App
import ArgumentParser
import Foundation
import Storage

/// Files that are named on the command line.
enum FileArguments {
    /// Read, examined and kept; exit code 66 when one cannot be read.
    static func keep(_ paths: [String], _ services: Services) async throws -> [KeptFile] {
        for path in paths where !FileManager.default.isReadableFile(atPath: path) {
            throw CommandFailure("\(path) cannot be read.", exitCode: 66)
        }
        if paths.isEmpty { return [] }
        let intake = AttachmentIntake(services.files)
        var received: [ReceivedFile] = []
        for path in paths { received.append(try await intake.read(URL(filePath: path))) }
        return try await intake.keep(received)
    }
}

/// The file of a record that is to be written, if one is.
struct FileSaving: ParsableArguments {
    @Option(help: "Uid of a file to write to --to.") var save: String?
    @Option(help: "Where to write it.") var to: String?

    func validate() throws {
        guard (save == nil) == (to == nil) else { throw ValidationError("Give --save and --to together.") }
    }

    /// Writes it; false when none is asked for. Exit code 66 when it is not among these, 73 when it cannot be written.
    func save(from files: [Attachment], of record: String, _ services: Services) throws -> Bool {
        guard let save, let to else { return false }
        let wanted = try PersonArgument.uid(save)
        guard let file = files.first(where: { $0.uid == wanted }) else {
            throw CommandFailure("\(record) has no file \(wanted).", exitCode: 66)
        }
        do {
            try FileManager.default.copyItem(at: services.files.url(file.sha256), to: URL(filePath: to))
        } catch { throw CommandFailure("\(to) cannot be written: \(error.localizedDescription)", exitCode: 73) }
        return true
    }
}

/// `resolute task files UID`
struct TaskFilesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "files", abstract: "List the files of a task: uid, kind, bytes, SHA-256, uid of its report, name.",
        discussion: "With --save UID --to FILE the bytes of one are written.")

    @OptionGroup var data: DataOptions
    @Argument(help: "The task's uid.") var task: String
    @OptionGroup var saving: FileSaving

    func run() async throws {
        let uid = try PersonArgument.uid(task), saving = saving
        try await data.withApplication { services in
            let today = services.clock.today()
            let files = try await services.database.read { tx in
                let store = TaskStore(tx: tx, viewer: TaskCommand.viewer, today: today)
                return try store.files(of: try store.find(uid))
            }
            if try saving.save(from: files.map(\.attachment), of: "The task", services) { return }
            for file in files { Terminal.say(TaskFilesCommand.line(file)) }
        }
    }

    private static func line(_ file: TaskFile) -> String {
        let kept = file.attachment
        let state = kept.withdrawn == nil ? [] : ["withdrawn"]
        let cells = [
            kept.uid.text, kept.kind.rawValue, String(kept.size), kept.sha256, file.report?.text ?? "-", kept.name,
        ]
        return (cells + state).joined(separator: "\t")
    }
}

/// `resolute task attach UID scan.pdf`
struct TaskAttachCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach", abstract: "Give files to a task, or as evidence to its newest report: uid, name.")

    @OptionGroup var data: DataOptions
    @Argument(help: "The task's uid.") var task: String
    @Argument(help: "The files.") var files: [String]
    @Option(help: "Uid of the report that they belong to, as `resolute task show` names it.") var report: String?

    func run() async throws {
        let uid = try PersonArgument.uid(task), report = try report.map { try PersonArgument.uid($0) }
        let files = files
        try await data.withApplication { services in
            let kept = try await FileArguments.keep(files, services)
            let (now, today) = (services.clock.now(), services.clock.today())
            let added = try await services.database.write { tx in
                try TaskStore(tx: tx, viewer: TaskCommand.viewer, today: today).attach(
                    kept, to: uid, report: report, at: now)
            }
            for file in added { Terminal.say("\(file.attachment.uid)\t\(file.attachment.name)") }
        }
    }
}

/// `resolute task detach UID FILE --reason "Nhầm tệp"`
struct TaskDetachCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detach", abstract: "Take a file from a draft, or withdraw one of an issued task with a reason.")

    @OptionGroup var data: DataOptions
    @Argument(help: "The task's uid.") var task: String
    @Argument(help: "The file's uid.") var file: String
    @Option(help: "Why: of an issued task it is needed.") var reason = ""

    func run() async throws {
        let (uid, file, reason) = (try PersonArgument.uid(task), try PersonArgument.uid(file), reason)
        try await data.acting { tx, today, now in
            let store = TaskStore(tx: tx, viewer: TaskCommand.viewer, today: today)
            try store.detach(file, of: uid, reason: reason, at: now)
            return [file.text, "detached"]
        }
    }
}
