public import Foundation

/// Who can sign in to a demonstration: made at random for each installation, kept in `DATA/demo-accounts.json`.
public struct DemoAccount: Codable, Sendable, Equatable {
    public let role: String
    public let name: String
    public let signIn: String
    public let password: String
    /// Opens the API with the rights of the account's first office.
    public let token: String

    enum CodingKeys: String, CodingKey {
        case role, name, password, token
        case signIn = "sign_in"
    }

    /// Four groups of letters and digits that cannot be mistaken for one another: 95 bits.
    static func newPassword(using random: inout some RandomNumberGenerator) -> String {
        let letters = Array("abcdefghjkmnpqrstuvwxyz23456789")
        return (0..<4).map { _ in
            String((0..<5).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] })
        }.joined(separator: "-")
    }

    static func file(in folder: URL) -> URL { folder.appending(path: "demo-accounts.json") }

    /// The accounts of this installation; nil when the file is not there.
    public static func read(from folder: URL) throws -> [DemoAccount]? {
        guard let data = try? Data(contentsOf: file(in: folder)) else { return nil }
        return try JSONDecoder().decode([DemoAccount].self, from: data)
    }

    /// Readable for the owner alone from its first byte.
    static func write(_ accounts: [DemoAccount], to folder: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let target = file(in: folder)
        try? FileManager.default.removeItem(at: target)
        let data = try encoder.encode(accounts)
        guard
            FileManager.default.createFile(
                atPath: target.path, contents: data, attributes: [.posixPermissions: 0o600])
        else { throw StartError("\(target.path) cannot be written.", exitCode: 73) }
    }
}
