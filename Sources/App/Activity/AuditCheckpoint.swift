public import Crypto
public import Foundation

/// A signed word on where the chain ended at a moment. Kept outside the database, best outside the machine: only
/// with it can a cut-off end, or a chain rewritten from the start, be told from the true one.
public struct AuditCheckpoint: Codable, Sendable, Equatable {
    /// The installation.
    public let origin: String
    public let seq: Int64
    /// Hexadecimal.
    public let chain: String
    public let at: String
    /// Ed25519, hexadecimal.
    public let publicKey: String
    public let signature: String

    private enum CodingKeys: String, CodingKey {
        case origin, seq, chain, at, signature
        case publicKey = "public_key"
    }

    /// Signs the end of the chain.
    public init(
        origin: UID, end: AuditChain.End, at now: Instant, key: Curve25519.Signing.PrivateKey
    ) throws {
        self.origin = origin.text
        seq = end.seq
        chain = Hex.encode(end.chain)
        at = now.text
        publicKey = Hex.encode(Array(key.publicKey.rawRepresentation))
        let text = AuditCheckpoint.text(origin: self.origin, seq: seq, chain: chain, at: at)
        signature = Hex.encode(Array(try key.signature(for: text)))
    }

    /// The signature is that of the key named in the checkpoint.
    public var isSignatureValid: Bool {
        guard let key = Hex.decode(publicKey), let signature = Hex.decode(signature),
            let publicKey = try? Curve25519.Signing.PublicKey(rawRepresentation: key)
        else { return false }
        let text = AuditCheckpoint.text(origin: origin, seq: seq, chain: chain, at: at)
        return publicKey.isValidSignature(signature, for: text)
    }

    /// What is signed: the fields, one a line, under a first line that says what this is.
    private static func text(origin: String, seq: Int64, chain: String, at: String) -> Data {
        Data("resolute-checkpoint-1\n\(origin)\n\(seq)\n\(chain)\n\(at)\n".utf8)
    }

    /// As it is written to a file.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }

    public init(json data: Data) throws { self = try JSONDecoder().decode(AuditCheckpoint.self, from: data) }
}

/// Bytes as lower-case hexadecimal digits.
enum Hex {
    private static let digits = Array("0123456789abcdef".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }

    /// Nil when it is not an even number of hexadecimal digits.
    static func decode(_ text: String) -> [UInt8]? {
        let values = text.map { $0.isASCII ? $0.hexDigitValue : nil }
        guard values.count % 2 == 0, !values.contains(nil) else { return nil }
        return stride(from: 0, to: values.count, by: 2).map { UInt8((values[$0] ?? 0) << 4 | (values[$0 + 1] ?? 0)) }
    }
}
