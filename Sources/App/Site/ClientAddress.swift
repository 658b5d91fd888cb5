import HTTPTypes
import NIOCore

/// Whose request it is: the peer, or what a proxy that we trust says of it.
enum ClientAddress {
    /// The right-most address in `X-Forwarded-For` that is not itself a trusted proxy.
    static func of(_ headers: HTTPFields, peer: String, trusted: [String]) -> String {
        guard trusted.contains(peer), let name = HTTPField.Name("X-Forwarded-For") else { return peer }
        let hops = headers[values: name].flatMap { $0.split(separator: ",") }
            .map { $0.filter { !$0.isWhitespace } }
        return hops.last { !trusted.contains($0) && isAddress($0) } ?? peer
    }

    private static func isAddress(_ text: String) -> Bool {
        (try? SocketAddress(ipAddress: text, port: 0)) != nil
    }
}
