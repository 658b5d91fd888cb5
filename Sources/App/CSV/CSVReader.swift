/// A strict streaming reader of CSV (RFC 4180) over bytes: hand it chunks of any size, it hands back rows.
///
/// The separator (comma, semicolon or tab) is taken from the header line; a BOM and all three line ends are accepted.
/// Everything else that is not as it should be is a problem with its line: the row is handed over as unsound. After a
/// problem that hides where the next row begins (a quote that never closes, a size cap) the reader is ``isBroken``.
public struct CSVReader: Sendable {
    /// Sizes in bytes.
    public struct Limits: Sendable {
        public var field = 64 * 1024
        public var row = 256 * 1024
        public var file = 64 * 1024 * 1024
        /// So many problems are kept.
        public var problems = ProblemList.usual
        public init() {}
    }

    public struct Row: Sendable, Equatable {
        /// The line on which it begins, counted from 1.
        public let line: Int
        public let cells: [String]
        /// False when a problem of this row has been reported.
        public let isSound: Bool
    }

    public enum Separator: UInt8, Sendable, CaseIterable {
        case comma = 0x2C
        case semicolon = 0x3B
        case tab = 0x09
    }

    public private(set) var separator: Separator?
    public private(set) var problems: ProblemList
    /// Nothing after the last problem could be read.
    public private(set) var isBroken = false

    private enum Place { case fieldStart, unquoted, quoted, afterQuote }

    private let limits: Limits
    /// Bytes of the header line, until its end is seen.
    private var head: [UInt8]? = []
    private var fed = 0
    private var names: [String] = []

    private var place = Place.fieldStart
    private var field: [UInt8] = []
    private var cells: [String] = []
    private var isSound = true
    private var rowBytes = 0
    private var rowLine = 1
    private var line = 1
    /// Characters before this one on its line.
    private var column = 0
    /// Bytes before this one in the file.
    private var offset = 0
    private var afterCR = false
    private var quoteLine = 0
    private var fieldOffset = 0
    private var wasQuoted = false

    public init(limits: Limits = Limits()) {
        self.limits = limits
        problems = ProblemList(cap: limits.problems)
    }

    /// Reads on. `take` gets each row as it ends; the first one is the header.
    public mutating func read(_ chunk: [UInt8], _ take: (Row) throws -> Void) rethrows {
        guard !isBroken else { return }
        fed += chunk.count
        guard fed <= limits.file else {
            return stop("csv.file_too_large", ["limit": .number(limits.file >> 20)], line: nil)
        }
        guard let waiting = head else { return try scan(chunk[...], take) }
        let bytes = waiting + chunk
        head = bytes
        if CSVReader.headerEnd(bytes) != nil || bytes.count > limits.row { try scanHead(take) }
    }

    /// Says that no more bytes come.
    public mutating func finish(_ take: (Row) throws -> Void) rethrows {
        guard !isBroken else { return }
        if head != nil { try scanHead(take) }
        guard !isBroken else { return }
        if place == .quoted { return stop("csv.unclosed_quote", line: quoteLine) }
        if place != .fieldStart || !cells.isEmpty { try endRow(take) }
        if names.isEmpty { stop("csv.empty", line: nil) }
    }

    private mutating func scanHead(_ take: (Row) throws -> Void) rethrows {
        var bytes = (head ?? [])[...]
        head = nil
        if CSVReader.looksLikeUTF16(bytes) { return stop("csv.utf16", line: 1) }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            bytes = bytes.dropFirst(3)
            offset = 3
        }
        separator = CSVReader.separator(of: bytes.prefix(CSVReader.headerEnd(Array(bytes)) ?? bytes.count))
        try scan(bytes, take)
    }

    private mutating func scan(_ bytes: ArraySlice<UInt8>, _ take: (Row) throws -> Void) rethrows {
        let separator = separator?.rawValue ?? Separator.comma.rawValue
        for byte in bytes {
            try step(byte, separator, take)
            if isBroken { return }
            offset += 1
        }
    }

    private mutating func step(_ byte: UInt8, _ separator: UInt8, _ take: (Row) throws -> Void) rethrows {
        let isLineEnd = byte == 0x0A || byte == 0x0D
        let isSecondHalf = byte == 0x0A && afterCR
        afterCR = byte == 0x0D
        if isSecondHalf, place != .quoted { return }
        if !isLineEnd, byte & 0xC0 != 0x80 { column += 1 }
        rowBytes += 1
        if rowBytes > limits.row { return stopAtSize("csv.row_too_long", limits.row) }
        if byte == 0 { complain("csv.nul", ["column": .number(column)]) }

        switch place {
        case .quoted:
            if byte == UInt8(ascii: "\"") { place = .afterQuote } else { append(byte) }
        case .afterQuote where byte == UInt8(ascii: "\""):
            append(byte)
            place = .quoted
        case _ where byte == separator: endField()
        case _ where isLineEnd: try endRow(take)
        case .fieldStart where byte == UInt8(ascii: "\""):
            (place, wasQuoted, quoteLine, fieldOffset) = (.quoted, true, line, offset + 1)
        case .fieldStart:
            (place, fieldOffset) = (.unquoted, offset)
            append(byte)
        case .unquoted:
            if byte == UInt8(ascii: "\"") { complain("csv.stray_quote", ["column": .number(column)]) }
            append(byte)
        case .afterQuote:
            complain("csv.text_after_quote", ["column": .number(column)])
            place = .unquoted
            append(byte)
        }
        if isLineEnd, !isSecondHalf { (line, column) = (line + 1, 0) }
        if cells.isEmpty, place == .fieldStart { rowLine = line }
    }

    private mutating func append(_ byte: UInt8) {
        field.append(byte)
        if field.count > limits.field { stopAtSize("csv.field_too_long", limits.field) }
    }

    private mutating func endField() {
        if let text = String(validating: field, as: UTF8.self) {
            cells.append(text)
        } else {
            complainOfEncoding()
            cells.append(String(decoding: field, as: UTF8.self))
        }
        field.removeAll(keepingCapacity: true)
        (place, wasQuoted) = (.fieldStart, false)
    }

    private mutating func endRow(_ take: (Row) throws -> Void) rethrows {
        let isBlank = place == .fieldStart && cells.isEmpty
        if !isBlank { endField() }
        let row = cells
        (cells, rowBytes, place) = ([], 0, .fieldStart)
        defer { isSound = true }
        guard !isBlank else { return }
        if names.isEmpty {
            names = row
        } else if row.count != names.count {
            complain("csv.ragged", ["expected": .number(names.count), "found": .number(row.count)], field: "")
        }
        try take(Row(line: rowLine, cells: row, isSound: isSound))
    }

    // MARK: Problems

    /// A problem of the row in hand, said of the column in which it stands.
    private mutating func complain(
        _ key: String, _ arguments: [String: Message.Argument], field: String? = nil
    ) {
        isSound = false
        let name = names.indices.contains(cells.count) ? names[cells.count] : ""
        problems.add(field ?? name, key, arguments, line: field == nil ? line : rowLine)
    }

    private mutating func complainOfEncoding() {
        let good = CSVReader.validPrefix(field)
        let quotes = wasQuoted ? field.prefix(good).count { $0 == UInt8(ascii: "\"") } : 0
        let bad = field.dropFirst(good)
        // A lone byte above ASCII: an old one-byte encoding such as Windows-1258.
        let isLone = bad.dropFirst().first.map { $0 < 0x80 } ?? true
        complain(
            isLone ? "csv.not_utf8_old" : "csv.not_utf8",
            ["offset": .number(fieldOffset + good + quotes), "byte": .text(String(bad.first ?? 0, radix: 16))])
    }

    private mutating func stop(_ key: String, _ arguments: [String: Message.Argument] = [:], line: Int?) {
        isBroken = true
        let name = names.indices.contains(cells.count) ? names[cells.count] : ""
        problems.add(name, key, arguments, line: line)
    }

    private mutating func stopAtSize(_ key: String, _ limit: Int) {
        guard !isBroken else { return }
        let key = place == .quoted ? key + "_in_quote" : key
        stop(key, ["limit": .number(limit >> 10)], line: place == .quoted ? quoteLine : rowLine)
    }

    // MARK: Looking ahead

    /// Where the header line ends, which is the first that is not blank; nil while it has not.
    private static func headerEnd(_ bytes: [UInt8]) -> Int? {
        var isQuoted = false
        var isBlank = true
        for (index, byte) in bytes.enumerated() {
            let isLineEnd = byte == 0x0A || byte == 0x0D
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if !isQuoted, !isBlank, isLineEnd { return index }
            if !isLineEnd { isBlank = false }
        }
        return nil
    }

    /// The separator that stands most often in the header line, outside quotes; a comma when there is none.
    private static func separator(of header: ArraySlice<UInt8>) -> Separator {
        var counts: [Separator: Int] = [:]
        var isQuoted = false
        for byte in header {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if !isQuoted, let separator = Separator(rawValue: byte) { counts[separator, default: 0] += 1 }
        }
        return Separator.allCases.reduce(.comma) { counts[$1, default: 0] > counts[$0, default: 0] ? $1 : $0 }
    }

    private static func looksLikeUTF16(_ bytes: ArraySlice<UInt8>) -> Bool {
        let start = Array(bytes.prefix(2))
        return start == [0xFF, 0xFE] || start == [0xFE, 0xFF]
            || start.count == 2 && start.count(where: { $0 == 0 }) == 1
    }

    /// How many bytes are valid UTF-8.
    private static func validPrefix(_ bytes: [UInt8]) -> Int {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var count = 0
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { count += UTF8.width(scalar) }
        return count
    }
}
