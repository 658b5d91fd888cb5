/// One result row, read by position. A wrong type or a NULL where none is expected is an error value,
/// never a trap: a figure that does not fit must not end everybody's work.
public struct Row: Sendable, Equatable {
    public let values: [SQLValue]

    public init(_ values: [SQLValue]) { self.values = values }

    public func value(_ index: Int) throws(StorageError) -> SQLValue {
        guard values.indices.contains(index) else {
            throw StorageError.decoding("column \(index) of a row of \(values.count)")
        }
        return values[index]
    }

    public func isNull(_ index: Int) throws(StorageError) -> Bool { try value(index) == .null }

    public func int64(_ index: Int) throws(StorageError) -> Int64 {
        guard case .integer(let number) = try value(index) else { throw mismatch(index, "an integer") }
        return number
    }

    public func int(_ index: Int) throws(StorageError) -> Int {
        guard let number = Int(exactly: try int64(index)) else { throw mismatch(index, "an Int") }
        return number
    }

    public func bool(_ index: Int) throws(StorageError) -> Bool { try int64(index) == 1 }

    public func text(_ index: Int) throws(StorageError) -> String {
        guard case .text(let text) = try value(index) else { throw mismatch(index, "text") }
        return text
    }

    public func blob(_ index: Int) throws(StorageError) -> [UInt8] {
        guard case .blob(let bytes) = try value(index) else { throw mismatch(index, "a blob") }
        return bytes
    }

    /// A floating-point column; an engine may hand a whole number over as an integer.
    public func double(_ index: Int) throws(StorageError) -> Double {
        switch try value(index) {
        case .double(let number): return number
        case .integer(let number): return Double(number)
        default: throw mismatch(index, "a double")
        }
    }

    public func optionalInt64(_ index: Int) throws(StorageError) -> Int64? {
        try isNull(index) ? nil : try int64(index)
    }

    public func optionalInt(_ index: Int) throws(StorageError) -> Int? { try isNull(index) ? nil : try int(index) }

    public func optionalText(_ index: Int) throws(StorageError) -> String? {
        try isNull(index) ? nil : try text(index)
    }

    public func optionalBlob(_ index: Int) throws(StorageError) -> [UInt8]? {
        try isNull(index) ? nil : try blob(index)
    }

    public func optionalDouble(_ index: Int) throws(StorageError) -> Double? {
        try isNull(index) ? nil : try double(index)
    }

    private func mismatch(_ index: Int, _ wanted: String) -> StorageError {
        .decoding("column \(index) is not \(wanted)")
    }
}
