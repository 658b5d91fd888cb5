import Crypto
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// The last step of every answer whose body is in memory: validator, 304, compression.
enum Finishing {
    static let compressFrom = 1_024

    /// Turns the body into what travels. `HEAD` keeps the headers and drops the body.
    static func finish(_ answer: Answer, for head: HTTPRequest, secure: Bool) -> Response {
        var headers = answer.headers
        SecurityHeaders.add(to: &headers, secure: secure)
        guard case .bytes(let buffer, let gzipped) = answer.body else { return stream(answer, headers, head) }
        if answer.status == .ok, head.method == .get || head.method == .head, headers[.eTag] == nil {
            headers[.eTag] = tag(buffer)
        }
        if let tag = headers[.eTag], answer.status == .ok, matches(head.headerFields[.ifNoneMatch], tag) {
            headers[.contentType] = nil
            return Response(status: .notModified, headers: headers)
        }
        var body = buffer
        if isCompressible(headers[.contentType]), buffer.readableBytes >= compressFrom {
            headers[.vary] = headers[.vary].map { $0 + ", Accept-Encoding" } ?? "Accept-Encoding"
            if acceptsGzip(head.headerFields[.acceptEncoding]),
                let small = gzipped ?? Compression.gzip(buffer.readableBytesView).map(ByteBuffer.init(bytes:))
            {
                body = small
                headers[.contentEncoding] = "gzip"
            }
        }
        if head.method == .head {
            headers[.contentLength] = String(body.readableBytes)
            return Response(status: answer.status, headers: headers)
        }
        return Response(status: answer.status, headers: headers, body: ResponseBody(byteBuffer: body))
    }

    /// A body that is not at hand carries its validator with it, and is not even begun when it is not wanted.
    private static func stream(_ answer: Answer, _ headers: HTTPFields, _ head: HTTPRequest) -> Response {
        var headers = headers
        if let tag = headers[.eTag], answer.status == .ok, matches(head.headerFields[.ifNoneMatch], tag) {
            headers[.contentType] = nil
            return Response(status: .notModified, headers: headers)
        }
        guard head.method == .head else {
            return Response(status: answer.status, headers: headers, body: answer.streamBody)
        }
        headers[.contentLength] = answer.streamBody.contentLength.map { String($0) }
        return Response(status: answer.status, headers: headers)
    }

    /// Weak, since the compressed and the plain form share it.
    static func tag(_ buffer: ByteBuffer) -> String {
        let digest = SHA256.hash(data: buffer.readableBytesView)
        return "W/\"" + Base64URL.encode(Array(digest.prefix(12))) + "\""
    }

    static func matches(_ header: String?, _ tag: String) -> Bool {
        guard let header else { return false }
        let bare = tag.hasPrefix("W/") ? String(tag.dropFirst(2)) : tag
        return header.split(separator: ",").contains { part in
            let value = part.filter { $0 != " " && $0 != "\t" }
            return value == "*" || value == tag || value == bare || value == "W/" + bare
        }
    }

    static func acceptsGzip(_ header: String?) -> Bool {
        guard let header else { return false }
        return header.split(separator: ",").contains { part in
            let pieces = part.split(separator: ";").map { $0.filter { $0 != " " } }
            guard pieces.first == "gzip" || pieces.first == "*" else { return false }
            return !pieces.dropFirst().contains { $0 == "q=0" || $0 == "q=0.0" || $0 == "q=0.00" || $0 == "q=0.000" }
        }
    }

    private static func isCompressible(_ type: String?) -> Bool {
        guard let type else { return false }
        return ["text/", "application/json", "application/problem+json", "image/svg+xml", "application/manifest+json"]
            .contains { type.hasPrefix($0) }
    }
}
