import Foundation
import HTTPTypes
import NIOCore

/// A file on its way to a browser: what it is called there, and whether it may be shown or must be saved.
public struct FileDownload: Sendable {
    public let name: String
    public let mediaType: String
    /// Bytes.
    public let size: Int
    /// Hexadecimal; also the validator of the answer.
    public let sha256: String
    /// In the browser's window, cut off from everything of ours.
    public let isShown: Bool

    public init(name: String, mediaType: String, size: Int, sha256: String, isShown: Bool) {
        self.name = name
        self.mediaType = mediaType
        self.size = size
        self.sha256 = sha256
        self.isShown = isShown
    }
}

extension Visit {
    /// A workbook: made whole in the folder of what arrives, which is swept after a crash; only then is a byte of it
    /// sent. `write` is handed the file to make and the folder for what is half done.
    func workbook(
        name: String, _ write: @Sendable (_ file: URL, _ folder: URL) async throws -> Void
    ) async throws -> Answer {
        let files = services.files
        let file = try await FileStore.run { try files.begin() }
        defer { file.discard() }
        let url = file.url
        try await write(url, files.incoming)
        let bytes = try await FileStore.run { [UInt8](try Data(contentsOf: url)) }
        return xlsx(name: name, bytes)
    }

    /// The bytes of a kept file, read as fast as the client takes them.
    public func file(_ file: FileDownload) throws -> Answer {
        let handle = try services.files.open(file.sha256)
        var headers: HTTPFields = [
            .contentType: file.mediaType, .cacheControl: "private, no-cache", .eTag: "\"\(file.sha256.prefix(32))\"",
            .contentDisposition: ContentDisposition.text(file.name, isShown: file.isShown),
        ]
        // Whatever the bytes are, they run nothing, load nothing and know nothing of us.
        if let policy = HTTPField.Name("Content-Security-Policy") {
            headers[policy] = "sandbox; default-src 'none'; frame-ancestors 'none'"
        }
        return Answer(headers: headers, length: file.size) { write in
            while let piece = try await FileStore.run({ try handle.read(upToCount: 256 * 1024) }), !piece.isEmpty {
                try await write(ByteBuffer(bytes: piece))
            }
        }
    }
}

/// The header that names a file (RFC 6266): once for old programs, in ASCII, once in full.
enum ContentDisposition {
    static func text(_ name: String, isShown: Bool) -> String {
        "\(isShown ? "inline" : "attachment"); filename=\"\(plain(name))\"; filename*=UTF-8''\(extended(name))"
    }

    private static func plain(_ name: String) -> String {
        var text = ""
        for scalar in name.decomposedStringWithCanonicalMapping.unicodeScalars {
            if scalar.properties.generalCategory == .nonspacingMark { continue }
            let isSafe =
                scalar.isASCII && scalar.value >= 32 && scalar.value != 127 && !["\"", "\\", "%"].contains(scalar)
            text.unicodeScalars.append(scalar == "đ" ? "d" : scalar == "Đ" ? "D" : isSafe ? scalar : "_")
        }
        return text
    }

    /// Everything but `attr-char` (RFC 8187 §3.2.1) escaped.
    private static func extended(_ name: String) -> String {
        var text = ""
        for byte in name.utf8 {
            let isPlain =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || "!#$&+-.^_`|~".utf8.contains(byte)
            if isPlain {
                text.unicodeScalars.append(UnicodeScalar(byte))
            } else {
                text += "%" + HexText.of([byte]).uppercased()
            }
        }
        return text
    }
}
