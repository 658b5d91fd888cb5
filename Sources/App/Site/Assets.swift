import Crypto
public import Foundation
public import NIOCore

/// One file that a page refers to, ready to be sent.
public struct Asset: Sendable {
    public let bytes: ByteBuffer
    /// Nil when compression gains nothing.
    public let gzip: ByteBuffer?
    public let contentType: String
}

/// Style sheets, scripts, icons and fonts, read into memory at start.
///
/// They are served under a version made of all their bytes, so that a browser may keep each one for good.
public struct Assets: Sendable {
    /// Hexadecimal digits of a hash over every name and every byte.
    public let version: String
    private let files: [String: Asset]

    static let folders = ["css", "js", "icons", "fonts", "guide/images"]
    /// Fonts are welcome and not needed: the style sheet names what systems bring along. Nor are pictures of the guide.
    private static let optional = ["fonts", "guide/images"]

    /// Reads the folders below `resources`. Throws a ``StartError`` that names what is missing, unreadable or doubled.
    public static func load(from resources: URL) throws(StartError) -> Assets {
        var files: [String: Asset] = [:]
        var hash = SHA256()
        for folder in folders {
            for file in try listing(resources.appending(path: folder), optional: optional.contains(folder)) {
                let name = file.lastPathComponent
                guard let type = contentType(file.pathExtension) else {
                    throw StartError("\(file.path) is of no kind that pages use. Take it out of the folder \(folder).")
                }
                guard let data = try? Data(contentsOf: file) else {
                    throw StartError("\(file.path) cannot be read. Check its permissions.")
                }
                hash.update(data: Data("\(name)\u{0}\(data.count)\u{0}".utf8))
                hash.update(data: data)
                guard files.updateValue(asset(data, type), forKey: name) == nil else {
                    throw StartError("\(file.path) bears the name of another file of the pages. Rename one of them.")
                }
            }
        }
        return Assets(version: hash.finalize().prefix(8).map(hexadecimal).joined(), files: files)
    }

    /// The file of that name, without its folder.
    public func file(_ name: String) -> Asset? { files[name] }

    /// Every name, sorted.
    public var names: [String] { files.keys.sorted() }

    private static func listing(_ folder: URL, optional: Bool) throws(StartError) -> [URL] {
        let found = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        guard let found else {
            if optional { return [] }
            throw StartError("The folder \(folder.path) is missing. Set --resources to the folder Resources.")
        }
        return found.filter { !$0.lastPathComponent.hasPrefix(".") }.sorted { $0.path < $1.path }
    }

    private static func asset(_ data: Data, _ type: String) -> Asset {
        // Nothing in these files is secret, so the compressed length needs no blurring. Pictures are compressed already.
        let small = type == "image/png" ? nil : Compression.gzip(data, level: 9, padding: 0)
        let gain = small.map { $0.count < data.count } ?? false
        return Asset(
            bytes: ByteBuffer(bytes: data), gzip: gain ? small.map { ByteBuffer(bytes: $0) } : nil, contentType: type)
    }

    private static func contentType(_ ending: String) -> String? {
        switch ending {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "woff2": "font/woff2"
        case "webmanifest": "application/manifest+json"
        default: nil
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
}

extension PageContext {
    /// The address of a style sheet, script or picture of the pages.
    func asset(_ name: String) -> String { "/assets/\(assetVersion)/\(name)" }
}
