public import Storage

/// A local key: joins use it, and it never leaves the database.
public struct ID<Of>: Sendable, Hashable, SQLBindable {
    public let value: Int64
    public init(_ value: Int64) { self.value = value }
    public var sqlValue: SQLValue { .integer(value) }
}

extension Row {
    /// A NOT NULL key column.
    public func id<Of>(_ index: Int, of: Of.Type = Of.self) throws(StorageError) -> ID<Of> { ID(try int64(index)) }
    public func optionalID<Of>(_ index: Int, of: Of.Type = Of.self) throws(StorageError) -> ID<Of>? {
        try optionalInt64(index).map { ID($0) }
    }
}
