import Storage

/// What is done for search without anybody asking.
enum SearchJobs {
    /// Once, after an upgrade from a version without search: from then on every change keeps its own entry.
    static func filling(_ services: Services) -> BackgroundJob {
        let database = services.database
        return BackgroundJob("search-filling", every: .seconds(3_600)) {
            try await database.read { tx in try SearchMap(tx: tx).isMissing() }
        } run: {
            try await database.writeAlone { tx in try SearchMap(tx: tx).rebuild() }
            return "filled"
        }
    }
}
