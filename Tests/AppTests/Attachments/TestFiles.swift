import Foundation
import Storage
import TestSupport

@testable import App

/// Small files of each kind, made here so that every byte of them is known.
enum TestFiles {
    static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
    static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16] + Array("JFIF".utf8)
    static let webp = Array("RIFF".utf8) + [9, 0, 0, 0] + Array("WEBPVP8 ".utf8)

    /// One page with a line of text; without one an empty page, as a scanner makes it.
    static func pdf(_ text: String?, isLocked: Bool = false) -> [UInt8] {
        let stream = text.map { "BT /F1 12 Tf 72 720 Td (\($0)) Tj ET" } ?? ""
        var objects = [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            "<< /Length \(stream.utf8.count) >>\nstream\n\(stream)\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
        let key = String(repeating: "A", count: 32)
        if isLocked { objects.append("<< /Filter /Standard /V 1 /R 2 /O (\(key)) /U (\(key)) /P -4 >>") }
        var body = "%PDF-1.4\n"
        var places: [Int] = []
        for (index, object) in objects.enumerated() {
            places.append(body.utf8.count)
            body += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let start = body.utf8.count
        let table = places.map { String(String($0 + 10_000_000_000).dropFirst()) + " 00000 n \n" }.joined()
        let lock = isLocked ? " /Encrypt 6 0 R /ID [<41> <41>]" : ""
        body += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n\(table)"
        return Array(
            (body + "trailer << /Size \(objects.count + 1) /Root 1 0 R\(lock) >>\nstartxref\n\(start)\n%%EOF\n").utf8)
    }

    /// Paragraphs; each in two runs, as word processors cut them.
    static func docx(_ paragraphs: [String], more: KeyValuePairs<String, String> = [:]) -> TestZip {
        let body = paragraphs.map { text -> String in
            let half = text.index(text.startIndex, offsetBy: text.count / 2)
            return
                "<w:p><w:r><w:t>\(text[..<half])</w:t></w:r><w:r><w:t xml:space=\"preserve\">\(text[half...])</w:t></w:r></w:p>"
        }
        var zip = TestZip([
            "[Content_Types].xml": "<Types/>",
            "word/document.xml":
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"u\"><w:body>\(body.joined())</w:body></w:document>",
        ])
        for (name, content) in more { zip.add(name, Array(content.utf8)) }
        return zip
    }

    static func kept(_ name: String, _ bytes: [UInt8], _ kind: FileKind = .pdf) -> KeptFile {
        KeptFile(name: name, kind: kind, size: bytes.count, sha256: HexText.of(SHA256Text.digest(bytes)))
    }
}

extension World {
    /// A record that files can belong to.
    func subject(_ place: Place) throws -> Subject { Subject(.unit, id: try id(place).value, uid: try uid(place)) }

    func attach(_ files: [KeptFile], to place: Place) async throws -> [App.Attachment] {
        let (subject, unit, now, viewer) = (
            try subject(place), try id(place), clock.now, try await viewer(.secretariat)
        )
        return try await change(viewer) { try $0.add(files, to: subject, unit: unit, at: now) }
    }

    func change<T: Sendable>(
        _ viewer: Viewer = .system("test"), _ body: @escaping @Sendable (AttachmentStore) throws -> T
    ) async throws -> T {
        let today = today
        return try await database.write { tx in try body(AttachmentStore(tx: tx, viewer: viewer, today: today)) }
    }

    /// Puts the bytes into the file store and attaches them.
    func attach(_ name: String, _ bytes: [UInt8], to place: Place) async throws -> App.Attachment {
        let received = try await services.files.receive(bytes, name: name)
        let kept = try await AttachmentIntake(services.files).keep([received])
        guard let attachment = try await attach(kept, to: place).first else { throw AppError.notFound }
        return attachment
    }

    /// Reads what waits, as the job does.
    func readTexts() async throws -> Int {
        try await TextReading(database: database, files: services.files).run()
    }
}
