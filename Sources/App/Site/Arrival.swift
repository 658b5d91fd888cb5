import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// A request before we know what to do with it.
struct Arrival: Sendable {
    let request: Request
    /// The other end of the connection.
    let peer: String
    /// The client, as far as we believe what a proxy says.
    let address: String
    let now: Instant
    let requestID: String
    let cookies: Cookies
    let query: Fields
    /// For forms of somebody without a session; made when it is known that there is none.
    private(set) var anonymous: AnonymousCSRF?
    private let secure: Bool
    var route: Route?
    var parameters: [String: String] = [:]
    var identified: Identified?
    /// Collected within the route's limit; empty until then.
    var body = ByteBuffer()
    /// What was typed into a form with files that was refused before its files were kept.
    var typed: Upload?

    init(request: Request, peer: String, address: String, now: Instant, requestID: String, secure: Bool) {
        self.request = request
        self.peer = peer
        self.address = address
        self.now = now
        self.requestID = requestID
        cookies = Cookies(header: request.headers[.cookie])
        query = Fields(parsing: Arrival.queryText(request.head.path ?? "/"))
        self.secure = secure
    }

    /// Who has no session has a form token all the same.
    mutating func giveFormToken() {
        guard identified?.session == nil, anonymous == nil, !isAPI else { return }
        anonymous = AnonymousCSRF(cookies: cookies, secure: secure)
    }

    /// The part before `?`, as sent.
    var path: String {
        let whole = request.head.path ?? "/"
        return String(whole.prefix { $0 != "?" })
    }

    var isAPI: Bool { path.hasPrefix("/api/") }

    private static func queryText(_ whole: String) -> Substring {
        guard let mark = whole.firstIndex(of: "?") else { return "" }
        return whole[whole.index(after: mark)...]
    }

    /// The person's setting, then their choice in this browser, then what the browser asks for, then Vietnamese. A
    /// program with a token asks for the language in which it hands errors on, so that it comes before the setting.
    func language(_ setting: Language?) -> Language {
        let asked = request.headers[.acceptLanguage].flatMap(Language.accepted(by:))
        if identified?.token != nil { return asked ?? setting ?? .standard }
        return setting ?? cookies["resolute-language"].flatMap(Language.init(rawValue:)) ?? asked ?? .standard
    }
}
