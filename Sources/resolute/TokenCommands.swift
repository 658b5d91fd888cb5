public import App
public import ArgumentParser
import Foundation

/// `resolute token …`: keys of programs that use the API.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Add, list and revoke API tokens.",
        subcommands: [TokenAdd.self, TokenList.self, TokenRevoke.self])
}

extension APIToken.Scope: ExpressibleByArgument {}

/// `resolute token add --sign-in an.nguyen --scope read --days 30 --name "Monthly report"`
struct TokenAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Make a token for an account's first office and print it, this once.")

    @OptionGroup var data: DataOptions
    @Option(help: "Sign-in name of the account.") var signIn: String
    @Option(help: "read only looks; write may do what the office may do.") var scope: APIToken.Scope = .read
    @Option(help: "Days of life, 1 to \(TokenStore.longestLife).") var days = 30
    @Option(help: "Which program uses it.") var name: String

    func run() async throws {
        try await data.withApplication { services in
            let draft = try TokenDraft(name: name, scope: scope, days: days)
            let (token, text) = try await AccountDesk(services).issueToken(signIn: signIn, draft)
            Terminal.note("Token \(token.uid.text), \(scope.rawValue), until \(token.expiresAt.text). Not shown again:")
            Terminal.say(text)
        }
    }
}

/// `resolute token list [--sign-in X]`
struct TokenList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the tokens, newest first.")

    @OptionGroup var data: DataOptions
    @Option(help: "Only those of this account.") var signIn: String?

    func run() async throws {
        try await data.withApplication { services in
            let now = services.clock.now()
            for row in try await AccountDesk(services).tokens(signIn: signIn) {
                let token = row.token
                let state = token.revokedAt != nil ? "revoked" : now < token.expiresAt ? "valid" : "expired"
                let fields = [
                    token.uid.text, state, token.scope.rawValue, token.expiresAt.text, row.signIn, row.officeTitle,
                    token.name,
                ]
                Terminal.say(fields.joined(separator: "\t"))
            }
        }
    }
}

/// `resolute token revoke UID`
struct TokenRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "revoke", abstract: "End a token at once.")

    @OptionGroup var data: DataOptions
    @Argument(help: "Uid of the token, as `resolute token list` prints it.") var token: String

    func run() async throws {
        guard let uid = UID(parsing: token) else {
            throw CommandFailure("\(token) is not the uid of a token. `resolute token list` prints them.", exitCode: 64)
        }
        try await data.withApplication { try await AccountDesk($0).revokeToken(uid) }
        Terminal.say("\(token) is revoked.")
    }
}
