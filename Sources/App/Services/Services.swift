import Foundation
public import Logging
public import Storage

/// The outside world as values, made once and handed to every feature.
public struct Services: Sendable {
    public let configuration: Configuration
    public let database: Database
    public let clock: WallClock
    public let catalogue: Catalogue
    public let assets: Assets
    public let guide: Guide
    public let passwords: PasswordHasher
    public let metrics: Metrics
    public let logger: Logger
    /// How many forms with files are being received.
    let uploads: Places
    /// The country as the first page draws it.
    let dots = CountryDots()

    public init(
        configuration: Configuration, database: Database, clock: WallClock, catalogue: Catalogue, assets: Assets,
        guide: Guide = Guide(), passwords: PasswordHasher, metrics: Metrics, logger: Logger
    ) {
        self.configuration = configuration
        self.database = database
        self.clock = clock
        self.catalogue = catalogue
        self.assets = assets
        self.guide = guide
        self.passwords = passwords
        self.metrics = metrics
        self.logger = logger
        uploads = Places(configuration.limits.uploads)
    }
}
