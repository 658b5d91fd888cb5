import Foundation

/// How many entries a zip file claims, read from its last bytes before anything else is.
///
/// A reader of zip files makes room for every entry that the directory announces; a file of 200 MB can announce millions.
enum ZipDirectory {
    /// An end record stands in the last 22 bytes and a comment of at most 65,535.
    static let tail = 22 + 65_535

    /// The largest number of entries that any end record in the file's last bytes announces; nil when there is none.
    ///
    /// All candidates count, since two readers may believe two different ones. `read` gives bytes of the file at an
    /// offset: where a 64-bit end record is announced, it is looked up.
    static func entries(tail: [UInt8], read: (_ offset: UInt64, _ count: Int) -> [UInt8]) -> UInt64? {
        var most: UInt64?
        for start in positions(of: [0x50, 0x4B, 0x05, 0x06], in: tail) where start + 22 <= tail.count {
            most = max(most ?? 0, number(tail, at: start + 10, bytes: 2))
        }
        for start in positions(of: [0x50, 0x4B, 0x06, 0x07], in: tail) where start + 20 <= tail.count {
            let record = read(number(tail, at: start + 8, bytes: 8), 56)
            guard record.count == 56, record.starts(with: [0x50, 0x4B, 0x06, 0x06]) else { continue }
            most = max(most ?? 0, number(record, at: 32, bytes: 8))
        }
        return most
    }

    private static func positions(of signature: [UInt8], in bytes: [UInt8]) -> [Int] {
        bytes.indices.filter { bytes[$0] == signature[0] && bytes[$0...].starts(with: signature) }
    }

    /// A whole number, least significant byte first.
    private static func number(_ bytes: [UInt8], at start: Int, bytes count: Int) -> UInt64 {
        bytes[start..<start + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
