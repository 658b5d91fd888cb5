/// What is done for files without anybody asking.
enum AttachmentJobs {
    /// Reads the text of what was attached; a look at an index that is nearly always empty.
    static func reading(_ services: Services) -> BackgroundJob {
        let reading = TextReading(database: services.database, files: services.files)
        return BackgroundJob("attachment-text", every: .seconds(1), isNeeded: { try await reading.isNeeded() }) {
            "read \(try await reading.run())"
        }
    }

    /// Once a day: bytes that nobody refers to.
    static func sweeping(_ services: Services) -> BackgroundJob {
        BackgroundJob("file-sweeping", every: .seconds(86_400)) {
            let now = services.clock.now()
            return try await FileSweep(store: services.files, database: services.database, now: now).run()
        }
    }
}
