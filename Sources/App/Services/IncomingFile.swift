import Crypto
public import Foundation
import Storage
import Synchronization

/// A file on its way in: written, measured and hashed piece by piece in the store's `incoming` folder.
///
/// It has a name nobody knows, and is nothing until it has been kept: after a crash it is swept away.
public final class IncomingFile: Sendable {
    public let url: URL
    private struct State {
        /// -1 when it is closed.
        var descriptor: Int32
        var size = 0
        var hash = SHA256()
    }
    private let state: Mutex<State>

    init(in folder: URL) throws {
        url = folder.appending(path: UUID().uuidString.lowercased())
        let descriptor = open(url.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw IncomingFile.failure(url) }
        state = Mutex(State(descriptor: descriptor))
    }

    deinit { state.withLock { IncomingFile.close(&$0) } }

    /// Bytes written so far.
    public var size: Int { state.withLock { $0.size } }
    /// Of what was written so far, in hexadecimal digits.
    func sha256() -> String { state.withLock { HexText.of($0.hash.finalize()) } }

    /// Blocks: called on the store's own threads. Throws ``StorageError/disk(_:)``.
    func write(_ bytes: [UInt8]) throws {
        try state.withLock { state in
            var rest = bytes[...]
            while !rest.isEmpty {
                let done = rest.withUnsafeBytes { Foundation.write(state.descriptor, $0.baseAddress, $0.count) }
                if done < 0, errno == EINTR { continue }
                guard done > 0 else { throw IncomingFile.failure(url) }
                rest = rest.dropFirst(done)
            }
            state.size += bytes.count
            state.hash.update(data: bytes)
        }
    }

    /// What was written is on the disk when this returns. Blocks.
    func flush() throws {
        try state.withLock { state in
            guard state.descriptor >= 0 else { return }
            guard fsync(state.descriptor) == 0 else { throw IncomingFile.failure(url) }
            IncomingFile.close(&state)
        }
    }

    /// Takes the file away, unless it has been kept and moved.
    func discard() {
        state.withLock { IncomingFile.close(&$0) }
        unlink(url.path)
    }

    private static func close(_ state: inout State) {
        if state.descriptor >= 0 { _ = Foundation.close(state.descriptor) }
        state.descriptor = -1
    }

    static func failure(_ url: URL) -> StorageError {
        .disk("\(url.path): \(String(cString: strerror(errno)))")
    }
}

/// A file as a form brought it: measured and hashed, not yet examined, gone when the request is over.
public struct ReceivedFile: Sendable {
    /// The name of the form's field.
    public let field: String
    /// As sent: a path, an empty text, anything.
    public let name: String
    let file: IncomingFile
    /// Bytes.
    public let size: Int
    /// Hexadecimal.
    public let sha256: String

    public var url: URL { file.url }

    func discard() { file.discard() }
}
