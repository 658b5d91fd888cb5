public import Storage

/// The notices of the viewer's office in use: nobody reads those of another, not even who acts for it, because a mark
/// of reading would take them from whoever they are for.
public struct NoticeStore {
    let tx: Transaction
    let viewer: Viewer
    let today: Day

    public init(tx: Transaction, viewer: Viewer, today: Day) {
        self.tx = tx
        self.viewer = viewer
        self.today = today
    }

    /// Parts of a cursor of ``list(unreadOnly:page:)``.
    static let cursorParts = 3
    /// The count in the head of a page stops here: every page pays for each that is looked at.
    static let countShown = 9

    /// Unread notices, at most one more than ``countShown``: one look at the beginning of an index.
    func unread() throws -> Int { try count(unreadOnly: true, cap: NoticeStore.countShown) }

    /// Unread ones first, then the newest day.
    func list(unreadOnly: Bool = false, page: PageRequest = .first) throws -> Page<NoticeRow> {
        guard let own = own(unreadOnly: unreadOnly) else { return Page(items: [], next: nil, total: 0) }
        let found = try tx.all(
            """
            SELECT \(NoticeStore.columns) FROM notice n WHERE \(own)\(try beyond(page.after))
            ORDER BY n.unread DESC, n.day DESC, n.id DESC LIMIT \(page.limit + 1)
            """)
        let items = try named(try found.prefix(page.limit).map(Notice.init))
        let next = try found.count > page.limit ? found.dropLast().last.map(NoticeStore.cursor) : nil
        let total =
            page.after == nil && next == nil ? items.count : try count(unreadOnly: unreadOnly, cap: countCap)
        return Page(items: items, next: next, total: min(total, countCap), totalIsFloor: total > countCap)
    }

    /// Throws ``AppError/notFound`` also of a notice of another office.
    func find(_ uid: UID) throws -> NoticeRow {
        guard let own = own(unreadOnly: false),
            let row = try tx.first("SELECT \(NoticeStore.columns) FROM notice n WHERE n.uid = \(uid) AND \(own)"),
            let found = try named([try Notice(row)]).first
        else { throw AppError.notFound }
        return found
    }

    private func count(unreadOnly: Bool, cap: Int) throws -> Int {
        guard let own = own(unreadOnly: unreadOnly) else { return 0 }
        return try tx.first("SELECT COUNT(*) FROM (SELECT 1 FROM notice n WHERE \(own) LIMIT \(cap + 1)) c")?.int(0)
            ?? 0
    }

    /// Nil for somebody without an office, who is told nothing.
    func own(unreadOnly: Bool) -> SQL? {
        guard let office = viewer.office?.id else { return nil }
        let unread: SQL = unreadOnly ? " AND n.unread = 1" : ""
        return "n.office_id = \(office)\(unread) AND \(NoticeSource.known(to: viewer))"
    }

    private func named(_ notices: [Notice]) throws -> [NoticeRow] {
        var names: [Subject: NoticeSubject] = [:]
        for source in NoticeSource.sources {
            let subjects = Set(notices.map(\.subject)).filter { $0.kind == source.kind }
            guard !subjects.isEmpty else { continue }
            let found = try source.name(tx, viewer, today, subjects.map(\.id).sorted())
            for subject in subjects { names[subject] = found[subject.id] }
        }
        return notices.compactMap { notice in names[notice.subject].map { NoticeRow(notice: notice, subject: $0) } }
    }

    private static let columns: SQL =
        "n.uid, n.kind, n.subject_kind, n.subject_id, n.subject_uid, n.due, n.day, n.at, n.read_at"

    // MARK: - Places

    private static func cursor(after row: Row) throws -> Cursor {
        Cursor([try row.isNull(8) ? "1" : "0", try row.text(6), try row.text(0)])
    }

    private func beyond(_ cursor: Cursor?) throws -> SQL {
        guard let cursor else { return "" }
        guard cursor.parts.count == NoticeStore.cursorParts, let unread = Int(cursor.parts[0]),
            let day = Day(parsing: cursor.parts[1]), let uid = UID(parsing: cursor.parts[2]),
            let row = try tx.first("SELECT id FROM notice WHERE uid = \(uid)")
        else { throw AppError.malformed(Message("field.cursor")) }
        return " AND (n.unread, n.day, n.id) < (\(unread), \(day), \(try row.int64(0)))"
    }
}

extension Notice {
    /// Reads the columns of the store.
    fileprivate init(_ row: Row) throws {
        guard let kind = Kind(rawValue: try row.text(1)), let about = Subject.Kind(rawValue: try row.text(2)) else {
            throw StorageError.decoding("a notice of an unknown kind")
        }
        self.init(
            uid: try row.uid(0), kind: kind, subject: Subject(about, id: try row.int64(3), uid: try row.uid(4)),
            due: try row.day(5), day: try row.day(6), at: try row.instant(7), readAt: try row.optionalInstant(8))
    }
}
