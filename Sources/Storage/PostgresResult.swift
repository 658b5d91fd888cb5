import CLibPQ

/// An answer of the server, freed with its last owner. Used only on the thread of its connection.
final class PostgresResult {
    private let result: OpaquePointer

    /// Takes over the answer; throws what it says when it is a failure.
    init(_ result: OpaquePointer?, on connection: OpaquePointer?) throws {
        let status = PQresultStatus(result)
        let isGood =
            status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_COPY_IN
            || status == PGRES_EMPTY_QUERY
        guard let result, isGood else {
            defer { PQclear(result) }
            throw PostgresFailure(result, on: connection)
        }
        self.result = result
    }

    deinit { PQclear(result) }

    var count: Int32 { PQntuples(result) }

    /// `COMMIT`, `INSERT 0 3` …
    var command: String { PQcmdStatus(result).map { String(cString: $0) } ?? "" }

    /// How many rows a change touched; 0 for anything that is no change.
    var changes: Int {
        let isChange = ["INSERT", "UPDATE", "DELETE", "MERGE", "COPY"].contains { command.hasPrefix($0) }
        guard isChange, let text = PQcmdTuples(result) else { return 0 }
        return Int(String(cString: text)) ?? 0
    }

    /// Hands over row after row until `each` answers false; tells whether it wanted all.
    func rows(_ each: (Row) throws -> Bool) throws -> Bool {
        let columns = (0..<PQnfields(result)).map { ($0, PQftype(result, $0)) }
        for number in 0..<count {
            let values = try columns.map { column, type in try value(number, column, type) }
            guard try each(Row(values)) else { return false }
        }
        return true
    }

    private func value(_ row: Int32, _ column: Int32, _ type: Oid) throws(StorageError) -> SQLValue {
        guard PQgetisnull(result, row, column) == 0, let start = PQgetvalue(result, row, column) else { return .null }
        let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, row, column)))
        switch type {
        case PostgresType.int8, PostgresType.int4, PostgresType.int2, PostgresType.oid:
            guard let number = Int64(String(decoding: bytes, as: UTF8.self)) else { break }
            return .integer(number)
        case PostgresType.bool: return .integer(bytes.first == UInt8(ascii: "t") ? 1 : 0)
        case PostgresType.float8, PostgresType.float4:
            guard let number = Double(String(decoding: bytes, as: UTF8.self)) else { break }
            return .double(number)
        case PostgresType.bytea:
            guard let blob = [UInt8](hex: bytes) else { break }
            return .blob(blob)
        case _ where PostgresType.textual.contains(type): return .text(String(decoding: bytes, as: UTF8.self))
        case PostgresType.void: return .null
        case PostgresType.numeric:
            throw .decoding("column \(column) is NUMERIC, which SQLite does not have: write CAST(… AS BIGINT)")
        default: throw .decoding("column \(column) has a type (oid \(type)) that both engines do not share: CAST it")
        }
        throw .decoding("column \(column) cannot be read: \(String(decoding: bytes.prefix(40), as: UTF8.self))")
    }
}

/// The numbers by which PostgreSQL's protocol names its built-in types.
enum PostgresType {
    static let bool: Oid = 16, bytea: Oid = 17, int8: Oid = 20, int2: Oid = 21, int4: Oid = 23, oid: Oid = 26
    static let float4: Oid = 700, float8: Oid = 701, numeric: Oid = 1700, void: Oid = 2278
    /// char, name, text, json, unknown, character(n), varchar, jsonb
    static let textual: Set<Oid> = [18, 19, 25, 114, 705, 1042, 1043, 3802]
}

extension [UInt8] {
    /// The bytes behind `\x00ff`, PostgreSQL's text form of a blob; nil when it is anything else.
    init?(hex: UnsafeRawBufferPointer) {
        guard hex.count % 2 == 0, hex.starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "x")]) else { return nil }
        self = []
        reserveCapacity(hex.count / 2 - 1)
        var high: UInt8?
        for digit in hex.dropFirst(2) {
            guard let value = Character(UnicodeScalar(digit)).hexDigitValue else { return nil }
            if let first = high {
                append(first << 4 | UInt8(value))
                high = nil
            } else {
                high = UInt8(value)
            }
        }
    }
}
