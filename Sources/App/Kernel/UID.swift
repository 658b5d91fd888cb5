public import Storage

/// The name of a record in URLs, in the API and in files: a UUID of version 7 (RFC 9562 §5.7), lower case.
public struct UID: Sendable, Hashable, Comparable, SQLBindable, CustomStringConvertible {
    public let text: String

    /// Accepts only the canonical lower-case form, so that one record has one URL.
    public init?(parsing text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 36 else { return nil }
        for (index, byte) in bytes.enumerated() {
            let isHyphen = [8, 13, 18, 23].contains(index)
            guard isHyphen ? byte == UInt8(ascii: "-") : Self.hexDigits.contains(byte) else { return nil }
        }
        self.text = String(text)
    }

    private init(unchecked text: String) { self.text = text }

    /// A new one: 48 bits of time, 74 random bits.
    public static func new(at now: Instant) -> UID {
        var random = SystemRandomNumberGenerator()
        return new(at: now, using: &random)
    }

    static func new(at now: Instant, using random: inout some RandomNumberGenerator) -> UID {
        let time = UInt64(clamping: now.milliseconds) & 0xFFFF_FFFF_FFFF
        let high = time << 16 | 0x7000 | (random.next() & 0x0FFF)
        let low = 0x8000_0000_0000_0000 | (random.next() >> 2)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(36)
        for position in 0..<32 {
            if [8, 12, 16, 20].contains(position) { bytes.append(UInt8(ascii: "-")) }
            let word = position < 16 ? high : low
            let shift = UInt64(15 - position % 16) * 4
            bytes.append(hexDigits[Int((word >> shift) & 0xF)])
        }
        return UID(unchecked: String(decoding: bytes, as: UTF8.self))
    }

    private static let hexDigits = Array("0123456789abcdef".utf8)

    public var sqlValue: SQLValue { .text(text) }
    public var description: String { text }
    public static func < (left: UID, right: UID) -> Bool { left.text < right.text }
}

extension Row {
    public func uid(_ index: Int) throws(StorageError) -> UID {
        guard let uid = UID(parsing: try text(index)) else { throw .decoding("column \(index) is not a uid") }
        return uid
    }
}
