import HTTPTypes
import NIOCore
import Testing

@testable import App
@testable import TestSupport

@Suite struct FinishingTests {
    private func head(_ method: HTTPRequest.Method = .get, _ headers: HTTPFields = [:]) -> HTTPRequest {
        HTTPRequest(method: method, scheme: "http", authority: "localhost", path: "/", headerFields: headers)
    }

    private func finish(_ answer: Answer, for head: HTTPRequest, secure: Bool = false) async throws -> Reply {
        try await Reply(Finishing.finish(answer, for: head, secure: secure))
    }

    private let page = Answer(
        headers: [.contentType: "text/html; charset=utf-8"], text: String(repeating: "xin chào ", count: 500))

    @Test func aPageGetsAWeakValidator() async throws {
        let tag = try #require(try await finish(page, for: head()).headers[.eTag])
        #expect(tag.hasPrefix("W/\""))
        let again = try await finish(page, for: head(.get, [.ifNoneMatch: tag]))
        #expect(again.status == 304)
        #expect(again.bytes.isEmpty)
        #expect(again.headers[.eTag] == tag)
        #expect(again.headers[.contentType] == nil)
        #expect(again.headers[.contentSecurityPolicy] != nil)
    }

    @Test(arguments: ["*", "W/\"x\", TAG", "\"x\",TAG ,\"y\""])
    func anyOfSeveralValidatorsMatches(_ header: String) async throws {
        let tag = try #require(try await finish(page, for: head()).headers[.eTag])
        #expect(Finishing.matches(header.replacing("TAG", with: tag), tag))
        #expect(!Finishing.matches("\"other\"", tag))
        #expect(!Finishing.matches(nil, tag))
    }

    @Test func onlyGoodAnswersToReadsAreCached() async throws {
        let refused = Answer(status: .unprocessableContent, headers: [.contentType: "text/html"], text: "x")
        #expect(try await finish(refused, for: head()).headers[.eTag] == nil)
        #expect(try await finish(page, for: head(.post)).headers[.eTag] == nil)
    }

    @Test(arguments: [
        ("gzip", true), ("gzip, deflate, br", true), ("*", true), ("gzip;q=0.5", true), ("gzip;q=0", false),
        ("gzip; q=0.000", false), ("br", false), ("xgzip", false), ("", false), ("identity, gzip;q=1", true),
    ])
    func compressionIsNegotiated(_ header: String, _ accepted: Bool) async throws {
        #expect(Finishing.acceptsGzip(header) == accepted)
        let response = try await finish(page, for: head(.get, [.acceptEncoding: header]))
        #expect((response.headers[.contentEncoding] == "gzip") == accepted)
        #expect(response.headers[.vary] == "Accept-Encoding")
        if accepted { #expect(response.bytes.count < 500) }
    }

    @Test func headHasTheHeadersOfGetAndNoBody() async throws {
        for headers: HTTPFields in [[:], [.acceptEncoding: "gzip"]] {
            let got = try await finish(page, for: head(.get, headers))
            let asked = try await finish(page, for: head(.head, headers))
            #expect(asked.bytes.isEmpty)
            #expect(asked.headers[.eTag] == got.headers[.eTag])
            #expect(asked.headers[.contentEncoding] == got.headers[.contentEncoding])
            #expect(asked.headers[.contentLength] != nil)
        }
    }

    @Test func smallAnswersAndPicturesStayAsTheyAre() async throws {
        for answer in [
            Answer(headers: [.contentType: "text/html"], text: "short"),
            Answer(headers: [.contentType: "image/png"], text: String(repeating: "x", count: 5_000)),
        ] {
            let response = try await finish(answer, for: head(.get, [.acceptEncoding: "gzip"]))
            #expect(response.headers[.contentEncoding] == nil)
        }
    }

    @Test func httpsIsRememberedByTheBrowserOnlyOverHttps() async throws {
        #expect(try await finish(page, for: head()).headers[.strictTransportSecurity] == nil)
        #expect(try await finish(page, for: head(), secure: true).headers[.strictTransportSecurity] != nil)
    }

    /// The length of a compressed page must not tell what stands in it (BREACH): it varies by itself.
    @Test func theCompressedLengthIsBlurred() {
        let lengths = (0..<40).compactMap { _ in Compression.gzip(Array("xin chào".utf8))?.count }
        #expect(Set(lengths).count > 5)
    }
}
