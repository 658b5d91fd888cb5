import Foundation
import GRDB

/// A consistent copy of a SQLite database, made while others read and write.
enum SQLiteBackup {
    /// Copies into a file beside `path`, checks it, makes it durable and only then gives it its name.
    static func write(_ pool: DatabasePool, to path: String) throws {
        let unfinished = path + ".unfinished"
        remove(unfinished)
        do {
            try copy(pool, to: unfinished)
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: unfinished))
            try file.synchronize()
            try file.close()
            guard rename(unfinished, path) == 0 else {
                throw StorageError.disk("\(path): \(String(cString: strerror(errno)))")
            }
        } catch {
            remove(unfinished)
            throw (error as? StorageError) ?? failure(error, path)
        }
    }

    private static func copy(_ pool: DatabasePool, to path: String) throws {
        let copy = try DatabaseQueue(path: path)
        try pool.backup(to: copy)
        let verdict = try copy.writeWithoutTransaction { db in
            // One file: what SQLite keeps beside a database in WAL mode would be lost in a copy.
            try db.execute(sql: "PRAGMA journal_mode = DELETE")
            return try String.fetchAll(db, sql: "PRAGMA integrity_check")
        }
        try copy.close()
        guard verdict == ["ok"] else {
            throw StorageError.other(code: "backup", message: verdict.prefix(5).joined(separator: "; "))
        }
    }

    private static func failure(_ error: any Error, _ path: String) -> StorageError {
        error is DatabaseError
            ? StorageError(opening: path, StorageError(grdb: error))
            : .disk("\(path): \(error.localizedDescription)")
    }

    private static func remove(_ path: String) {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            try? FileManager.default.removeItem(atPath: path + suffix)
        }
    }
}
