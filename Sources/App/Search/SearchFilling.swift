import Storage

/// Fills what search looks in after an upgrade, from a version without search or with another one; from then on every
/// change keeps its own entry.
///
/// In portions, between which others write. The first records come last, for by them it is seen whether all is done:
/// what was ended in the middle begins anew.
struct SearchFilling {
    let database: Database
    /// So many records are the first ones.
    var first = 50
    /// So many are filled at a time.
    var portion = 1_000

    /// Some of the first records have no entry, whatever was changed since.
    func isNeeded() async throws -> Bool {
        try await database.read { tx in
            try SearchSource.all.contains { source in
                let keys = try source.keys(tx, 0, first)
                return try SearchMap(tx: tx).lacks(source.kind, keys)
            }
        }
    }

    func run() async throws {
        for source in SearchSource.all {
            var last = try await database.read { tx in try source.keys(tx, 0, first).last }
            while let above = last {
                try Task.checkCancellation()
                last = try await fill(source, above: above, portion)
            }
            try await fill(source, above: 0, first)
        }
        try await SearchTidying(database: database).run()
    }

    /// Returns the last key; nil when there are no more.
    @discardableResult
    private func fill(_ source: SearchSource, above: Int64, _ count: Int) async throws -> Int64? {
        try await database.write { tx in
            let keys = try source.keys(tx, above, count)
            try SearchMap(tx: tx).refresh(source.kind, keys)
            return keys.last
        }
    }
}
