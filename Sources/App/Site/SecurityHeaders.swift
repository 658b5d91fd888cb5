import HTTPTypes

/// What every answer carries so that a browser does only what we mean.
enum SecurityHeaders {
    /// Nothing inline, nothing from elsewhere; forms go only to us; nobody frames us.
    static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'",
        "connect-src 'self'", "manifest-src 'self'", "form-action 'self'", "base-uri 'none'",
        "frame-ancestors 'none'",
    ].joined(separator: "; ")

    private static let fixed: [(HTTPField.Name, String)] = [
        ("Content-Security-Policy", policy),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ].compactMap { name, value in HTTPField.Name(name).map { ($0, value) } }

    static func add(to headers: inout HTTPFields, secure: Bool) {
        for (name, value) in fixed where headers[name] == nil { headers[name] = value }
        if secure { headers[.strictTransportSecurity] = "max-age=31536000; includeSubDomains" }
    }
}
