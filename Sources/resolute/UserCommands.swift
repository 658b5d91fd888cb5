import App
import ArgumentParser
import Foundation

/// `resolute user …`: accounts, for whoever has the data folder. Offices and rights are given on the person's page.
struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Add, invite, list, disable, enable and unlock accounts; set passwords.",
        subcommands: [
            UserAdd.self, UserInvite.self, UserInvitations.self, UserList.self, UserDisable.self, UserEnable.self,
            UserUnlock.self,
            UserPassword.self,
        ])
}

/// `resolute user add --name "Nguyễn Thị An" --sign-in an.nguyen`
struct UserAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Make an account for a new person, or for one who is recorded already.")

    @OptionGroup var data: DataOptions
    @Option(help: "Full name of a new person.") var name: String?
    @Option(help: "Uid of a person who is recorded already, instead of --name.") var person: String?
    @Option(help: "3 to 64 letters, digits and . - _ @") var signIn: String
    @Flag(help: "Read the password from standard input, one line.") var passwordStdin = false

    func validate() throws {
        guard (name == nil) != (person == nil) else { throw ValidationError("Give either --name or --person.") }
    }

    func run() async throws {
        try await data.withApplication { services in
            let password = try Terminal.newPassword(fromStandardInput: passwordStdin)
            let desk = AccountDesk(services)
            let account = try await desk.create(try asked(), signIn: signIn, password: password)
            Terminal.say("\(account.signIn) is the account of \(account.personName) (\(account.personUID.text)).")
        }
    }

    private func asked() throws -> AccountDesk.Holder {
        if let name { return .new(name: name) }
        guard let uid = UID(parsing: person ?? "") else {
            throw CommandFailure("--person is not a uid such as 01932d3e-8a4b-7c7a-9e0f-4d5c6b7a8990.", exitCode: 64)
        }
        return .existing(uid)
    }
}

/// `resolute user list`
struct UserList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the accounts.")

    @OptionGroup var data: DataOptions

    func run() async throws {
        try await data.withApplication { services in
            for account in try await AccountDesk(services).accounts() {
                let state = account.isDisabled ? "disabled" : "enabled"
                Terminal.say(
                    [account.signIn, state, account.personUID.text, account.personName].joined(separator: "\t"))
            }
        }
    }
}

/// `resolute user disable SIGN_IN`
struct UserDisable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable", abstract: "Close an account at once: its sessions end, its tokens are revoked.")

    @OptionGroup var data: DataOptions
    @Argument(help: "Sign-in name.") var signIn: String

    func run() async throws {
        try await data.withApplication { try await AccountDesk($0).disable(signIn: signIn) }
        Terminal.say("\(signIn) is disabled.")
    }
}

/// `resolute user enable SIGN_IN`
struct UserEnable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "enable", abstract: "Open a disabled account again.")

    @OptionGroup var data: DataOptions
    @Argument(help: "Sign-in name.") var signIn: String

    func run() async throws {
        try await data.withApplication { try await AccountDesk($0).enable(signIn: signIn) }
        Terminal.say("\(signIn) is enabled.")
    }
}

/// `resolute user unlock SIGN_IN`
struct UserUnlock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unlock", abstract: "Forget the wrong passwords that block an account.")

    @OptionGroup var data: DataOptions
    @Argument(help: "Sign-in name.") var signIn: String

    func run() async throws {
        try await data.withApplication { try await AccountDesk($0).unlock(signIn: signIn) }
        Terminal.say("\(signIn) is unlocked.")
    }
}

/// `resolute user password SIGN_IN`
struct UserPassword: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "password", abstract: "Set a new password; the account's sessions end.")

    @OptionGroup var data: DataOptions
    @Argument(help: "Sign-in name.") var signIn: String
    @Flag(help: "Read the password from standard input, one line.") var passwordStdin = false

    func run() async throws {
        try await data.withApplication { services in
            let password = try Terminal.newPassword(fromStandardInput: passwordStdin)
            try await AccountDesk(services).setPassword(signIn: signIn, password: password)
        }
        Terminal.say("\(signIn) has a new password; its sessions have ended.")
    }
}
