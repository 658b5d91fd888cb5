/// Where the database is and how patient we are with it. Every default is visible here.
public struct DatabaseOptions: Sendable {
    public enum Location: Sendable, Equatable {
        /// A file; its folder must exist.
        case sqlite(path: String)
        /// A libpq connection string or `postgres://` URL, several hosts allowed.
        case postgres(String)
    }

    public var location: Location
    /// Reading connections on SQLite, all connections on PostgreSQL.
    public var connections = 6
    /// A statement that runs longer is ended with ``StorageError/timeout``.
    public var statementTimeout: Duration = .seconds(30)
    /// How long to wait for somebody else's lock before ``StorageError/busy(_:)``.
    public var lockTimeout: Duration = .seconds(5)
    /// How long to wait for a free connection before ``StorageError/unavailable(_:)``.
    public var connectionTimeout: Duration = .seconds(5)
    /// Prepared statements kept per connection; the least recently used goes first.
    public var statementCache = 200
    /// How often a write is run again after a serialization failure.
    public var attempts = 5
    /// Pages of the embedded engine kept in memory, in KiB over all connections.
    public var cache = 65_536

    public init(_ location: Location) { self.location = location }

    /// For work over whole tables, at whose end nobody waits before a page.
    public var unhurried: DatabaseOptions {
        var options = self
        options.statementTimeout = .seconds(86_400)
        // A server may write for as long at a time.
        options.lockTimeout = .seconds(120)
        // One reads, one writes, and each has its share of the memory.
        options.connections = 1
        options.cache = 786_432
        return options
    }

    public var engine: Engine {
        switch location {
        case .sqlite: .sqlite
        case .postgres: .postgres
        }
    }
}
