import Foundation

/// A strict streaming reader of `multipart/form-data` (RFC 7578) over bytes: hand it chunks of any size, it hands back
/// the parts of the form as they come.
///
/// Only what browsers and programs really send is read: lines end in CRLF, nothing stands before the first boundary or
/// behind the last, no transfer encoding. Everything else ends the reading with a ``Failure`` that says what is wrong.
struct MultipartReader {
    struct Limits: Sendable {
        var parts = 200
        /// The head of one part, in bytes.
        var header = 8 * 1024
        /// One field that is no file, in bytes.
        var field = 64 * 1024
        /// All fields that are no files.
        var fields = 256 * 1024
        /// All files.
        var files = Route.uploadLimit
    }

    /// What a part says of itself.
    struct Part: Equatable, Sendable {
        var name: String
        /// As sent; nil for a field that is no file.
        var fileName: String?
        /// As sent; of no worth until the content has been looked at.
        var mediaType: String?
    }

    enum Event: Equatable, Sendable {
        case begin(Part)
        case bytes([UInt8])
        case end
    }

    enum Failure: Error, Equatable, Sendable {
        /// The content type names no boundary, or an impossible one.
        case noBoundary
        /// The body does not begin with the boundary, or something stands behind its end.
        case outsideOfParts
        /// A head that cannot be read: a bad line, no `form-data`, no name.
        case badHead
        case headTooLarge
        case tooManyParts
        /// The name of the field.
        case fieldTooLarge(String)
        case filesTooLarge
        /// The body ended before its last boundary.
        case cutOff
    }

    private enum Place {
        /// Before the first boundary, and behind each one: CRLF goes on with a part, `--` ends the body.
        case start, afterBoundary, head, content, end
    }

    private let limits: Limits
    /// CRLF, two hyphens, the boundary.
    private let mark: [UInt8]
    private var place = Place.start
    /// What could not be decided yet.
    private var rest: [UInt8] = []
    private var part: Part?
    private var parts = 0
    private var field = 0
    private var fields = 0
    private var files = 0

    /// Throws ``Failure/noBoundary`` for a content type without a usable boundary.
    init(contentType: String, limits: Limits = Limits()) throws(Failure) {
        guard let boundary = MultipartHeader.boundary(contentType) else { throw .noBoundary }
        mark = Array("\r\n--".utf8) + boundary
        self.limits = limits
    }

    /// Reads on and hands over what has become clear.
    mutating func read(_ chunk: [UInt8], _ take: (Event) throws -> Void) throws {
        rest += chunk
        while try step(take) {}
    }

    /// Says that no more bytes come.
    func finish() throws(Failure) {
        guard place == .end else { throw .cutOff }
    }

    /// One step forward; false when more bytes are needed.
    private mutating func step(_ take: (Event) throws -> Void) throws -> Bool {
        switch place {
        case .start: try start()
        case .afterBoundary: try afterBoundary()
        case .head: try head(take)
        case .content: try content(take)
        case .end: try end()
        }
    }

    private mutating func start() throws -> Bool {
        let wanted = mark.dropFirst(2)
        guard rest.count >= wanted.count else {
            guard wanted.starts(with: rest) else { throw Failure.outsideOfParts }
            return false
        }
        guard rest.starts(with: wanted) else { throw Failure.outsideOfParts }
        return move(to: .afterBoundary, past: wanted.count)
    }

    private mutating func afterBoundary() throws -> Bool {
        guard rest.count >= 2 else { return false }
        if rest.starts(with: Array("--".utf8)) { return move(to: .end, past: 2) }
        guard rest.starts(with: Array("\r\n".utf8)) else { throw Failure.outsideOfParts }
        return move(to: .head, past: 2)
    }

    private mutating func head(_ take: (Event) throws -> Void) throws -> Bool {
        let end = Array("\r\n\r\n".utf8)
        guard let length = MultipartReader.find(end, in: rest, upTo: limits.header) else {
            if rest.count > limits.header + end.count { throw Failure.headTooLarge }
            return false
        }
        parts += 1
        if parts > limits.parts { throw Failure.tooManyParts }
        let part = try MultipartHeader.part(rest[..<length])
        (self.part, field) = (part, 0)
        try take(.begin(part))
        // The CRLF before a boundary belongs to it: of an empty part it is the one that ends its head.
        return move(to: .content, past: length + 2)
    }

    private mutating func content(_ take: (Event) throws -> Void) throws -> Bool {
        // The first two bytes are the CRLF that ended the head, or nothing once something was handed over.
        if let length = MultipartReader.find(mark, in: rest, upTo: rest.count) {
            try hand(Array(rest[..<length]), take)
            try take(.end)
            part = nil
            return move(to: .afterBoundary, past: length + mark.count)
        }
        // The end of what we have may be the beginning of a boundary.
        let sure = rest.count - (mark.count - 1)
        if sure > 2 {
            try hand(Array(rest[..<sure]), take)
            rest.removeFirst(sure)
        }
        return false
    }

    private mutating func end() throws -> Bool {
        guard rest.isEmpty || rest == Array("\r".utf8) || rest == Array("\r\n".utf8) else {
            throw Failure.outsideOfParts
        }
        return false
    }

    private mutating func move(to place: Place, past count: Int) -> Bool {
        self.place = place
        rest.removeFirst(count)
        return true
    }

    private mutating func hand(_ bytes: [UInt8], _ take: (Event) throws -> Void) throws {
        // `field` counts from the CRLF of the head, which is no part of the content.
        let isFirst = field == 0
        let content = isFirst ? Array(bytes.dropFirst(2)) : bytes
        field += isFirst ? content.count + 2 : content.count
        guard !content.isEmpty, let part else { return }
        if part.fileName != nil {
            files += content.count
            if files > limits.files { throw Failure.filesTooLarge }
        } else {
            fields += content.count
            if field - 2 > limits.field || fields > limits.fields { throw Failure.fieldTooLarge(part.name) }
        }
        try take(.bytes(content))
    }

    /// Where `wanted` begins, looked for up to a place.
    private static func find(_ wanted: [UInt8], in bytes: [UInt8], upTo limit: Int) -> Int? {
        guard let first = wanted.first else { return nil }
        let last = min(limit, bytes.count - wanted.count)
        return bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            var from = 0
            while from <= last, let found = memchr(base + from, Int32(first), last - from + 1) {
                let place = UnsafeRawPointer(found) - base
                if bytes[place..<place + wanted.count].elementsEqual(wanted) { return place }
                from = place + 1
            }
            return nil
        }
    }
}
