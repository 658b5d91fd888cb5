import Foundation

/// What the next page says once: a message key with its arguments, in a cookie of one minute.
///
/// Everything in it is escaped when shown, and only keys of our catalogue become words, so it needs no signature.
enum FlashCookie {
    static func name(secure: Bool) -> String { secure ? "__Host-flash" : "flash" }

    static func set(_ message: Message, secure: Bool) -> String {
        let payload = [message.key: message.arguments.mapValues(written)]
        let bytes = (try? JSONEncoder().encode(payload)).map { Array($0) } ?? []
        return cookie(Base64URL.encode(bytes), age: 60, secure: secure)
    }

    static func clear(secure: Bool) -> String { cookie("", age: 0, secure: secure) }

    static func read(_ cookies: Cookies, secure: Bool) -> Message? {
        guard let value = cookies[name(secure: secure)], value.utf8.count <= 2_000,
            let bytes = Base64URL.decode(value),
            let payload = try? JSONDecoder().decode([String: [String: String]].self, from: Data(bytes)),
            let (key, arguments) = payload.first, payload.count == 1
        else { return nil }
        return Message(key, arguments.mapValues(argument))
    }

    /// The kind in one letter, then the value: it is written in the reader's language only when it is shown.
    private static func written(_ argument: Message.Argument) -> String {
        switch argument {
        case .text(let text): "t" + text
        case .number(let number): "n" + String(number)
        case .day(let day): "d" + day.text
        case .key(let key): "k" + key
        }
    }

    private static func argument(_ written: String) -> Message.Argument {
        let value = String(written.dropFirst())
        switch written.first {
        case "n": return Int(value).map { .number($0) } ?? .text(value)
        case "d": return Day(parsing: value).map { .day($0) } ?? .text(value)
        case "k": return .key(value)
        default: return .text(value)
        }
    }

    private static func cookie(_ value: String, age: Int, secure: Bool) -> String {
        "\(name(secure: secure))=\(value); Path=/; Max-Age=\(age); HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "")
    }
}
