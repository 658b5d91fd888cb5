import Foundation
import FoundationXML

/// The tags and the text of one XML file of an archive, in order, without ever holding it whole.
///
/// What office programs never write is refused: a document type (and with it every entity of its own), another
/// encoding than UTF-8, more depth than a document has. Names come without their prefix.
enum XMLEvents {
    enum Event {
        case start(String, [String: String])
        case text(String)
        case end(String)
    }

    enum Failure: Error, Equatable {
        /// Not well-formed XML, or such as no office program writes.
        case damaged
    }

    static let depth = 400

    /// Hands over each event; `take` returns false to stop early. Throws ``Failure``, and what `take` throws.
    static func read(
        _ archive: ZipArchive, _ entry: ZipArchive.Entry, limit: Int = 512 << 20, _ take: (Event) throws -> Bool
    ) throws {
        let stream = try EntryStream(ZipReading(archive, entry, limit: limit))
        try withoutActuallyEscaping(take) { take in
            let listener = Listener(stream, take)
            let parser = XMLParser(stream: stream)
            parser.shouldResolveExternalEntities = false
            parser.delegate = listener
            let isWhole = parser.parse() && parser.parserError == nil
            parser.delegate = nil
            if let failure = listener.failure ?? stream.failure { throw failure }
            guard listener.hasStopped || isWhole && listener.isClosed else { throw Failure.damaged }
        }
    }

    /// What the parser reads from: the entry, looked at before it is handed on.
    private final class EntryStream: InputStream {
        private let reading: ZipReading
        private var status = Stream.Status.notOpen
        /// Before the first tag, in which a document type would stand: its last bytes.
        private var prologue: [UInt8]? = []
        private var isFirst = true
        private(set) var failure: (any Error)?

        init(_ reading: ZipReading) {
            self.reading = reading
            super.init(data: Data())
        }

        override var streamStatus: Stream.Status { status }
        override var hasBytesAvailable: Bool { status == .open }
        override func open() { status = .open }
        override func close() { status = .closed }

        override func read(_ buffer: UnsafeMutablePointer<UInt8>, maxLength count: Int) -> Int {
            guard failure == nil else { return 0 }
            do {
                let room = UnsafeMutableBufferPointer(start: buffer, count: count)
                let got = try reading.read(into: room)
                try check(room.prefix(got))
                return got
            } catch {
                failure = error
                return 0
            }
        }

        /// The parser has met the first tag.
        func began() { prologue = nil }

        private func check(_ bytes: Slice<UnsafeMutableBufferPointer<UInt8>>) throws {
            if isFirst { try EntryStream.checkEncoding(bytes) }
            isFirst = false
            guard let before = prologue else { return }
            let text = String(decoding: before + bytes, as: UTF8.self)
            if text.contains("<!DOCTYPE") { throw Failure.damaged }
            prologue = Array((before + bytes).suffix(8))
        }

        private static func checkEncoding(_ bytes: Slice<UnsafeMutableBufferPointer<UInt8>>) throws {
            let isOther = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.contains(0)
            if isOther { throw Failure.damaged }
            let declaration = String(decoding: bytes.prefix(200), as: UTF8.self).prefix { $0 != ">" }.lowercased()
            guard declaration.contains("<?xml"), declaration.contains("encoding=") else { return }
            if !declaration.contains("utf-8"), !declaration.contains("us-ascii") { throw Failure.damaged }
        }
    }

    private final class Listener: NSObject, XMLParserDelegate {
        private let stream: EntryStream
        private let take: (Event) throws -> Bool
        private var depth = 0
        private(set) var failure: (any Error)?
        private(set) var hasStopped = false
        /// The first tag has come, and every tag has been closed: of too little text the parser says nothing.
        var isClosed: Bool { hasBegun && depth == 0 }
        private var hasBegun = false

        init(_ stream: EntryStream, _ take: @escaping (Event) throws -> Bool) {
            self.stream = stream
            self.take = take
        }

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String] = [:]
        ) {
            if depth == 0 { stream.began() }
            hasBegun = true
            depth += 1
            if depth > XMLEvents.depth { failure = failure ?? Failure.damaged }
            hand(.start(XMLEvents.local(name), attributes), parser)
        }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
        ) {
            depth -= 1
            hand(.end(XMLEvents.local(name)), parser)
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) { hand(.text(string), parser) }

        private func hand(_ event: Event, _ parser: XMLParser) {
            // A parser that was told to stop still empties what it has read.
            guard failure == nil, !hasStopped else { return parser.abortParsing() }
            do {
                if try !take(event) {
                    hasStopped = true
                    parser.abortParsing()
                }
            } catch {
                failure = error
                parser.abortParsing()
            }
        }
    }

    static func local(_ name: String) -> String {
        guard let mark = name.utf8.lastIndex(of: UInt8(ascii: ":")) else { return name }
        return String(name[name.utf8.index(after: mark)...])
    }
}

extension [String: String] {
    /// An attribute by its name without a prefix.
    func attribute(_ name: String) -> String? { self[name] ?? first { XMLEvents.local($0.key) == name }?.value }
}
