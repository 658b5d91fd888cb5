import Crypto
import Foundation
import Storage

/// What a backup holds, written into it and checked before anything of it is used.
public struct BackupManifest: Codable, Sendable, Equatable {
    public var format = 1
    /// `sqlite` or `postgres`: a backup is restored into the engine it comes from.
    public let engine: String
    public let madeAt: String
    /// Steps of the schema that had run.
    public let migrations: [String]
    /// Rows per table, counted in the copy.
    public let rows: [String: Int]
    public var files: [File]

    public struct File: Codable, Sendable, Equatable {
        /// Inside the archive.
        public let path: String
        public let bytes: Int
        public let sha256: String
    }

    static let name = "manifest.json"

    /// The file of the database inside the archive.
    static func databaseName(_ engine: Engine) -> String { engine == .sqlite ? "database.sqlite" : "database.dump" }

    /// Lists and hashes every file under `folder`.
    static func files(in folder: URL) throws -> [File] {
        try paths(in: folder).map { path in
            let (bytes, sha256) = try digest(folder.appending(path: path))
            return File(path: path, bytes: bytes, sha256: sha256)
        }
    }

    /// Regular files under `folder`, relative to it, sorted.
    static func paths(in folder: URL) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { path in
            let kind = try FileManager.default.attributesOfItem(atPath: folder.appending(path: path).path)[.type]
            return kind as? FileAttributeType == .typeRegular
        }.sorted()
    }

    /// Size and SHA-256, read in pieces.
    static func digest(_ file: URL) throws -> (bytes: Int, sha256: String) {
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        var hash = SHA256()
        var bytes = 0
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
            hash.update(data: piece)
            bytes += piece.count
        }
        return (bytes, HexText.of(hash.finalize()))
    }

    func write(to folder: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(self).write(to: folder.appending(path: BackupManifest.name))
    }

    /// Reads the manifest of an unpacked archive and holds every file against it.
    static func checked(in folder: URL) throws -> BackupManifest {
        guard let data = try? Data(contentsOf: folder.appending(path: name)),
            let manifest = try? JSONDecoder().decode(BackupManifest.self, from: data)
        else { throw BackupError("This is not a backup of Resolute: it holds no readable manifest.json.") }
        guard manifest.format == 1 else {
            throw BackupError("This backup has format \(manifest.format); this program reads format 1.")
        }
        let found = try files(in: folder).filter { $0.path != name }
        for file in manifest.files where !found.contains(file) {
            let here = found.contains { $0.path == file.path }
            throw BackupError("\(file.path) in the backup is \(here ? "damaged: its hash differs" : "missing").")
        }
        if let extra = found.first(where: { !manifest.files.contains($0) }) {
            throw BackupError("\(extra.path) is in the backup but not in its manifest.")
        }
        return manifest
    }
}
