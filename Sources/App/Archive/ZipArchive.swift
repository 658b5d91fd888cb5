import CLibZip
import Foundation

/// A zip file that a stranger made, read through libzip under limits: nothing of it is ever written to disk.
///
/// Stays on the thread that opened it.
final class ZipArchive {
    /// What a DOCX or XLSX of an office never needs. Refused before a byte is expanded; what is expanded is counted
    /// again, since sizes in a directory may lie.
    struct Limits: Sendable {
        var entries = 4_000
        /// All entries together, expanded, in bytes.
        var expanded = 1 << 30
        /// Expanded to packed size, for entries above 1 MiB. Sheets of equal rows reach 100.
        var ratio = 400
    }

    enum Failure: Error, Equatable {
        /// Not a zip file, cut off, contradicting itself, or a checksum that differs.
        case damaged
        case encrypted
        /// Larger than the limits when expanded: a zip bomb.
        case tooLarge
        case tooManyEntries
        /// An archive inside the archive, by name.
        case nested(String)
    }

    struct Entry: Equatable {
        fileprivate let index: UInt64
        let name: String
        /// Expanded, as the directory says.
        let size: Int
    }

    let entries: [Entry]
    private let archive: OpaquePointer

    convenience init(file: URL, limits: Limits = Limits()) throws {
        try ZipArchive.checkDirectory(file, limits)
        var code: Int32 = 0
        guard let archive = zip_open(file.path, ZIP_RDONLY, &code) else { throw Failure.damaged }
        try self.init(archive, limits)
    }

    private init(_ archive: OpaquePointer, _ limits: Limits) throws {
        self.archive = archive
        do {
            entries = try ZipArchive.checked(archive, limits)
        } catch {
            // The deinitializer does not run for what was never made whole.
            zip_discard(archive)
            throw error
        }
    }

    deinit { zip_discard(archive) }

    func entry(_ name: String) -> Entry? { entries.first { $0.name == name } }

    /// The whole of a small entry; nil when there is none of this name.
    func bytes(_ name: String, limit: Int = 16 << 20) throws -> [UInt8]? {
        guard let entry = entry(name) else { return nil }
        let reading = try ZipReading(self, entry, limit: limit)
        var all: [UInt8] = []
        while true {
            let piece = try reading.next(64 * 1024)
            if piece.isEmpty { return all }
            all += piece
        }
    }

    fileprivate func open(_ entry: Entry) throws -> OpaquePointer {
        guard let file = zip_fopen_index(archive, entry.index, 0) else { throw Failure.damaged }
        return file
    }

    private static func checkDirectory(_ file: URL, _ limits: Limits) throws {
        guard let handle = try? FileHandle(forReadingFrom: file), let end = try? handle.seekToEnd() else {
            throw Failure.damaged
        }
        defer { try? handle.close() }
        func read(_ offset: UInt64, _ count: Int) -> [UInt8] {
            guard offset < end, (try? handle.seek(toOffset: offset)) != nil else { return [] }
            return (try? handle.read(upToCount: count)).map { Array($0) } ?? []
        }
        let tail = read(end - min(end, UInt64(ZipDirectory.tail)), ZipDirectory.tail)
        guard let count = ZipDirectory.entries(tail: tail, read: read) else { throw Failure.damaged }
        if count > limits.entries { throw Failure.tooManyEntries }
    }

    private static func checked(_ archive: OpaquePointer, _ limits: Limits) throws -> [Entry] {
        let count = zip_get_num_entries(archive, 0)
        if count > limits.entries { throw Failure.tooManyEntries }
        var entries: [Entry] = []
        var names: Set<String> = []
        var total = 0
        for index in 0..<UInt64(max(0, count)) {
            let entry = try entry(archive, index, limits)
            total = total.addingReportingOverflow(entry.size).partialValue
            guard total >= 0, total <= limits.expanded else { throw Failure.tooLarge }
            // Of two entries of one name, one reader takes the first and another the last.
            guard names.insert(entry.name).inserted else { throw Failure.damaged }
            entries.append(entry)
        }
        return entries
    }

    private static func entry(_ archive: OpaquePointer, _ index: UInt64, _ limits: Limits) throws -> Entry {
        var facts = zip_stat_t()
        guard zip_stat_index(archive, index, 0, &facts) == 0, let name = facts.name.map({ String(cString: $0) }) else {
            throw Failure.damaged
        }
        guard facts.encryption_method == 0 else { throw Failure.encrypted }
        guard facts.size <= UInt64(limits.expanded) else { throw Failure.tooLarge }
        let isLarge = facts.size > 1 << 20
        if isLarge, facts.size / max(1, facts.comp_size) > UInt64(limits.ratio) { throw Failure.tooLarge }
        if isArchive(name) { throw Failure.nested(name) }
        return Entry(index: index, name: name, size: Int(facts.size))
    }

    /// A document or a sheet may lie inside another, where office programs put what is embedded; it is never opened.
    private static func isArchive(_ name: String) -> Bool {
        let lower = name.lowercased()
        let endings = [".zip", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".jar", ".war", ".zst"]
        return endings.contains { lower.hasSuffix($0) }
    }
}

/// One entry on its way out of the archive, piece by piece.
final class ZipReading {
    private let file: OpaquePointer
    /// Held, since the entry is read through it.
    private let archive: ZipArchive
    private var left: Int

    /// Throws ``ZipArchive/Failure/tooLarge`` when the entry says that it is larger than `limit` bytes.
    init(_ archive: ZipArchive, _ entry: ZipArchive.Entry, limit: Int) throws {
        guard entry.size <= limit else { throw ZipArchive.Failure.tooLarge }
        self.archive = archive
        file = try archive.open(entry)
        left = entry.size
    }

    deinit { zip_fclose(file) }

    /// At most `count` bytes; none at the end. More than the directory announced is not handed over.
    func next(_ count: Int) throws -> [UInt8] {
        var failure: (any Error)?
        let piece = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            do { filled = try read(into: buffer) } catch { failure = error }
        }
        if let failure { throw failure }
        return piece
    }

    func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws -> Int {
        let got = zip_fread(file, buffer.baseAddress, UInt64(buffer.count))
        guard got >= 0 else { throw ZipArchive.Failure.damaged }
        left -= Int(got)
        guard left >= 0 else { throw ZipArchive.Failure.tooLarge }
        return Int(got)
    }
}
