import Foundation

/// What the next page says once: a message key with its arguments, in a cookie of one minute.
///
/// Everything in it is escaped when shown, and only keys of our catalogue become words, so it needs no signature.
enum FlashCookie {
    static func name(secure: Bool) -> String { secure ? "__Host-flash" : "flash" }

    static func set(_ message: Message, secure: Bool) -> String {
        var arguments: [String: String] = [:]
        for (name, argument) in message.arguments {
            switch argument {
            case .text(let text): arguments[name] = text
            case .number(let number): arguments[name] = String(number)
            case .day(let day): arguments[name] = day.text
            case .key(let key): arguments[name] = key
            }
        }
        let payload = [message.key: arguments]
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
        return Message(key, arguments.mapValues { .text($0) })
    }

    private static func cookie(_ value: String, age: Int, secure: Bool) -> String {
        "\(name(secure: secure))=\(value); Path=/; Max-Age=\(age); HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "")
    }
}
