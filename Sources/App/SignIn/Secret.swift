import Crypto
import Foundation

/// Random bytes from the system's generator, which is cryptographically secure.
enum Random {
    static func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}

/// 32 random bytes that open something, as the holder keeps them; the database keeps only the SHA-256.
///
/// Nobody guesses 256 bits, so a fast digest is enough, and a stolen table opens nothing.
struct Secret: Sendable, Equatable {
    /// Base64url, perhaps behind a prefix that says what it is.
    let text: String

    init(text: String) { self.text = text }

    static func new(prefix: String = "") -> Secret { Secret(text: prefix + Base64URL.encode(Random.bytes(32))) }

    var digest: [UInt8] { Array(SHA256.hash(data: Data(text.utf8))) }
}
