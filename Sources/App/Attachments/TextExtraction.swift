import Foundation

/// The text of a file, for the search: by `pdftotext` of a PDF, from the XML of a DOCX or XLSX, as it is of plain text.
struct TextExtraction {
    struct Outcome: Sendable, Equatable {
        let state: Attachment.TextState
        var note: Attachment.TextNote?
        /// Folded.
        var pieces: [String] = []
    }

    static let program = BoundedProgram(name: "pdftotext", package: "poppler-utils")

    var program = TextExtraction.program
    /// Of the XML of one part of a document, expanded, in bytes.
    var part = 256 << 20

    /// Reads the file. Blocks. Throws only ``BoundedProgram/Failure/missing(_:)``: what is wrong with the file is in the
    /// outcome.
    func read(_ file: URL, _ kind: FileKind) throws -> Outcome {
        guard FileManager.default.isReadableFile(atPath: file.path) else {
            return Outcome(state: .failed, note: .missing)
        }
        var pieces = TextPieces()
        do {
            switch kind {
            case .png, .jpeg, .webp: return Outcome(state: .none)
            case .pdf: try pdf(file, &pieces)
            case .docx: try document(try ZipArchive(file: file), &pieces)
            case .xlsx: try workbook(try ZipArchive(file: file), &pieces)
            case .csv, .txt: try plain(file, &pieces)
            }
        } catch let failure as BoundedProgram.Failure {
            if case .missing = failure { throw failure }
            return Outcome(state: .failed, note: note(failure, file))
        } catch ZipArchive.Failure.encrypted {
            return Outcome(state: .failed, note: .encrypted)
        } catch ZipArchive.Failure.tooLarge, XLSXBook.Failure.tooLarge {
            return Outcome(state: .failed, note: .large)
        } catch {
            return Outcome(state: .failed, note: .damaged)
        }
        let isCut = pieces.isCut, text = pieces.finish()
        return Outcome(state: text.isEmpty ? .none : .done, note: isCut ? .cut : nil, pieces: text)
    }

    private func pdf(_ file: URL, _ pieces: inout TextPieces) throws {
        let output = try program.run(["-q", "-enc", "UTF-8", "-l", "3000", file.path, "-"])
        _ = add(output.bytes[...], &pieces)
        if output.isCut { pieces.cut() }
    }

    private func note(_ failure: BoundedProgram.Failure, _ file: URL) -> Attachment.TextNote {
        switch failure {
        case .time, .failed(128 + SIGXCPU): .time
        // The allocator of the program gave up, or the kernel ended it.
        case .failed(let status) where status >= 128: .large
        default: TextExtraction.isEncrypted(file) ? .encrypted : .damaged
        }
    }

    /// A locked PDF says so in its trailer, which stands at its end, or at its beginning when it is made for the web.
    private static func isEncrypted(_ file: URL) -> Bool {
        guard let handle = try? FileHandle(forReadingFrom: file), let end = try? handle.seekToEnd() else {
            return false
        }
        defer { try? handle.close() }
        return [end - min(end, 65_536), 0].contains { offset in
            guard (try? handle.seek(toOffset: offset)) != nil else { return false }
            return (try? handle.read(upToCount: 65_536))?.firstRange(of: Data("/Encrypt".utf8)) != nil
        }
    }

    /// Paragraphs of the text, its notes, its heads and feet. A word may stand in several runs, never in two paragraphs.
    private func document(_ archive: ZipArchive, _ pieces: inout TextPieces) throws {
        let side = ["word/footnotes", "word/endnotes", "word/header", "word/footer", "word/comments"]
        let parts = archive.entries.filter { entry in
            entry.name.hasSuffix(".xml") && side.contains { entry.name.hasPrefix($0) }
        }
        guard let main = archive.entry("word/document.xml") else { throw ZipArchive.Failure.damaged }
        for entry in [main] + parts {
            var paragraph = ""
            var isText = false
            try XMLEvents.read(archive, entry, limit: part) { event in
                switch event {
                case .start("t", _): isText = true
                case .end("t"): isText = false
                case .text(let text):
                    guard isText else { break }
                    paragraph += text
                    // A paragraph of many pages is taken in pieces; at worst a word is cut in two.
                    guard paragraph.utf8.count > 1 << 18 else { break }
                    defer { paragraph = "" }
                    return pieces.add(paragraph)
                case .start("tab", _), .start("br", _), .start("cr", _): paragraph += " "
                case .end("p"):
                    defer { paragraph = "" }
                    return pieces.add(paragraph)
                default: break
                }
                return true
            }
        }
    }

    /// The shared texts, and what stands in the cells themselves.
    private func workbook(_ archive: ZipArchive, _ pieces: inout TextPieces) throws {
        for text in try XLSXBook.sharedTexts(archive, limit: 128 << 20) where !pieces.add(text) { return }
        for sheet in XLSXBook.sheets(archive) {
            var text = XLSXText()
            var value = ""
            var (isValue, isShared) = (false, false)
            try XMLEvents.read(archive, sheet, limit: part) { event in
                text.take(event)
                switch event {
                case .start("c", let attributes): (isShared, value) = (attributes["t"] == "s", "")
                case .start("v", _): isValue = !isShared
                case .end("v"): isValue = false
                case .text(let more): if isValue, value.utf8.count < XLSXText.most { value += more }
                case .end("c"): return pieces.add(text.finish() + " " + value)
                default: break
                }
                return true
            }
        }
    }

    private func plain(_ file: URL, _ pieces: inout TextPieces) throws {
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        var rest: [UInt8] = []
        while let piece = try handle.read(upToCount: 256 * 1024), !piece.isEmpty {
            rest += piece
            // Up to the last line end; a line longer than a piece is cut where the piece ends.
            let end = rest.lastIndex(of: 0x0A).map { $0 + 1 } ?? (rest.count > 1 << 20 ? rest.count : 0)
            guard add(rest[..<end], &pieces) else { return }
            rest.removeFirst(end)
        }
        _ = add(rest[...], &pieces)
    }

    private func add(_ bytes: ArraySlice<UInt8>, _ pieces: inout TextPieces) -> Bool {
        for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0C }) {
            guard pieces.add(String(decoding: line, as: UTF8.self)) else { return false }
        }
        return true
    }
}
