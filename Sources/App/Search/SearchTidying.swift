import Storage

/// Brings together the lists of words that changes have scattered over the index of SQLite: a search goes through each of
/// its pieces. PostgreSQL's index keeps itself.
struct SearchTidying {
    let database: Database
    /// So many pages of the index are written at a time; others write in between.
    var pages = 1_000

    func run() async throws {
        guard database.engine == .sqlite else { return }
        // The first step takes all pieces together, further ones go on with it (FTS5, "the merge command").
        var wanted = -pages
        while try await step(wanted) {
            try Task.checkCancellation()
            wanted = pages
        }
    }

    /// False when there was nothing to do, which takes one change.
    private func step(_ wanted: Int) async throws -> Bool {
        try await database.write { tx in
            let changes: SQL = "SELECT total_changes()"
            let before = try tx.first(changes)?.int(0) ?? 0
            try tx.run("INSERT INTO search_words (search_words, rank) VALUES ('merge', \(wanted))")
            return try tx.first(changes)?.int(0) ?? 0 > before + 1
        }
    }
}
