import Storage

/// What is done for search without anybody asking.
enum SearchJobs {
    static func filling(_ services: Services) -> BackgroundJob {
        let filling = SearchFilling(database: services.database)
        return BackgroundJob("search-filling", every: .seconds(60)) {
            try await filling.isNeeded()
        } run: {
            try await filling.run()
            return "filled"
        }
    }

    static func tidying(_ services: Services) -> BackgroundJob {
        let tidying = SearchTidying(database: services.database)
        return BackgroundJob("search-tidying", every: .seconds(86_400)) {
            try await tidying.run()
            return "tidied"
        }
    }
}
