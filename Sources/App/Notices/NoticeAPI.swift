import HTTPTypes
import Storage

/// One's own notices, for programs: those of the office that the token acts in.
struct NoticeAPI {
    var routes: [Route] {
        [
            Route(.get, "/api/v1/notices", operation: Self.listing, index),
            Route(.post, "/api/v1/notices/reading", operation: Self.readingAll, readAll),
            Route(.post, "/api/v1/notices/{notice}/reading", operation: Self.reading, read),
        ]
    }

    func index(_ visit: Visit) async throws -> Answer {
        let asked = try NoticeListRequest(visit)
        let list = try await visit.notices { try $0.list(unreadOnly: asked.unreadOnly, page: asked.page) }
        return visit.json(list.map(NoticeBody.init))
    }

    func read(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("notice")
        let (viewer, today, now) = (visit.viewer, visit.today, visit.now)
        return try await visit.change { tx in
            let row = try NoticeStore(tx: tx, viewer: viewer, today: today).read(uid, at: now)
            return ChangeAnswer(body: NoticeBody(row: row).json)
        }
    }

    func readAll(_ visit: Visit) async throws -> Answer {
        let (viewer, today, now) = (visit.viewer, visit.today, visit.now)
        return try await visit.change { tx in
            let count = try NoticeStore(tx: tx, viewer: viewer, today: today).readAll(until: now, at: now)
            return ChangeAnswer(body: .object([("read", .int(Int64(count)))]))
        }
    }

    static let listing = APIOperation(
        "What your office was told, unread first", tag: "notices",
        query: [APIParameter("which", .choice(NoticeListRequest.Which.allCases.map(\.rawValue)), "all otherwise.")]
            + APIParameter.paging, answer: .page(NoticeBody.schema))
    static let reading = APIOperation("Mark one notice as read", tag: "notices", answer: NoticeBody.schema)
    static let readingAll = APIOperation(
        "Mark all of your office's notices as read", tag: "notices", answer: .record(["read": .integer]))
}

/// A notice with the name of its record.
struct NoticeBody: APIBody, Sendable {
    let row: NoticeRow

    var json: JSONValue {
        let notice = row.notice
        return .object([
            ("uid", .text(notice.uid.text)), ("kind", .text(notice.kind.rawValue)),
            ("subject_kind", .text(notice.subject.kind.rawValue)), ("subject", .text(notice.subject.uid.text)),
            ("title", .text(row.subject.title)), ("unit_name", .text(row.subject.unit)),
            ("due_on", .day(notice.due)), ("day", .day(notice.day)), ("at", .text(notice.at.text)),
            ("read_at", .optional(notice.readAt?.text)),
        ])
    }

    static let schema = APISchema.record([
        "uid": .uid, "kind": .choice(Notice.Kind.allCases.map(\.rawValue)),
        "subject_kind": .choice(NoticeSource.sources.map(\.kind.rawValue)), "subject": .uid, "title": .string,
        "unit_name": .string, "due_on": .nullable(.day), "day": .day, "at": .instant, "read_at": .nullable(.instant),
    ])
}
