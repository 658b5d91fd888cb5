import Foundation

@testable import App

/// Writes zip files for tests, good ones and such as nobody should send.
struct TestZip {
    struct Entry {
        var name: String
        var content: [UInt8]
        /// What the directory says; the true size unless a test lies.
        var size: Int?
        var isEncrypted = false
    }

    var entries: [Entry] = []
    /// What the end record says; the true number unless a test lies.
    var count: Int?

    init(_ files: KeyValuePairs<String, String> = [:]) {
        entries = files.map { Entry(name: $0.key, content: Array($0.value.utf8)) }
    }

    mutating func add(_ name: String, _ content: [UInt8], size: Int? = nil, isEncrypted: Bool = false) {
        entries.append(Entry(name: name, content: content, size: size, isEncrypted: isEncrypted))
    }

    var bytes: [UInt8] {
        var body: [UInt8] = [], directory: [UInt8] = []
        for entry in entries {
            let offset = body.count
            let (packed, crc) = TestZip.deflated(entry.content)
            let common =
                TestZip.number(20, 2) + TestZip.number(entry.isEncrypted ? 1 : 0, 2) + TestZip.number(8, 2)
                + TestZip.number(0, 4) + crc + TestZip.number(packed.count, 4)
                + TestZip.number(entry.size ?? entry.content.count, 4) + TestZip.number(entry.name.utf8.count, 2)
                + TestZip.number(0, 2)
            body += [0x50, 0x4B, 3, 4] + common + Array(entry.name.utf8) + packed
            directory +=
                [0x50, 0x4B, 1, 2] + TestZip.number(20, 2) + common + TestZip.number(0, 10)
                + TestZip.number(offset, 4) + Array(entry.name.utf8)
        }
        let number = TestZip.number(count ?? entries.count, 2)
        let end = [0x50, 0x4B, 5, 6] + TestZip.number(0, 4) + number + number
        return body + directory + end + TestZip.number(directory.count, 4) + TestZip.number(body.count, 4)
            + TestZip.number(0, 2)
    }

    /// Lends the file.
    func with<T>(_ body: (URL) throws -> T) throws -> T { try TestFile.with(bytes, body) }

    private static func number(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 < 8 ? value >> ($0 * 8) : 0) }
    }

    /// The deflated bytes and their checksum, taken out of a gzip file: a head of ten bytes, an empty name.
    private static func deflated(_ content: [UInt8]) -> ([UInt8], crc: [UInt8]) {
        let gzip = Compression.gzip(content, level: 9, padding: 0) ?? []
        return (Array(gzip.dropFirst(11).dropLast(8)), Array(gzip.suffix(8).prefix(4)))
    }
}

/// A file for one test.
enum TestFile {
    static func with<T>(_ bytes: [UInt8], _ body: (URL) throws -> T) throws -> T {
        let file = FileManager.default.temporaryDirectory.appending(path: "resolute-test-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(bytes).write(to: file)
        return try body(file)
    }
}
