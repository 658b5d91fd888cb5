public import Crypto
public import Foundation
import Storage

/// The files of the audit in the data folder: the signing key and the checkpoints.
public struct AuditFiles: Sendable {
    private let folder: URL

    public init(dataFolder: URL) { folder = dataFolder }

    public var keyFile: URL { folder.appending(path: "audit-key") }
    public var checkpoints: URL { folder.appending(path: "checkpoints") }

    /// The installation's signing key, made the first time: 32 bytes, readable by the owner only.
    ///
    /// The file is created only if none is there, so that two processes that start at once agree on one key.
    public func key() throws -> Curve25519.Signing.PrivateKey {
        if let key = try existingKey() { return key }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let new = Curve25519.Signing.PrivateKey()
        let draft = folder.appending(path: "audit-key.\(UUID().uuidString)")
        let options: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
        guard
            FileManager.default.createFile(
                atPath: draft.path, contents: new.rawRepresentation, attributes: options)
        else { throw StartError("\(keyFile.path) cannot be written: check the rights of the data folder.") }
        defer { try? FileManager.default.removeItem(at: draft) }
        // A hard link is made whole or not at all, and fails when the name is taken.
        try? FileManager.default.linkItem(at: draft, to: keyFile)
        guard let key = try existingKey() else {
            throw StartError("\(keyFile.path) cannot be written: check the rights of the data folder.")
        }
        return key
    }

    /// Nil when there is none yet.
    public func existingKey() throws -> Curve25519.Signing.PrivateKey? {
        guard FileManager.default.fileExists(atPath: keyFile.path) else { return nil }
        guard let bytes = try? Data(contentsOf: keyFile),
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
        else { throw StartError("\(keyFile.path) is not a readable Ed25519 key: restore it from a backup.") }
        return key
    }

    /// In hexadecimal, as checkpoints carry it; nil when there is no key yet.
    public func publicKey() throws -> String? {
        try existingKey().map { Hex.encode(Array($0.publicKey.rawRepresentation)) }
    }

    /// Keeps a checkpoint under a name that sorts by sequence and never takes the place of another one: of two that
    /// disagree, both must stay to be seen. Whole or not at all.
    @discardableResult public func save(_ checkpoint: AuditCheckpoint) throws -> URL {
        try FileManager.default.createDirectory(at: checkpoints, withIntermediateDirectories: true)
        let number = String(checkpoint.seq)
        let padded = String(repeating: "0", count: max(0, 12 - number.count)) + number
        let file = checkpoints.appending(path: "checkpoint-\(padded)-\(checkpoint.chain.prefix(8)).json")
        guard !FileManager.default.fileExists(atPath: file.path) else { return file }
        try checkpoint.json().write(to: file, options: .atomic)
        return file
    }

    /// Every checkpoint kept here, oldest first. One that cannot be read is an error that names it.
    public func saved() throws -> [(file: URL, checkpoint: AuditCheckpoint)] {
        guard FileManager.default.fileExists(atPath: checkpoints.path) else { return [] }
        return try FileManager.default.contentsOfDirectory(at: checkpoints, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
            .map { ($0, try AuditFiles.read($0)) }
    }

    /// The one with the highest seal.
    public func newest() throws -> AuditCheckpoint? {
        guard FileManager.default.fileExists(atPath: checkpoints.path) else { return nil }
        let names = try FileManager.default.contentsOfDirectory(atPath: checkpoints.path)
        guard let last = names.filter({ $0.hasSuffix(".json") }).max() else { return nil }
        return try AuditFiles.read(checkpoints.appending(path: last))
    }

    /// A checkpoint from wherever it is kept.
    public static func read(_ file: URL) throws(StartError) -> AuditCheckpoint {
        guard let data = try? Data(contentsOf: file) else { throw StartError("\(file.path) cannot be read.") }
        guard let checkpoint = try? AuditCheckpoint(json: data) else {
            throw StartError("\(file.path) is not a checkpoint of the audit chain.")
        }
        return checkpoint
    }
}

extension AuditCheckpoint {
    /// Seals nothing: signs where the chain ends now.
    public static func take(_ services: Services) async throws -> AuditCheckpoint {
        let key = try AuditFiles(dataFolder: services.configuration.dataFolder).key()
        let (origin, end) = try await services.database.read { tx in
            (try AuditChain(tx: tx).origin(), try AuditChain(tx: tx).end())
        }
        return try AuditCheckpoint(origin: origin, end: end, at: services.clock.now(), key: key)
    }
}
