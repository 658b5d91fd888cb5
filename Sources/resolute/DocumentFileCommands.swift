import App
import ArgumentParser
import Foundation
import Storage

/// `resolute document files 57-NQ/TW`
struct DocumentFilesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "files", abstract: "List the files of a document: uid, kind, bytes, SHA-256, name.",
        discussion: "With --save UID --to FILE the bytes of one are written.")

    @OptionGroup var data: DataOptions
    @Argument(help: "Its number, uid, other name or title.") var document: String
    @OptionGroup var saving: FileSaving

    func run() async throws {
        let (typed, saving) = (document, saving)
        try await data.withApplication { services in
            let today = services.clock.today()
            let files = try await services.database.read { tx in
                let store = DocumentStore(tx: tx, viewer: DocumentCommand.viewer, today: today)
                return try store.files(of: try DocumentArgument.document(typed, store))
            }
            if try saving.save(from: files, of: typed, services) { return }
            for file in files { Terminal.say(DocumentFilesCommand.line(file)) }
        }
    }

    private static func line(_ file: Attachment) -> String {
        let state = file.withdrawn == nil ? [] : ["withdrawn"]
        return ([file.uid.text, file.kind.rawValue, String(file.size), file.sha256, file.name] + state)
            .joined(separator: "\t")
    }
}

/// `resolute document attach 57-NQ/TW scan.pdf`
struct DocumentAttachCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach", abstract: "Give files to a document: PDF, DOCX, XLSX, images, text.")

    @OptionGroup var data: DataOptions
    @Argument(help: "Its number, uid, other name or title.") var document: String
    @Argument(help: "The files.") var files: [String]

    func run() async throws {
        let typed = document, files = files
        try await data.withApplication { services in
            let kept = try await FileArguments.keep(files, services)
            let (now, today) = (services.clock.now(), services.clock.today())
            let added = try await services.database.write { tx in
                let store = DocumentStore(tx: tx, viewer: DocumentCommand.viewer, today: today)
                return try store.attach(kept, to: try DocumentArgument.document(typed, store).uid, at: now)
            }
            for file in added { Terminal.say("\(file.uid.text)\t\(file.name)") }
        }
    }
}

enum DocumentArgument {
    /// The one document that is called so; exit code 66 when there is none, or more than one.
    static func document(_ typed: String, _ store: DocumentStore) throws -> DocumentRow {
        guard let row = try store.find(typed: typed) else {
            throw CommandFailure("No document, or more than one, is called \(typed).", exitCode: 66)
        }
        return row
    }
}
