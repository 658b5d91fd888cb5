import Foundation
import HTTPTypes
import HummingbirdCore
import Logging
import Storage

/// The one place where an error becomes an answer: a page for people, RFC 9457 JSON under `/api`.
enum Failures {
    struct Failure {
        var status: HTTPResponse.Status
        /// Key of the explanation; `error.<status>.text` when there is nothing better to say.
        var message: Message?
        var problems: [Problem] = []
        var retryAfter: Duration?
        var headers: HTTPFields = [:]
    }

    static func answer(_ error: any Error, _ visit: Visit) -> Answer {
        let failure = describe(error)
        if failure.status.code == 500 {
            visit.services.logger.error(
                "unexpected error",
                metadata: ["request": "\(visit.requestID)", "error": "\(error)", "path": "\(visit.request.uri.path)"])
        }
        let isAPI = visit.request.uri.path.hasPrefix("/api/")
        if !isAPI, let way = wayBack(error as? AppError, visit) { return way }
        var answer = isAPI ? problem(failure, visit) : page(failure, visit)
        for field in failure.headers { answer.headers[field.name] = field.value }
        if let wait = failure.retryAfter { answer.headers[.retryAfter] = String(max(1, wait.components.seconds)) }
        answer.headers[.cacheControl] = "no-store"
        if failure.status == .unauthorized { answer.headers[.wwwAuthenticate] = "Bearer realm=\"resolute\"" }
        return answer
    }

    /// A person without a session signs in and comes back, with what was typed.
    private static func wayBack(_ error: AppError?, _ visit: Visit) -> Answer? {
        switch error {
        case .unauthenticated?:
            guard let carried = CarriedForm(refused: visit) else {
                return visit.redirect(to: "/sign-in?return=" + URLText.query(back(visit)))
            }
            return unstored(visit.html(signInPage(visit.page, Fields(), carried: carried), status: .unauthorized))
        case .confirmationNeeded?:
            guard let carried = CarriedForm(refused: visit) else {
                return visit.redirect(to: "/confirmation?return=" + URLText.query(back(visit)))
            }
            return unstored(visit.html(confirmationPage(visit.page, Fields(), carried: carried), status: .forbidden))
        case .staleForm?:
            return CarriedForm(refused: visit).map { carried in
                unstored(visit.html(carriedFormPage(visit.page, carried), status: .forbidden))
            }
        default: return nil
        }
    }

    private static func back(_ visit: Visit) -> String {
        isRead(visit) ? visit.page.location : visit.request.headers[.referer].flatMap(localPath) ?? "/"
    }

    private static func unstored(_ answer: Answer) -> Answer { answer.with(.cacheControl, "no-store") }

    private static func localPath(_ referer: String) -> String? {
        guard let scheme = referer.range(of: "://"),
            let slash = referer[scheme.upperBound...].firstIndex(of: "/")
        else { return nil }
        return String(referer[slash...])
    }

    private static func page(_ failure: Failure, _ visit: Visit) -> Answer {
        let page = visit.page, code = failure.status.code
        var text = page.t(failure.message ?? Message("error.\(code).text"))
        if failure.message == nil, !failure.problems.isEmpty {
            text = failure.problems.map { "\($0.field): \(page.t($0.message))" }.joined(separator: " ")
        }
        // What was asked of a list can be mended, or taken back alone.
        let isRead = isRead(visit) && !failure.problems.isEmpty, path = visit.request.uri.path
        let asked = failure.problems.filter { $0.field != "after" }
        let question = isRead && !asked.isEmpty ? questionForm(page, path: path, visit.query, asked) : .empty
        if !question.isEmpty { text = page.t("error.question.text") }
        return visit.html(
            errorPage(
                page, status: code, title: page.t("error.\(code).title"), text: text, requestID: visit.requestID,
                whole: isRead ? path : nil, record: code == 409 || code == 412 ? record(visit) : nil,
                written: code == 409 || code == 412 ? written(visit) : [],
                question: question),
            status: failure.status)
    }

    /// What somebody wrote in a form that somebody else's act has made impossible: texts, which have spaces in them,
    /// where names and codes have none. The form's token was good, or nothing would have been tried.
    private static func written(_ visit: Visit) -> [String] {
        guard visit.method == .post, let form = try? visit.form() else { return [] }
        return form.raw.filter { !CarriedForm.secrets.contains($0.key) && $0.value.contains(where: \.isWhitespace) }
            .sorted { $0.key < $1.key }.map(\.value)
    }

    /// Of `/documents/<uid>/issue` the record, which shows what has become of it meanwhile.
    private static func record(_ visit: Visit) -> String? {
        let steps = visit.request.uri.path.split(separator: "/")
        guard let uid = steps.firstIndex(where: { UID(parsing: $0) != nil }) else { return nil }
        return "/" + steps[...uid].joined(separator: "/")
    }

    private static func isRead(_ visit: Visit) -> Bool {
        visit.request.method == .get || visit.request.method == .head
    }

    private static func problem(_ failure: Failure, _ visit: Visit) -> Answer {
        let page = visit.page, code = failure.status.code
        var members: [(String, JSONValue)] = [
            ("type", "about:blank"), ("title", .text(page.t("error.\(code).title"))), ("status", .int(Int64(code))),
            ("detail", .text(page.t(failure.message ?? Message("error.\(code).text")))),
            ("instance", .text("urn:uuid:" + visit.requestID)),
        ]
        if !failure.problems.isEmpty {
            members.append(("errors", .list(failure.problems.map { json($0, page) })))
        }
        var answer = visit.json(.object(members), status: failure.status)
        answer.headers[.contentType] = "application/problem+json"
        return answer
    }

    private static func json(_ problem: Problem, _ page: PageContext) -> JSONValue {
        .object([
            ("field", .text(problem.field)), ("line", problem.line.map { .int(Int64($0)) } ?? .null),
            ("code", .text(problem.message.key)), ("message", .text(page.t(problem.message))),
        ])
    }

    static func describe(_ error: any Error) -> Failure {
        switch error {
        case let error as AppError: describe(error)
        case let error as StorageError: describe(error)
        case is CancellationError: Failure(status: .serviceUnavailable, retryAfter: .seconds(1))
        default: Failure(status: .internalServerError)
        }
    }

    private static func describe(_ error: AppError) -> Failure {
        switch error {
        case .notFound: Failure(status: .notFound)
        case .forbidden(let message): Failure(status: .forbidden, message: message)
        case .unauthenticated: Failure(status: .unauthorized)
        case .confirmationNeeded: Failure(status: .forbidden, message: Message("error.confirmation"))
        case .staleForm: Failure(status: .forbidden, message: Message("error.forgery"))
        case .malformed(let message): Failure(status: .badRequest, message: message)
        case .invalid(let problems): Failure(status: .unprocessableContent, problems: problems)
        case .conflict(let message): Failure(status: .conflict, message: message)
        case .stale(let message, _): Failure(status: .preconditionFailed, message: message)
        case .preconditionRequired: Failure(status: .preconditionRequired)
        case .tooLarge(let limit):
            Failure(
                status: .contentTooLarge,
                message: limit < 1 << 20
                    ? Message("error.413.limit", ["limit": .number(max(1, limit >> 10))])
                    : Message("error.413.limit_large", ["limit": .number(limit >> 20)]))
        case .tooMany(let wait):
            Failure(status: .tooManyRequests, retryAfter: wait)
        case .unavailable(let wait): Failure(status: .serviceUnavailable, retryAfter: wait)
        case .methodNotAllowed(let methods):
            Failure(status: .methodNotAllowed, headers: [.allow: methods.joined(separator: ", ")])
        case .unsupportedMediaType(let wanted):
            Failure(status: .unsupportedMediaType, message: Message("error.415.wanted", ["type": .text(wanted)]))
        case .requestTimeout: Failure(status: .requestTimeout)
        }
    }

    private static func describe(_ error: StorageError) -> Failure {
        switch error {
        case .unique: Failure(status: .conflict, message: Message("error.taken"))
        case .foreignKey: Failure(status: .conflict, message: Message("error.in_use"))
        case .check, .notNull: Failure(status: .unprocessableContent, message: Message("error.out_of_range"))
        case .busy: Failure(status: .serviceUnavailable, retryAfter: .seconds(1))
        case .timeout, .cancelled, .unavailable, .disk: Failure(status: .serviceUnavailable, retryAfter: .seconds(5))
        case .decoding, .migration, .other: Failure(status: .internalServerError)
        }
    }
}
