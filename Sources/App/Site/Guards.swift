import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// What is asked of every request before a handler sees it.
enum Guards {
    /// A request without a Host is refused (RFC 9112 §3.2), and so is a name that is not ours: a page of somebody
    /// else's that made its name point at this machine must not read from it.
    static func host(_ request: Request, _ configuration: Configuration) throws(AppError) {
        guard let authority = request.head.authority, !authority.isEmpty else {
            throw .malformed(Message("error.host_missing"))
        }
        let host = hostName(authority)
        if let base = configuration.baseURL?.host() {
            // A health probe asks by address.
            guard host == base.lowercased() || isLoopback(host) else { throw .malformed(Message("error.host_unknown")) }
        } else if configuration.tls == nil {
            guard isLoopback(host) else { throw .malformed(Message("error.host_unknown")) }
        }
    }

    /// Session, token and fresh password, as the route asks.
    static func audience(_ route: Route, _ arrival: Arrival, _ services: Services) throws(AppError) {
        let identified = arrival.identified
        if let token = identified?.token {
            guard route.isAPI else { throw .forbidden(Message("error.token_on_page")) }
            guard token.allows(method: arrival.request.method.rawValue) else {
                throw .forbidden(Message("error.token_reads_only"))
            }
        }
        switch route.audience {
        case .unidentified, .everyone: return
        case .signedIn:
            guard identified?.viewer.isSignedIn == true else { throw .unauthenticated }
        case .confirmed:
            guard identified?.viewer.isSignedIn == true else { throw .unauthenticated }
            guard identified?.token == nil else { return }
            guard let session = identified?.session,
                session.isConfirmed(at: arrival.now, services.configuration.limits)
            else { throw .confirmationNeeded }
        }
    }

    /// A change by a browser must come from a page of ours: its token, and where the browser says so its origin.
    static func forgery(_ route: Route, _ visit: Visit, _ cookies: Cookies) throws(AppError) {
        guard route.method != .get, route.audience != .unidentified, visit.token == nil else { return }
        if source(of: visit) == .elsewhere { throw .forbidden(Message("error.forgery")) }
        let sent: String
        if route.isAPI {
            guard visit.session != nil else { throw .unauthenticated }
            sent = HTTPField.Name("X-CSRF-Token").flatMap { visit.request.headers[$0] } ?? ""
        } else {
            sent = try visit.form()["csrf"]
        }
        guard !sent.isEmpty, SecretText.equal(sent, visit.page.csrf) else {
            throw isSameOrigin(visit) && visit.session != nil ? .staleForm : .forbidden(Message("error.forgery"))
        }
    }

    /// The browser itself says that a page of ours sent this.
    static func isSameOrigin(_ visit: Visit) -> Bool { source(of: visit) == .here }

    private enum Source { case here, elsewhere, unsaid }

    /// Where a request comes from, by what browsers report and pages cannot forge.
    private static func source(of visit: Visit) -> Source {
        let headers = visit.request.headers
        var source = Source.unsaid
        if let site = HTTPField.Name("Sec-Fetch-Site").flatMap({ headers[$0] }) {
            guard site == "same-origin" || site == "none" else { return .elsewhere }
            if site == "same-origin" { source = .here }
        }
        if let origin = headers[.origin], origin != "null" {
            let ours =
                visit.services.configuration.baseURL?.host()?.lowercased()
                ?? hostName(visit.request.head.authority ?? "")
            guard let host = URL(string: origin)?.host()?.lowercased(), trimmed(host) == trimmed(ours) else {
                return .elsewhere
            }
            source = .here
        }
        return source
    }

    private static func isLoopback(_ host: String) -> Bool {
        if ["localhost", "[::1]", "::1"].contains(host) || host.hasSuffix(".localhost") { return true }
        let octets = host.split(separator: ".", omittingEmptySubsequences: false)
        return octets.count == 4 && octets.first == "127" && octets.allSatisfy { UInt8($0) != nil }
    }

    private static func trimmed(_ host: String) -> String { host.filter { $0 != "[" && $0 != "]" } }

    /// Without the port, lower case; an IPv6 address keeps its brackets.
    private static func hostName(_ authority: String) -> String {
        let lower = authority.lowercased()
        if lower.hasPrefix("["), let end = lower.firstIndex(of: "]") { return String(lower[...end]) }
        return String(lower.prefix { $0 != ":" })
    }
}

/// Comparison whose time does not tell how much was right.
enum SecretText {
    static func equal(_ left: String, _ right: String) -> Bool {
        let a = Array(left.utf8), b = Array(right.utf8)
        guard a.count == b.count else { return false }
        var difference: UInt8 = 0
        for (x, y) in zip(a, b) { difference |= x ^ y }
        return difference == 0
    }
}
