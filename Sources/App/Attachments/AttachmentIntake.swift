public import Foundation
import Storage

/// From what a form brought to files that a record may have: examined by content, named safely, made durable.
///
///     let kept = try await AttachmentIntake(visit.services.files).keep(try visit.uploaded().files("file"))
///     try await visit.write { … try attachments.add(kept, to: subject, unit: unit, at: now) }
public struct AttachmentIntake: Sendable {
    let store: FileStore

    public init(_ store: FileStore) { self.store = store }

    /// All files, or ``AppError/invalid(_:)`` with what is wrong with each, said of `field`. Nothing is kept then.
    public func keep(_ received: [ReceivedFile], field: String = "file") async throws -> [KeptFile] {
        var found = Validation()
        var files: [KeptFile] = []
        if received.isEmpty { found.add(field, "attachment.error.none") }
        for file in received {
            switch try await examine(file) {
            case .success(let kept): files.append(kept)
            case .failure(let refusal): found.add(Problem(field, refusal.message))
            }
        }
        try found.check()
        for file in received { try await store.keep(file) }
        return files
    }

    /// A file of this machine, copied in piece by piece as if a form had brought it. Throws ``StorageError/disk(_:)``
    /// when it cannot be read.
    public func read(_ file: URL) async throws -> ReceivedFile {
        let incoming = try store.begin()
        do {
            try await FileStore.run {
                let source = try FileHandle(forReadingFrom: file)
                while let piece = try source.read(upToCount: 1 << 20), !piece.isEmpty {
                    try incoming.write(Array(piece))
                }
            }
        } catch let error as CocoaError {
            incoming.discard()
            throw StorageError.disk("\(file.path): \(error.localizedDescription)")
        } catch {
            incoming.discard()
            throw error
        }
        return ReceivedFile(
            field: "file", name: file.lastPathComponent, file: incoming, size: incoming.size, sha256: incoming.sha256())
    }

    struct Refusal: Error { let message: Message }

    /// What the file is, held against what its name says.
    func examine(_ file: ReceivedFile) async throws -> Result<KeptFile, Refusal> {
        let shown = Message.Argument.text(SafeFileName.of(file.name, ending: ""))
        func refuse(_ key: String, _ more: [String: Message.Argument] = [:]) -> Result<KeptFile, Refusal> {
            .failure(Refusal(message: Message(key, more.merging(["name": shown]) { first, _ in first })))
        }
        guard file.size > 0 else { return refuse("attachment.error.empty") }
        let url = file.url
        let found = try await FileStore.run { try FileInspection.found(url) }
        let ending = SafeFileName.ending(of: file.name)
        let kind: FileKind
        switch found {
        case .kind(let known): kind = known
        case .text: kind = FileKind.csv.endings.contains(ending) ? .csv : .txt
        case .other(let what):
            return refuse("attachment.error.kind", ["found": .key("attachment.found.\(what)")])
        }
        guard ending.isEmpty || kind.endings.contains(ending) else {
            return refuse(
                "attachment.error.ending",
                ["ending": .text("." + ending), "found": .key("attachment.kind.\(kind.rawValue)")])
        }
        let name = SafeFileName.of(file.name, ending: kind.endings[0])
        return .success(KeptFile(name: name, kind: kind, size: file.size, sha256: file.sha256))
    }
}
