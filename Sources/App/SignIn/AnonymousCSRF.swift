import Crypto
import Foundation

/// Guards the forms of somebody without a session, the sign-in form above all: a random cookie and, in each form, a
/// digest of it. Another site's page can send neither the right pair nor, with `__Host-`, plant a cookie of its own.
///
/// The second line, the origin that the browser reports, is drawn by the same guard that compares this token.
struct AnonymousCSRF: Sendable {
    /// What each form carries.
    let token: String
    /// Value of `Set-Cookie` when the browser had no cookie yet.
    let cookie: String?

    init(cookies: Cookies, secure: Bool = false) {
        let name = secure ? "__Host-resolute-form" : "resolute-form"
        if let sent = cookies[name], Base64URL.decode(sent)?.count == 32 {
            token = Self.token(sent)
            cookie = nil
        } else {
            let fresh = Base64URL.encode(Random.bytes(32))
            token = Self.token(fresh)
            cookie = "\(name)=\(fresh); Path=/; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "")
        }
    }

    private static func token(_ cookie: String) -> String {
        let key = SymmetricKey(data: Data(cookie.utf8))
        return Base64URL.encode(Array(HMAC<SHA256>.authenticationCode(for: Data("anonymous form".utf8), using: key)))
    }
}
