import Testing

@testable import App

/// The reader of forms with files: whatever the chunks, the same parts or the same refusal.
@Suite struct MultipartReaderTests {
    typealias Part = MultipartReader.Part
    typealias Failure = MultipartReader.Failure

    struct Piece: Equatable {
        let part: Part
        var content: [UInt8] = []
        var text: String { String(decoding: content, as: UTF8.self) }
    }

    private func read(_ chunks: [[UInt8]], _ limits: MultipartReader.Limits) throws -> [Piece] {
        var reader = try MultipartReader(contentType: "multipart/form-data; boundary=X-y", limits: limits)
        var pieces: [Piece] = []
        var isOpen = false
        for chunk in chunks {
            try reader.read(chunk) { event in
                switch event {
                case .begin(let part):
                    #expect(!isOpen)
                    (isOpen, pieces) = (true, pieces + [Piece(part: part)])
                case .bytes(let bytes):
                    #expect(isOpen && !bytes.isEmpty)
                    pieces[pieces.count - 1].content += bytes
                case .end: isOpen = false
                }
            }
        }
        try reader.finish()
        #expect(!isOpen)
        return pieces
    }

    /// Whole, cut in two at every byte, and byte by byte: the outcome must be the same.
    private func read(
        _ bytes: [UInt8], _ limits: MultipartReader.Limits = .init()
    ) -> Result<[Piece], Failure> {
        func outcome(_ chunks: [[UInt8]]) -> Result<[Piece], Failure> {
            do { return .success(try read(chunks, limits)) } catch let failure as Failure {
                return .failure(failure)
            } catch {
                Issue.record(error)
                return .failure(.badHead)
            }
        }
        let whole = outcome([bytes])
        for cut in 0...bytes.count where bytes.count < 3_000 {
            #expect(outcome([Array(bytes[..<cut]), Array(bytes[cut...])]) == whole, "cut at \(cut)")
        }
        #expect(outcome(bytes.map { [$0] }) == whole)
        return whole
    }

    private func read(_ text: String, _ limits: MultipartReader.Limits = .init()) -> Result<[Piece], Failure> {
        read(Array(text.replacing("\n", with: "\r\n").utf8), limits)
    }

    private func field(_ name: String, _ value: String) -> String {
        "--X-y\nContent-Disposition: form-data; name=\"\(name)\"\n\n\(value)\n"
    }

    @Test func fieldsAndFilesComeInOrder() throws {
        let body =
            field("csrf", "abc") + field("note", "Nghị quyết\n57") + field("empty", "")
            + "--X-y\nContent-Disposition: form-data; name=\"file\"; filename=\"Báo cáo.pdf\"\nContent-Type: application/pdf\n\n%PDF-1.7\n--X\n--X-\n"
            + "\n--X-y--\n"
        let pieces = try read(body).get()
        #expect(pieces.map(\.part.name) == ["csrf", "note", "empty", "file"])
        #expect(pieces.map(\.text).prefix(3) == ["abc", "Nghị quyết\r\n57", ""])
        #expect(pieces[3].part == Part(name: "file", fileName: "Báo cáo.pdf", mediaType: "application/pdf"))
        #expect(pieces[3].text == "%PDF-1.7\r\n--X\r\n--X-\r\n")
    }

    @Test func anyBytesMayStandInAFile() throws {
        var content = (0..<1_500).map { _ in
            [UInt8](arrayLiteral: 0x0D, 0x0A, 0x2D, 0x58, 0x00, 0xFF).randomElement() ?? 0
        }
        content += Array("\r\n--X-".utf8)
        let head = "--X-y\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n"
        let pieces = try read(Array(head.utf8) + content + Array("\r\n--X-y--".utf8)).get()
        #expect(pieces.first?.content == content)
    }

    @Test func aFileOfTheSizeOfManyChunksIsWhole() throws {
        let content = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        let head = "--X-y\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n"
        let bytes = Array(head.utf8) + content + Array("\r\n--X-y--\r\n".utf8)
        let chunks = stride(from: 0, to: bytes.count, by: 1_021).map { Array(bytes[$0..<min($0 + 1_021, bytes.count)]) }
        #expect(try read(chunks, .init()).first?.content == content)
    }

    @Test(arguments: [
        ("filename=\"a b;c.pdf\"", "a b;c.pdf"), ("filename=plain.pdf", "plain.pdf"),
        ("filename=\"say %22x%22\"", "say \"x\""), ("filename=\"say \\\"x\\\"\"", "say \"x\""),
        ("filename=\"C:\\dir\\new.pdf\"", "C:\\dir\\new.pdf"), ("filename=\"\"", ""),
        ("filename=\"../../x\"", "../../x"),
        ("filename=\"old\"; filename*=UTF-8''B%C3%A1o%20c%C3%A1o+1.pdf", "Báo cáo+1.pdf"),
        ("filename*=utf-8'vi'Hu%E1%BA%BF", "Huế"), ("FileName=\"x\"", "x"),
    ])
    func aFileNameIsReadAsItWasSent(_ parameter: String, _ name: String) throws {
        let body = "--X-y\nContent-Disposition: form-data; name=\"f\"; \(parameter)\n\nx\n--X-y--\n"
        #expect(try read(body).get().first?.part.fileName == name)
    }

    @Test(arguments: [
        "", "x", "--", "--X-z\n", "\n--X-y\n", "--X-y", "--X-y-", "--X-yContent", "--X-y--x", "--X-y--\n\n",
        "--X-y--\nx",
        "--X-y\n", "--X-y\nContent-Disposition: form-data; name=\"a\"\n\nvalue", "--X-y\n\nvalue\n--X-y--",
        "--X-y\nContent-Disposition: attachment; name=\"a\"\n\nx\n--X-y--",
        "--X-y\nContent-Disposition: form-data\n\nx\n--X-y--",
        "--X-y\nContent-Disposition: form-data; name=\"\"\n\nx\n--X-y--",
        "--X-y\nContent-Disposition: form-data; name=\"a\n\nx\n--X-y--",
        "--X-y\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\n\nx\n--X-y--",
        "--X-y\nContent-Disposition: form-data; name=\"a\"\nContent-Disposition: form-data; name=\"b\"\n\nx\n--X-y--",
        "--X-y\nContent-Disposition form-data\n\nx\n--X-y--",
        "--X-y\nContent-Disposition: form-data;\n name=\"a\"\n\nx\n--X-y--",
        "--X-y\nContent-Disposition: form-data; name=\"a\u{0}b\"\n\nx\n--X-y--",
        "--X-y\nContent-Disposition: form-data; name=\"a\"\nContent-Transfer-Encoding: base64\n\nx\n--X-y--",
        "--X-y\nContent-Disposition: form-data; name=\"f\"; filename*=latin1''x\n\nx\n--X-y--",
        "--X-y\nContent-Disposition: form-data; name=\"f\"; filename*=UTF-8''%FF\n\nx\n--X-y--",
    ])
    func whatIsNoFormIsRefused(_ body: String) {
        #expect(throws: Failure.self) { try read(body).get() }
    }

    @Test func whatIsCutOffAnywhereIsToldSo() {
        let body = Array((field("a", "1") + field("b", "2") + "--X-y--").replacing("\n", with: "\r\n").utf8)
        for length in 1..<body.count {
            #expect(throws: Failure.cutOff) { try read([Array(body[..<length])], .init()) }
        }
    }

    @Test func lineEndsOfOtherKindsAreNoLineEnds() {
        let body = Array("--X-y\nContent-Disposition: form-data; name=\"a\"\n\nx\n--X-y--\n".utf8)
        #expect(throws: Failure.outsideOfParts) { try read(body).get() }
    }

    @Test func eachSizeHasItsLimit() throws {
        var limits = MultipartReader.Limits()
        (limits.parts, limits.field, limits.fields, limits.files, limits.header) = (3, 10, 15, 20, 200)
        func file(_ size: Int) -> String {
            "--X-y\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\n\n\(String(repeating: "x", count: size))\n"
        }
        let end = "--X-y--"
        #expect(try read(field("a", "1234567890") + file(20) + end, limits).get().count == 2)
        #expect(read(field("a", "12345678901") + end, limits) == .failure(.fieldTooLarge("a")))
        #expect(read(field("a", "1234567890") + field("b", "123456") + end, limits) == .failure(.fieldTooLarge("b")))
        #expect(read(file(21) + end, limits) == .failure(.filesTooLarge))
        #expect(read(file(12) + file(9) + end, limits) == .failure(.filesTooLarge))
        #expect(
            read(field("a", "") + field("b", "") + field("c", "") + field("d", "") + end, limits)
                == .failure(.tooManyParts))
        #expect(read(field(String(repeating: "n", count: 190), "") + end, limits) == .failure(.headTooLarge))
        #expect(read("--X-y\n" + String(repeating: "x", count: 900), limits) == .failure(.headTooLarge))
    }

    @Test(arguments: [
        ("multipart/form-data; boundary=abc", "abc"), ("Multipart/Form-Data;boundary=\"a b\"", "a b"),
        ("multipart/form-data; charset=utf-8; boundary=----WebKit1", "----WebKit1"),
    ])
    func theBoundaryIsFound(_ type: String, _ boundary: String) {
        #expect(MultipartHeader.boundary(type) == Array(boundary.utf8))
    }

    @Test(arguments: [
        "", "multipart/form-data", "multipart/mixed; boundary=a", "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"", "multipart/form-data; boundary=\"a",
        "multipart/form-data; boundary=a; boundary=b", "multipart/form-data; boundary=ü",
        "multipart/form-data; boundary=\"a \"",
        "multipart/form-data; boundary=\(String(repeating: "a", count: 71))",
    ])
    func whatIsNoBoundaryIsNone(_ type: String) {
        #expect(MultipartHeader.boundary(type) == nil)
        #expect(throws: Failure.noBoundary) { try MultipartReader(contentType: type) }
    }

    /// Any bytes at all: the reader ends, and what it says does not depend on where the chunks are cut.
    @Test func randomBytesNeverTrap() {
        let pieces = [
            "--X-y", "\r\n", "--", "Content-Disposition: form-data; name=\"a\"", "; filename=\"b\"", "\"", "\r", "x",
            ";", "=",
        ]
        for _ in 0..<400 {
            let text = (0..<Int.random(in: 0...12)).map { _ in pieces.randomElement() ?? "" }.joined()
            _ = read(Array(("--X-y\r\n" + text).utf8))
        }
    }
}
