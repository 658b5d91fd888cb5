import Foundation

/// What a file is, by its content; its name is never believed.
enum FileInspection {
    enum Found: Equatable {
        case kind(FileKind)
        /// Plain text in UTF-8: `.txt` or `.csv`, as its name says.
        case text
        /// Something that is not taken; the end of the message key `attachment.found.*`.
        case other(String)
    }

    /// Reads the beginning, and where that leaves a doubt the whole. Throws what the system says.
    static func found(_ file: URL) throws -> Found {
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        let head = Array(try handle.read(upToCount: 4_096) ?? Data())
        if let known = signature(head) { return known == .kind(.docx) ? try office(file) : known }
        return try text(handle, head)
    }

    /// The kinds that the first bytes tell. Every zip file is called a DOCX until it has been opened.
    private static func signature(_ head: [UInt8]) -> Found? {
        func begins(_ text: String) -> Bool { head.starts(with: Array(text.utf8)) }
        if begins("%PDF-") { return .kind(.pdf) }
        if head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .kind(.png) }
        if head.starts(with: [0xFF, 0xD8, 0xFF]) { return .kind(.jpeg) }
        if begins("RIFF"), head.dropFirst(8).starts(with: Array("WEBP".utf8)) { return .kind(.webp) }
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return .kind(.docx) }
        if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return .other("old-office") }
        if begins("MZ") || begins("\u{7F}ELF") || begins("#!") { return .other("program") }
        if begins("GIF8") { return .other("gif") }
        if begins("{\\rtf") { return .other("rtf") }
        if isHEIC(head) { return .other("heic") }
        let isPacked = head.starts(with: [0x1F, 0x8B]) || head.starts(with: [0x37, 0x7A, 0xBC, 0xAF])
        if isPacked || ["PK\u{05}\u{06}", "Rar!", "BZh"].contains(where: begins) { return .other("archive") }
        return nil
    }

    /// The picture of a phone: a box `ftyp`, in which the first brand says what it is.
    private static func isHEIC(_ head: [UInt8]) -> Bool {
        ["heic", "heix", "mif1", "msf1"].contains { head.dropFirst(4).starts(with: Array("ftyp\($0)".utf8)) }
    }

    /// A zip file: opened under limits, and a document or a workbook only when it holds what one holds.
    private static func office(_ file: URL) throws -> Found {
        do {
            let archive = try ZipArchive(file: file)
            let hasMacros = archive.entries.contains { $0.name.lowercased().hasSuffix("vbaproject.bin") }
            if hasMacros { return .other("macros") }
            guard archive.entry("[Content_Types].xml") != nil else { return .other("archive") }
            if archive.entry("word/document.xml") != nil { return .kind(.docx) }
            if archive.entry("xl/workbook.xml") != nil { return .kind(.xlsx) }
            return .other("archive")
        } catch let failure as ZipArchive.Failure {
            switch failure {
            case .damaged: return .other("damaged-archive")
            case .encrypted: return .other("locked-archive")
            case .tooLarge, .tooManyEntries: return .other("bomb")
            case .nested: return .other("archive-in-archive")
            }
        }
    }

    private static func text(_ handle: FileHandle, _ head: [UInt8]) throws -> Found {
        if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) { return .other("utf-16") }
        let start = String(decoding: head.prefix(512), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            .trimmingPrefix("\u{FEFF}").lowercased()
        if ["<!doctype", "<html", "<svg", "<?xml", "<script"].contains(where: start.hasPrefix) {
            return .other("markup")
        }
        var check = TextCheck()
        var piece = head
        while !piece.isEmpty {
            guard check.read(piece) else { return .other("unknown") }
            piece = Array(try handle.read(upToCount: 64 * 1024) ?? Data())
        }
        return check.isWhole ? .text : .other("unknown")
    }
}

/// Bytes that are UTF-8 text, however they are cut: no control characters but tabs, line ends and page ends.
struct TextCheck {
    private var rest: [UInt8] = []

    /// Nothing is left of a character that was begun.
    var isWhole: Bool { rest.isEmpty }

    /// False when it is no text.
    mutating func read(_ piece: [UInt8]) -> Bool {
        let bytes = rest + piece
        if bytes.contains(where: { $0 < 32 && ![9, 10, 12, 13].contains($0) || $0 == 127 }) { return false }
        let begun = TextCheck.begun(bytes)
        rest = Array(bytes.suffix(begun))
        return String(validating: bytes.dropLast(begun), as: UTF8.self) != nil
    }

    /// How many of the last bytes begin a character whose end is still to come.
    private static func begun(_ bytes: [UInt8]) -> Int {
        for back in 1...3 where back <= bytes.count {
            let byte = bytes[bytes.count - back]
            if byte & 0xC0 == 0x80 { continue }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            return length > back ? back : 0
        }
        return 0
    }
}
