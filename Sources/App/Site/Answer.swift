public import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// What a handler gives back, before the validator, the compression and the security headers are added.
public struct Answer: Sendable {
    public var status: HTTPResponse.Status
    public var headers: HTTPFields
    var body: Body

    enum Body: Sendable {
        /// In memory; `gzipped` when the compressed form was made beforehand.
        case bytes(ByteBuffer, gzipped: ByteBuffer?)
        /// Written piece by piece: a file or an export that is never held whole. `write` returns when the client has
        /// room for more. With a length it is announced; without one the body comes in chunks.
        case stream(length: Int?, Producer)
    }

    typealias Producer = @Sendable (_ write: (ByteBuffer) async throws -> Void) async throws -> Void

    public init(status: HTTPResponse.Status = .ok, headers: HTTPFields = [:], text: String = "") {
        self.status = status
        self.headers = headers
        body = .bytes(ByteBuffer(string: text), gzipped: nil)
    }

    init(status: HTTPResponse.Status = .ok, headers: HTTPFields, bytes: ByteBuffer, gzipped: ByteBuffer? = nil) {
        self.status = status
        self.headers = headers
        body = .bytes(bytes, gzipped: gzipped)
    }

    init(headers: HTTPFields, length: Int?, _ produce: @escaping Producer) {
        status = .ok
        self.headers = headers
        body = .stream(length: length, produce)
    }

    /// The body in memory as text; for tests and for idempotent answers.
    public var text: String {
        if case .bytes(let buffer, _) = body { String(buffer: buffer) } else { "" }
    }

    /// A page for people, not a file or JSON.
    var isPage: Bool { headers[.contentType]?.hasPrefix("text/html") == true }

    public func with(_ name: HTTPField.Name, _ value: String) -> Answer {
        var copy = self
        copy.headers[name] = value
        return copy
    }

    public func adding(_ name: HTTPField.Name, _ value: String) -> Answer {
        var copy = self
        copy.headers.append(HTTPField(name: name, value: value))
        return copy
    }

    var streamBody: ResponseBody {
        guard case .stream(let length, let produce) = body else { return ResponseBody() }
        return ResponseBody(contentLength: length) { writer in
            try await produce { buffer in try await writer.write(buffer) }
            try await writer.finish(nil)
        }
    }
}
