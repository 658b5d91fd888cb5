public import Foundation
import Storage

/// Files by their content: `files/ab/cd/abcd…`, named by the SHA-256 of their bytes, written once and never changed.
///
/// What arrives is written into `incoming`, made durable, and only then renamed into place: a crash leaves at most
/// something in `incoming`. Several nodes may share the folder.
public struct FileStore: Sendable {
    public let folder: URL

    /// Disks block; two pieces at once are enough to keep one busy, and the cooperative threads stay free.
    private static let queue = BoundedQueue(label: "resolute.files", atOnce: 4, waiting: 100_000)

    public init(folder: URL) { self.folder = folder }

    public var incoming: URL { folder.appending(path: "incoming", directoryHint: .isDirectory) }

    /// Where the bytes of a hash are, or would be.
    public func url(_ sha256: String) -> URL {
        let isSound = HexText.isSHA256(sha256)
        let (first, second) = (sha256.prefix(2), sha256.dropFirst(2).prefix(2))
        return folder.appending(path: isSound ? "\(first)/\(second)/\(sha256)" : "none")
    }

    /// Throws ``StorageError/disk(_:)`` when `bytes` more would leave less than `reserve` free. What a disk without an
    /// answer has free is not known, and writing will tell.
    func requireRoom(for bytes: Int, reserve: Int) throws {
        try FileStore.makePrivate(folder)
        var facts = statvfs()
        guard statvfs(folder.path, &facts) == 0 else { return }
        let free = UInt64(facts.f_bavail).multipliedReportingOverflow(by: UInt64(facts.f_frsize))
        guard !free.overflow, free.partialValue < UInt64(clamping: max(0, bytes)) + UInt64(clamping: max(0, reserve))
        else { return }
        throw StorageError.disk("\(folder.path): \(free.partialValue >> 20) MiB are free, too little for more files")
    }

    /// A new file in `incoming`.
    func begin() throws -> IncomingFile {
        try FileStore.makePrivate(incoming)
        return try IncomingFile(in: incoming)
    }

    func write(_ bytes: [UInt8], to file: IncomingFile) async throws {
        try await FileStore.run { try file.write(bytes) }
    }

    /// Makes a received file durable under its hash. Called before the transaction that refers to it: a file without a
    /// row is swept away later, a row without a file would be a loss.
    public func keep(_ received: ReceivedFile) async throws {
        let target = url(received.sha256)
        try await FileStore.run {
            try received.file.flush()
            try FileStore.makePrivate(target.deletingLastPathComponent())
            // In place of the same bytes too: the newer date says that they are in use.
            guard rename(received.url.path, target.path) == 0 else { throw IncomingFile.failure(target) }
            try FileStore.flush(folder: target.deletingLastPathComponent())
        }
    }

    /// Opens the bytes of a hash; throws ``StorageError/disk(_:)`` when they are not there.
    func open(_ sha256: String) throws -> FileHandle {
        do { return try FileHandle(forReadingFrom: url(sha256)) } catch { throw IncomingFile.failure(url(sha256)) }
    }

    public func has(_ sha256: String) -> Bool { FileManager.default.fileExists(atPath: url(sha256).path) }

    /// Runs blocking work on the store's threads.
    static func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let accepted = queue.submit { continuation.resume(with: Result { try work() }) }
            if !accepted { continuation.resume(throwing: AppError.unavailable(retryAfter: .seconds(2))) }
        }
    }

    private static func makePrivate(_ folder: URL) throws {
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch { throw StorageError.disk("\(folder.path) cannot be made: \(error.localizedDescription)") }
    }

    /// The name too must be on the disk. Two levels: both may be new.
    private static func flush(folder: URL) throws {
        for place in [
            folder, folder.deletingLastPathComponent(), folder.deletingLastPathComponent().deletingLastPathComponent(),
        ] {
            let descriptor = Foundation.open(place.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard descriptor >= 0 else { throw IncomingFile.failure(place) }
            defer { close(descriptor) }
            guard fsync(descriptor) == 0 else { throw IncomingFile.failure(place) }
        }
    }
}

extension Services {
    /// The files of records.
    public var files: FileStore { FileStore(folder: configuration.filesFolder) }
}
