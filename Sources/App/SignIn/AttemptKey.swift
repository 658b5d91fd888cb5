import Crypto
import Foundation

/// What failures are counted by: an account, a signed-in person, an address.
struct AttemptKey: Sendable, Hashable {
    /// How many failures are borne and how they are forgotten.
    struct Policy: Sendable, Hashable {
        /// The failure that reaches this number blocks.
        let limit: Int
        /// One failure is forgotten after so long.
        let forgetting: Duration
        /// The first block; each further failure doubles it.
        let block: Duration
        /// No block is longer.
        let longest: Duration

        /// Ten, then 1, 2, 4 … 30 minutes.
        static let account = Policy(
            limit: 10, forgetting: .seconds(30 * 60), block: .seconds(60), longest: .seconds(30 * 60))
        /// A burst of fifty, then as many in each quarter of an hour: a whole office may share one address.
        static let address = Policy(limit: 50, forgetting: .seconds(18), block: .seconds(18), longest: .seconds(18))
        /// A burst of a hundred wrong tokens, then as many in each quarter of an hour.
        static let bearer = Policy(limit: 100, forgetting: .seconds(9), block: .seconds(9), longest: .seconds(9))
    }

    /// The key in the table.
    let text: String
    let policy: Policy
    /// Whether a success wipes out what was counted; an attacker with one good account must not wipe an address.
    let isClearedBySuccess: Bool

    /// Whatever was typed as a sign-in, known or not. A digest, since people type passwords into the wrong field.
    static func account(_ typed: String) -> AttemptKey {
        let folded = SignInName.folded(typed)
        let digest = Array(SHA256.hash(data: Data(folded.utf8)))
        return AttemptKey(text: "a:" + Base64URL.encode(digest), policy: .account, isClearedBySuccess: true)
    }

    /// Somebody who is signed in and gives the password again: apart from the account's own count, so that a stranger
    /// who guesses at the door does not lock out the person inside.
    static func person(_ uid: UID) -> AttemptKey {
        AttemptKey(text: "p:" + uid.text, policy: .account, isClearedBySuccess: true)
    }

    static func address(_ address: String) -> AttemptKey {
        AttemptKey(text: "i:" + network(of: address), policy: .address, isClearedBySuccess: false)
    }

    static func bearer(address: String) -> AttemptKey {
        AttemptKey(text: "t:" + network(of: address), policy: .bearer, isClearedBySuccess: false)
    }

    /// Links of invitations that open nothing.
    static func invitation(address: String) -> AttemptKey {
        AttemptKey(text: "n:" + network(of: address), policy: .address, isClearedBySuccess: false)
    }

    /// What is tried with one link that opens something.
    static func link(_ secret: Secret) -> AttemptKey {
        AttemptKey(text: "l:" + Base64URL.encode(secret.digest), policy: .account, isClearedBySuccess: true)
    }

    /// An IPv4 address, also when written inside IPv6; of an IPv6 address the /64, which one household owns whole.
    static func network(of address: String) -> String {
        let bare = String(address.split(separator: "%", maxSplits: 1).first ?? "")
        var four = in_addr()
        if inet_pton(AF_INET, bare, &four) == 1 { return bare }
        var six = in6_addr()
        guard inet_pton(AF_INET6, bare, &six) == 1 else { return String(bare.prefix(60)) }
        let bytes = withUnsafeBytes(of: &six) { Array($0) }
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        if bytes.starts(with: mapped) { return bytes.suffix(4).map { String($0) }.joined(separator: ".") }
        return bytes.prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "/64"
    }
}
