import Crypto
import Foundation
import Storage
import Testing

@testable import App

/// Hashes as the tests compute them.
enum SHA256Text {
    static func digest(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }
}

/// A file store of its own for one test.
enum TestStore {
    static func with<T>(_ body: (FileStore) async throws -> T) async throws -> T {
        let folder = FileManager.default.temporaryDirectory.appending(path: "resolute-files-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(FileStore(folder: folder))
    }
}

extension FileStore {
    /// As a form brings it.
    func receive(_ bytes: [UInt8], name: String, field: String = "file") async throws -> ReceivedFile {
        let file = try begin()
        for start in stride(from: 0, to: bytes.count, by: 70_000) {
            try await write(Array(bytes[start..<min(start + 70_000, bytes.count)]), to: file)
        }
        return ReceivedFile(field: field, name: name, file: file, size: file.size, sha256: file.sha256())
    }
}

@Suite struct FileStoreTests {
    @Test func aFileIsKeptUnderItsHash() async throws {
        try await TestStore.with { store in
            let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
            let received = try await store.receive(bytes, name: "a.bin")
            #expect(received.size == bytes.count)
            #expect(received.sha256 == HexText.of(SHA256Text.digest(bytes)))
            #expect(!store.has(received.sha256))
            try await store.keep(received)
            let place = store.url(received.sha256)
            #expect(
                place.path.hasSuffix(
                    "/\(received.sha256.prefix(2))/\(received.sha256.dropFirst(2).prefix(2))/\(received.sha256)"))
            #expect(try Array(Data(contentsOf: place)) == bytes)
            #expect(try FileManager.default.contentsOfDirectory(atPath: store.incoming.path) == [])
            let mode = try FileManager.default.attributesOfItem(atPath: place.path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            received.discard()
            #expect(store.has(received.sha256))
        }
    }

    @Test func theSameBytesAreKeptOnce() async throws {
        try await TestStore.with { store in
            for _ in 0..<2 { try await store.keep(try await store.receive([1, 2, 3], name: "a")) }
            let files = try FileManager.default.subpathsOfDirectory(atPath: store.folder.path).filter { $0.count > 60 }
            #expect(files.count == 1)
        }
    }

    @Test func whatIsDiscardedLeavesNothing() async throws {
        try await TestStore.with { store in
            let received = try await store.receive([1], name: "a")
            received.discard()
            #expect(try FileManager.default.contentsOfDirectory(atPath: store.incoming.path) == [])
            await #expect(throws: StorageError.self) { try await store.keep(received) }
        }
    }

    @Test(arguments: [
        "", "..", "../../etc/passwd", "ABCD", String(repeating: "g", count: 64), String(repeating: "A", count: 64),
    ])
    func whatIsNoHashLeadsNowhere(_ text: String) {
        let store = FileStore(folder: URL(filePath: "/data/files", directoryHint: .isDirectory))
        #expect(store.url(text).path == "/data/files/none")
    }

    @Test func aFolderThatCannotBeMadeIsTold() async throws {
        let store = FileStore(folder: URL(filePath: "/proc/nowhere", directoryHint: .isDirectory))
        #expect(throws: StorageError.self) { try store.begin() }
    }
}
