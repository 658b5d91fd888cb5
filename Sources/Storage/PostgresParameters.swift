import CLibPQ

/// Values in the form in which libpq sends them: text, or bytes for a blob.
///
/// Whole numbers say that they are BIGINT, since in `$1 + 1` the server would otherwise take 32 bits for enough.
/// Everything else takes the type of its place; so a fraction for a whole column is refused and not rounded.
struct PostgresParameters {
    let types: [Oid]
    private var bytes: [UInt8] = []
    private var starts: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    init(_ values: [SQLValue]) throws(StorageError) {
        types = values.map(Self.type)
        for value in values {
            try value.requirePortable()
            append(value)
        }
    }

    private static func type(_ value: SQLValue) -> Oid {
        switch value {
        case .integer: PostgresType.int8
        case .blob: PostgresType.bytea
        case .null, .double, .text: 0
        }
    }

    private mutating func append(_ value: SQLValue) {
        let start = bytes.count
        switch value {
        case .null: break
        case .integer(let number): bytes.append(contentsOf: String(number).utf8)
        case .double(let number): bytes.append(contentsOf: String(number).utf8)
        case .text(let text): bytes.append(contentsOf: text.utf8)
        case .blob(let blob): bytes.append(contentsOf: blob)
        }
        let isBlob = if case .blob = value { true } else { false }
        starts.append(value == .null ? nil : start)
        lengths.append(Int32(clamping: bytes.count - start))
        formats.append(isBlob ? 1 : 0)
        bytes.append(0)  // ends a text; also gives an empty blob an address that is not NULL
    }

    /// Lends the four arrays of libpq: how many, where, how long, in which format.
    func lend<T>(
        _ use: (Int32, [UnsafePointer<CChar>?], [Int32], [Int32]) throws -> T
    ) rethrows -> T {
        try bytes.withUnsafeBytes { buffer in
            let base = buffer.bindMemory(to: CChar.self).baseAddress
            let pointers = starts.map { start in start.flatMap { base?.advanced(by: $0) } }
            return try use(Int32(clamping: starts.count), pointers, lengths, formats)
        }
    }
}
