public import Storage

/// Facts about this installation that never change: who it is among others.
public enum Installation {
    /// Gives the installation its name the first time.
    static func begin(_ database: Database, at now: Instant) async throws {
        let name = UID.new(at: now)
        try await database.write { tx in
            guard try tx.first("SELECT 1 FROM installation WHERE key = 'origin'") == nil else { return }
            try tx.run("INSERT INTO installation (key, value) VALUES ('origin', \(name))")
        }
    }

    /// What the `origin` columns carry, so that data of several installations can be joined later.
    public static func origin(_ tx: Transaction) throws -> UID {
        guard let row = try tx.first("SELECT value FROM installation WHERE key = 'origin'") else {
            throw StorageError.decoding("the installation has no origin")
        }
        return try row.uid(0)
    }
}
