import HTTPTypes
import Storage

/// What the office in use was told, for people.
struct NoticePages {
    var routes: [Route] {
        [
            .get("/notices", index),
            .post("/notices/reading", bodyLimit: 16_384, readAll),
            .post("/notices/{notice}/reading", bodyLimit: 16_384, read),
        ]
    }

    func index(_ visit: Visit) async throws -> Answer {
        let asked = try NoticeListRequest(visit)
        let list = try await visit.notices { try $0.list(unreadOnly: asked.unreadOnly, page: asked.page) }
        return visit.html(noticesPage(list, asked, visit.page, now: visit.now))
    }

    func read(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("notice")
        try await visit.changeNotices { store, now in try store.read(uid, at: now) }
        return visit.redirect(to: "/notices")
    }

    func readAll(_ visit: Visit) async throws -> Answer {
        let fields = try visit.form()
        let until = Instant(parsing: fields["until"]) ?? visit.now
        let count = try await visit.changeNotices { store, now in try store.readAll(until: until, at: now) }
        return visit.redirect(to: "/notices", flash: Message("notice.flash.read_all", ["count": .number(count)]))
    }
}

extension Visit {
    /// Reads the notices of the viewer of this visit.
    func notices<T: Sendable>(_ body: @escaping @Sendable (NoticeStore) throws -> T) async throws -> T {
        let (viewer, today) = (viewer, today)
        return try await database.read { tx in try body(NoticeStore(tx: tx, viewer: viewer, today: today)) }
    }

    @discardableResult
    func changeNotices<T: Sendable>(_ body: @escaping @Sendable (NoticeStore, Instant) throws -> T) async throws -> T {
        let (viewer, today, now) = (viewer, today, now)
        return try await database.write { tx in try body(NoticeStore(tx: tx, viewer: viewer, today: today), now) }
    }
}

/// What the list is asked for.
struct NoticeListRequest: Sendable {
    enum Which: String, CaseIterable, Sendable {
        case all, unread
    }

    let unreadOnly: Bool
    let page: PageRequest

    init(_ visit: Visit) throws(AppError) {
        var query = visit.query
        let which = query.choice("which", of: Which.self, required: false)
        try query.problems.check()
        unreadOnly = which == .unread
        page = try visit.listRequest(cursorParts: NoticeStore.cursorParts)
    }

    func link(after cursor: Cursor? = nil) -> String {
        let which = unreadOnly ? Which.unread.rawValue : ""
        return URLText.link("/notices", ["which": which, "after": cursor?.text ?? ""])
    }
}
