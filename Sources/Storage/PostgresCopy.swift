/// Rows in COPY's text format, in pieces of about 64 KiB.
struct PostgresCopy {
    private var rows: any IteratorProtocol<[SQLValue]>
    private let columns: Int
    private static let pieceSize = 65_536

    init(_ rows: any Sequence<[SQLValue]>, columns: Int) {
        self.rows = rows.makeIterator()
        self.columns = columns
    }

    /// The next piece, nil at the end. Throws when a row has another width or holds what cannot be stored.
    mutating func next() throws -> [UInt8]? {
        var piece: [UInt8] = []
        piece.reserveCapacity(Self.pieceSize + 4096)
        while piece.count < Self.pieceSize, let row = rows.next() {
            guard row.count == columns else {
                throw StorageError.other(code: "width", message: "a row of \(row.count) values for \(columns) columns")
            }
            for (index, value) in row.enumerated() {
                if index > 0 { piece.append(UInt8(ascii: "\t")) }
                try value.requirePortable()
                Self.append(value, to: &piece)
            }
            piece.append(UInt8(ascii: "\n"))
        }
        return piece.isEmpty ? nil : piece
    }

    private static func append(_ value: SQLValue, to piece: inout [UInt8]) {
        switch value {
        case .null: piece.append(contentsOf: "\\N".utf8)
        case .integer(let number): piece.append(contentsOf: String(number).utf8)
        case .double(let number): piece.append(contentsOf: String(number).utf8)
        case .text(let text): for byte in text.utf8 { append(escaped: byte, to: &piece) }
        case .blob(let bytes):
            piece.append(contentsOf: "\\\\x".utf8)
            for byte in bytes {
                piece.append(hexDigits[Int(byte >> 4)])
                piece.append(hexDigits[Int(byte & 15)])
            }
        }
    }

    private static let hexDigits = Array("0123456789abcdef".utf8)

    private static func append(escaped byte: UInt8, to piece: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\\"): piece.append(contentsOf: "\\\\".utf8)
        case UInt8(ascii: "\t"): piece.append(contentsOf: "\\t".utf8)
        case UInt8(ascii: "\n"): piece.append(contentsOf: "\\n".utf8)
        case UInt8(ascii: "\r"): piece.append(contentsOf: "\\r".utf8)
        default: piece.append(byte)
        }
    }
}
