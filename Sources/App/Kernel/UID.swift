public import Storage

/// The name of a record in URLs, in the API and in files: a UUID of version 7 (RFC 9562 §5.7), lower case.
public struct UID: Sendable, Hashable, Comparable, SQLBindable, CustomStringConvertible {
    public let text: String

    /// Accepts only the canonical lower-case form, so that one record has one URL.
    public init?(parsing text: some StringProtocol) {
        let text = String(text)
        let isCanonical = text.utf8.withContiguousStorageIfAvailable(Self.isCanonical) ?? Self.isCanonical(text)
        guard isCanonical else { return nil }
        self.text = text
    }

    private init(unchecked text: String) { self.text = text }

    /// Every record that is read passes here, so that it walks the bytes where they lie.
    private static func isCanonical(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count == 36 else { return false }
        var index = 0
        while index < 36 {
            let byte = bytes[index]
            let isHyphenPlace = index == 8 || index == 13 || index == 18 || index == 23
            let isDigit = (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66)
            guard isHyphenPlace ? byte == 0x2D : isDigit else { return false }
            index += 1
        }
        return true
    }

    private static func isCanonical(_ text: String) -> Bool {
        Array(text.utf8).withUnsafeBufferPointer(isCanonical)
    }

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
