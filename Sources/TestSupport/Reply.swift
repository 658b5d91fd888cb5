import Foundation
public import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// An answer as a client gets it, body and all.
public struct Reply: Sendable {
    public let status: Int
    public let headers: HTTPFields
    public let bytes: [UInt8]

    /// The body as text; empty when it is not UTF-8.
    public var text: String { String(validating: bytes, as: UTF8.self) ?? "" }
    public var location: String? { headers[.location] }
    /// Done: 2xx, or the 303 with which a form is answered.
    public var isDone: Bool { (200..<300).contains(status) || status == 303 }

    public func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }

    /// Every value of a header that may come several times.
    public func all(_ name: String) -> [String] { HTTPField.Name(name).map { headers[values: $0] } ?? [] }

    /// The token that the forms of the page carry.
    public var csrf: String? {
        guard let start = text.range(of: "name=\"csrf\" value=\"") else { return nil }
        return String(text[start.upperBound...].prefix { $0 != "\"" })
    }

    /// The body as a JSON object; empty when it is none.
    public var json: [String: Any] {
        ((try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any]) ?? [:]
    }

    init(_ response: Response) async throws {
        status = response.status.code
        headers = response.headers
        let sink = Sink()
        try await response.body.write(sink)
        bytes = sink.bytes
    }

    /// Takes what the server would write to the connection.
    private final class Sink: ResponseBodyWriter, Sendable {
        private let collected = Mutex<[UInt8]>([])
        var bytes: [UInt8] { collected.withLock { $0 } }

        func write(_ buffer: ByteBuffer) async throws {
            collected.withLock { $0.append(contentsOf: buffer.readableBytesView) }
        }

        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}
