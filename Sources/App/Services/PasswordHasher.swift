import CArgon2
import Foundation
import Synchronization

/// Passwords into Argon2id hashes (PHC strings) and back to yes or no.
///
/// One hash costs about 25 ms of a core and 19 MiB, so it runs on a queue of its own: two at once, a few more
/// waiting, and beyond that the caller hears ``AppError/unavailable(retryAfter:)`` instead of the whole server waiting.
public struct PasswordHasher: Sendable {
    /// What one hash costs. The standard is the first choice of OWASP's password storage sheet.
    public struct Parameters: Sendable, Equatable {
        public var kibibytes: UInt32
        public var passes: UInt32
        public var lanes: UInt32

        public static let standard = Parameters(kibibytes: 19 * 1024, passes: 2, lanes: 1)

        public init(kibibytes: UInt32, passes: UInt32, lanes: UInt32) {
            self.kibibytes = kibibytes
            self.passes = passes
            self.lanes = lanes
        }
    }

    /// libargon2 refused: its code, as in `argon2.h`.
    public struct Failure: Error, Sendable, Equatable {
        public let code: Int32
    }

    let parameters: Parameters
    private let queue: BoundedQueue
    private let counter = Counter()

    public init(parameters: Parameters = .standard, atOnce: Int = 2, waiting: Int = 32) {
        self.parameters = parameters
        queue = BoundedQueue(label: "resolute.passwords", atOnce: atOnce, waiting: waiting)
    }

    /// How many hashes were computed since the start: what a test of the account oracle compares.
    public var computed: Int { counter.value.load(ordering: .relaxed) }

    /// A PHC string with a fresh salt of 16 random bytes.
    public func hash(_ password: String) async throws -> String {
        let secret = Self.bytes(password)
        return try await run { parameters in
            try Argon2.encode(secret, salt: Random.bytes(16), parameters)
        }
    }

    /// Whether the password made the hash. Without a hash (an unknown account) the same work is done for a no.
    public func verify(_ password: String, _ hash: String?) async throws -> Bool {
        let secret = Self.bytes(password)
        return try await run { parameters in
            guard let hash else {
                try Argon2.waste(secret, parameters)
                return false
            }
            return try Argon2.verify(secret, hash)
        }
    }

    /// The hash was made with other parameters than today's: store a new one when the password is at hand.
    public func isOutdated(_ hash: String) -> Bool {
        let cost = "m=\(parameters.kibibytes),t=\(parameters.passes),p=\(parameters.lanes)"
        return !hash.hasPrefix("$argon2id$v=19$\(cost)$")
    }

    /// The same characters typed on another keyboard must be the same password: NFC.
    private static func bytes(_ password: String) -> [UInt8] {
        Array(password.precomposedStringWithCanonicalMapping.utf8)
    }

    private func run<T: Sendable>(_ work: @escaping @Sendable (Parameters) throws -> T) async throws -> T {
        let (parameters, counter) = (parameters, counter)
        return try await withCheckedThrowingContinuation { continuation in
            let accepted = queue.submit {
                counter.value.add(1, ordering: .relaxed)
                continuation.resume(with: Result { try work(parameters) })
            }
            if !accepted { continuation.resume(throwing: AppError.unavailable(retryAfter: .seconds(2))) }
        }
    }

    private final class Counter: Sendable {
        let value = Atomic<Int>(0)
    }
}

/// The three calls of libargon2 that we use, with Swift's types around them.
private enum Argon2 {
    static let hashLength = 32

    static func encode(_ secret: [UInt8], salt: [UInt8], _ cost: PasswordHasher.Parameters) throws -> String {
        let length = argon2_encodedlen(
            cost.passes, cost.kibibytes, cost.lanes, UInt32(clamping: salt.count), UInt32(hashLength), Argon2_id)
        var encoded = [CChar](repeating: 0, count: length)
        let code = argon2id_hash_encoded(
            cost.passes, cost.kibibytes, cost.lanes, secret, secret.count, salt, salt.count, hashLength, &encoded,
            length)
        guard code == ARGON2_OK.rawValue else { throw PasswordHasher.Failure(code: code) }
        return String(decoding: encoded.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    static func verify(_ secret: [UInt8], _ hash: String) throws -> Bool {
        let code = argon2id_verify(hash, secret, secret.count)
        if code == ARGON2_VERIFY_MISMATCH.rawValue { return false }
        guard code == ARGON2_OK.rawValue else { throw PasswordHasher.Failure(code: code) }
        return true
    }

    static func waste(_ secret: [UInt8], _ cost: PasswordHasher.Parameters) throws {
        let salt = [UInt8](repeating: 0, count: 16)
        var hash = [UInt8](repeating: 0, count: hashLength)
        let code = argon2id_hash_raw(
            cost.passes, cost.kibibytes, cost.lanes, secret, secret.count, salt, salt.count, &hash, hashLength)
        guard code == ARGON2_OK.rawValue else { throw PasswordHasher.Failure(code: code) }
    }
}
