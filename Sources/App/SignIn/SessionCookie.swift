/// The cookie that carries a session, and the reading of the `Cookie` header.
///
/// `__Host-` binds the cookie to this host, to `/` and to https; browsers refuse the prefix without https, so plain
/// loopback uses a plain name.
public enum SessionCookie {
    public static func name(_ configuration: Configuration) -> String {
        configuration.isSecure ? "__Host-resolute" : "resolute"
    }

    /// Value of `Set-Cookie` that hands the secret to the browser until it is closed.
    static func set(_ secret: Secret, _ configuration: Configuration) -> String {
        cookie(name(configuration), secret.text, configuration)
    }

    /// Value of `Set-Cookie` that takes the cookie back.
    static func clear(_ configuration: Configuration) -> String {
        cookie(name(configuration), "", configuration) + "; Max-Age=0"
    }

    /// The session's secret in a `Cookie` header.
    static func secret(in header: String?, _ configuration: Configuration) -> Secret? {
        value(of: name(configuration), in: header).map { Secret(text: $0) }
    }

    /// The value of a cookie. Nil when it is missing, empty, too long or there twice: of two, one may be planted.
    static func value(of name: String, in header: String?) -> String? {
        guard let found = Cookies(header: header)[name], !found.isEmpty, found.utf8.count <= 200 else { return nil }
        return found
    }

    static func cookie(_ name: String, _ value: String, _ configuration: Configuration) -> String {
        "\(name)=\(value); Path=/; HttpOnly; SameSite=Lax" + (configuration.isSecure ? "; Secure" : "")
    }
}

/// The language that somebody chose, also before signing in. Not a secret, so it is kept for a year.
public enum LanguageCookie {
    static let name = "resolute-language"

    public static func language(in header: String?) -> Language? {
        SessionCookie.value(of: name, in: header).flatMap(Language.init(rawValue:))
    }

    static func set(_ language: Language, _ configuration: Configuration) -> String {
        SessionCookie.cookie(name, language.rawValue, configuration) + "; Max-Age=31536000"
    }
}
