import Crypto
import Foundation
import Testing

@testable import App

@Suite struct AuditFilesTests {
    private func inFolder(_ body: (AuditFiles, URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "resolute-audit-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(AuditFiles(dataFolder: folder), folder)
    }

    @Test func theKeyIsMadeOnceAndIsForItsOwnerOnly() async throws {
        try await inFolder { files, folder in
            #expect(try files.existingKey() == nil)
            let keys = try await withThrowingTaskGroup(of: Data.self) { group in
                for _ in 0..<8 { group.addTask { try files.key().rawRepresentation } }
                return try await group.reduce(into: Set<Data>()) { $0.insert($1) }
            }
            #expect(keys.count == 1)
            let rights = try FileManager.default.attributesOfItem(atPath: files.keyFile.path)[.posixPermissions] as? Int
            #expect(rights == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["audit-key"])
        }
    }

    @Test func aDamagedKeyIsAnErrorThatNamesTheFile() async throws {
        try await inFolder { files, folder in
            _ = try files.key()
            try Data("short".utf8).write(to: files.keyFile)
            let error = #expect(throws: StartError.self) { try files.key() }
            #expect(error?.description.contains("audit-key") == true)
        }
    }

    @Test func aCheckpointComesBackAsItWasAndNeverReplacesAnotherOne() async throws {
        try await inFolder { files, _ in
            let key = try files.key()
            let origin = UID.new(at: Instant(milliseconds: 1))
            func make(_ seq: Int64, _ byte: UInt8) throws -> AuditCheckpoint {
                try AuditCheckpoint(
                    origin: origin, end: AuditChain.End(seq: seq, chain: Array(repeating: byte, count: 32)),
                    at: Instant(milliseconds: seq), key: key)
            }
            let (first, other, last) = (try make(9, 1), try make(9, 2), try make(10, 3))
            for checkpoint in [last, first, other, first] { try files.save(checkpoint) }
            let saved = try files.saved().map(\.checkpoint)
            #expect(saved == [first, other, last])
            #expect(saved.allSatisfy { $0.isSignatureValid })
            #expect(try files.newest() == last)
            #expect(try files.publicKey() == last.publicKey)
        }
    }

    @Test func hexadecimalGoesThereAndBack() {
        #expect(Hex.encode([0, 15, 255]) == "000fff")
        #expect(Hex.decode("000fff") == [0, 15, 255])
        for bad in ["0", "zz", "０１"] { #expect(Hex.decode(bad) == nil) }
    }
}
