import Foundation
import Storage

/// Clears away bytes that nobody refers to: uploads that broke off, files that were kept for an act that then failed,
/// files whose last row was deleted. Everything stays for a day first.
struct FileSweep: Sendable {
    let store: FileStore
    let database: Database
    let now: Instant

    static let patience: Duration = .seconds(86_400)

    /// Returns in words how much went.
    func run() async throws -> String {
        let (broken, prefixes, day) = try await FileStore.run { () -> (Int, [String], Date) in
            let day = Date(timeIntervalSince1970: try fileTime() - Double(FileSweep.patience.components.seconds))
            return (try sweepIncoming(before: day), try self.prefixes(), day)
        }
        var orphans = 0
        for prefix in prefixes { orphans += try await sweep(prefix, before: day) }
        let released = now.adding(.zero - FileSweep.patience)
        try await database.write { tx in _ = try tx.run("DELETE FROM file_release WHERE at < \(released)") }
        return "incoming \(broken), files \(orphans)"
    }

    /// The folder's own clock, which may be another machine's: that of a file made just now.
    private func fileTime() throws -> Double {
        let probe = try store.begin()
        defer { probe.discard() }
        return FileSweep.changed(probe.url)?.timeIntervalSince1970 ?? 0
    }

    private func sweepIncoming(before day: Date) throws -> Int {
        var count = 0
        for name in try FileManager.default.contentsOfDirectory(atPath: store.incoming.path) {
            let file = store.incoming.appending(path: name)
            guard let changed = FileSweep.changed(file), changed < day else { continue }
            unlink(file.path)
            count += 1
        }
        return count
    }

    /// The folders `00` to `ff` that are there.
    private func prefixes() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: store.folder.path).filter { $0.utf8.count == 2 }.sorted()
    }

    private func sweep(_ prefix: String, before day: Date) async throws -> Int {
        let old = try await FileStore.run { try self.old(prefix, before: day) }
        guard !old.isEmpty else { return 0 }
        let released = now.adding(.zero - FileSweep.patience)
        let needed = try await database.read { tx in
            try FileUse(tx: tx).needed(prefix: prefix, releasedBefore: released)
        }
        return try await FileStore.run {
            try old.filter { !needed.contains($0) }.count { try remove($0, before: day) }
        }
    }

    /// Kept a day ago or earlier.
    private func old(_ prefix: String, before day: Date) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: store.folder.appending(path: prefix).path)
            .compactMap { path in path.split(separator: "/").last.map(String.init) }
            .filter { name in HexText.isSHA256(name) && FileSweep.changed(store.url(name)).map { $0 < day } == true }
    }

    /// Aside first, then looked at once more: the same bytes may have been kept again this very moment.
    private func remove(_ sha256: String, before day: Date) throws -> Bool {
        let file = store.url(sha256), aside = store.incoming.appending(path: "swept-\(sha256)")
        guard rename(file.path, aside.path) == 0 else { return false }
        if let changed = FileSweep.changed(aside), changed >= day {
            // Not over a newer one, which says the same.
            if link(aside.path, file.path) != 0, errno != EEXIST { throw IncomingFile.failure(file) }
            unlink(aside.path)
            return false
        }
        unlink(aside.path)
        return true
    }

    /// Nil when it has gone.
    private static func changed(_ file: URL) -> Date? {
        try? FileManager.default.attributesOfItem(atPath: file.path)[.modificationDate] as? Date
    }
}

/// Which bytes of the file store are referred to.
struct FileUse {
    let tx: Transaction

    /// The hashes with this beginning that have a row, or lost it only a moment ago.
    func needed(prefix: String, releasedBefore moment: Instant) throws -> Set<String> {
        // `g` comes after every hexadecimal digit.
        let end = prefix + "g"
        let held = try tx.all("SELECT DISTINCT sha256 FROM attachment WHERE sha256 >= \(prefix) AND sha256 < \(end)")
        let released = try tx.all(
            "SELECT sha256 FROM file_release WHERE sha256 >= \(prefix) AND sha256 < \(end) AND at >= \(moment)")
        return Set(try (held + released).map { try $0.text(0) })
    }

    /// Hands over each hash with its size.
    func each(_ body: (_ sha256: String, _ size: Int) throws -> Void) throws {
        try tx.each("SELECT DISTINCT sha256, size FROM attachment ORDER BY sha256") { row in
            try body(try row.text(0), try row.int(1))
            return true
        }
    }
}
