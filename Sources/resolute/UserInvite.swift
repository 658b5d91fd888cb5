import App
import ArgumentParser
import Foundation

/// `resolute user invite --person UID [--days 7] [--base-url https://resolute.example.vn]`
struct UserInvite: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invite",
        abstract: "Make a link by which somebody makes an account, or chooses a new password; printed this once.",
        discussion: "An older link of the same person is good no longer. --revoke takes a link back.")

    @OptionGroup var data: DataOptions
    @Option(help: "Uid of the person: the last part of the address of their page.") var person: String?
    @Option(help: "Sign-in name, for somebody who has an account and lost the password.") var signIn: String?
    @Option(help: "Days for which the link is good, 1 to 30.") var days = 7
    @Option(name: .customLong("base-url"), help: "What people type to reach this installation.")
    var baseURL = "http://127.0.0.1:8080"
    @Option(help: "Uid of a link that is to be good no longer.") var revoke: String?

    func validate() throws {
        let asked = [person, signIn, revoke].compactMap { $0 }
        guard asked.count == 1 else { throw ValidationError("Give one of --person, --sign-in and --revoke.") }
    }

    func run() async throws {
        try await data.withApplication { services in
            let desk = AccountDesk(services)
            if let revoke {
                try await desk.revokeInvitation(try PersonArgument.uid(revoke))
                Terminal.say("\(revoke) is good no longer.")
                return
            }
            let uid =
                if let signIn { try await desk.person(signIn: signIn) } else { try PersonArgument.uid(person ?? "") }
            let (invitation, path) = try await desk.invite(uid, days: days)
            let base = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
            let purpose = invitation.purpose == .account ? "a new account" : "a new password"
            Terminal.note(
                "Link \(invitation.uid.text) for \(purpose), good once until \(invitation.expiresAt.text). Not shown again:"
            )
            Terminal.say(base + path)
        }
    }
}

/// `resolute user invitations UID`
struct UserInvitations: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invitations",
        abstract:
            "The links that a person was given: uid, purpose, made, good until, state. `user invite --revoke` ends one."
    )

    @OptionGroup var data: DataOptions
    @Argument(help: "Uid of the person: the last part of the address of their page.") var person: String

    func run() async throws {
        let uid = try PersonArgument.uid(person)
        try await data.withApplication { services in
            let now = services.clock.now()
            for link in try await AccountDesk(services).invitations(of: uid) {
                let cells = [
                    link.uid.text, link.purpose.rawValue, link.createdAt.text, link.expiresAt.text, state(link, now),
                ]
                Terminal.say(cells.joined(separator: "\t"))
            }
        }
    }

    private func state(_ link: Invitation, _ now: Instant) -> String {
        if link.usedAt != nil { return "used" }
        if link.revokedAt != nil { return "revoked" }
        return link.isAlive(at: now) ? "good" : "over"
    }
}

enum PersonArgument {
    static func uid(_ text: String) throws(CommandFailure) -> UID {
        guard let uid = UID(parsing: text) else {
            throw CommandFailure("\(text) is not a uid such as 01932d3e-8a4b-7c7a-9e0f-4d5c6b7a8990.", exitCode: 64)
        }
        return uid
    }
}
