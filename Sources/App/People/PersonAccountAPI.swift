import HTTPTypes
import Hummingbird
import Storage

/// The account of a person in `/api/v1`, for whoever may manage it: whether they can sign in, and that they cannot.
struct PersonAccountAPI {
    var routes: [Route] {
        let one = "/api/v1/people/{person}/account"
        return [
            Route(.get, one, operation: Self.reading, show),
            Route(.post, one + "/disablement", operation: Self.disabling, disable),
            Route(.post, one + "/enablement", for: .confirmed, operation: Self.enabling, enable),
            Route(.post, one + "/unlocking", operation: Self.unlocking, unlock),
        ]
    }

    func show(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("person")
        return visit.json(try await visit.database.read { tx in try body(visit.people(tx), uid) })
    }

    func disable(_ visit: Visit) async throws -> Answer {
        try await change(visit) { try $0.disableAccount($1, at: visit.now) }
    }

    func enable(_ visit: Visit) async throws -> Answer {
        try await change(visit) { try $0.enableAccount($1, at: visit.now) }
    }

    func unlock(_ visit: Visit) async throws -> Answer {
        try await change(visit) { try $0.unlockAccount($1, at: visit.now) }
    }

    private func change(
        _ visit: Visit, _ act: @escaping @Sendable (PersonStore, PersonRow) throws -> Void
    ) async throws -> Answer {
        let uid = try visit.uid("person")
        return try await visit.change { tx in
            let store = visit.people(tx)
            try act(store, try store.find(uid))
            return ChangeAnswer(body: try body(store, uid))
        }
    }

    private func body(_ store: PersonStore, _ uid: UID) throws -> JSONValue {
        guard let account = try store.detail(uid).account else {
            throw AppError.forbidden(Message("person.may_not_change"))
        }
        return .object([("sign_in", .optional(account.signIn)), ("disabled", .bool(account.isDisabled))])
    }

    private static let answer = APISchema.record(["sign_in": .nullable(.string), "disabled": .boolean])
    static let reading = APIOperation(
        "The account of a person; without a name to sign in with there is none.", tag: "people", answer: answer)
    static let disabling = APIOperation(
        "Disable an account: sessions and tokens end at once.", tag: "people", answer: answer, errors: [409])
    static let enabling = APIOperation("Enable an account again.", tag: "people", answer: answer)
    static let unlocking = APIOperation(
        "Let somebody try again who typed too many wrong passwords.", tag: "people", answer: answer)
}
