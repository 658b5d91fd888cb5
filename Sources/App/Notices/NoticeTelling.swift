import Storage

/// Telling and taking back, in the transaction of whoever does it. Features speak of their records by subject alone.
struct NoticeTelling {
    let tx: Transaction
    /// The day and the moment at which it is told.
    let today: Day
    let now: Instant

    /// Tells each office that is not over, except what it was told before: one that begins later finds it then. Returns
    /// how many were told.
    @discardableResult func tell(_ news: Notice.News, to offices: some Sequence<ID<Office>>) throws -> Int {
        var count = 0
        // In one order, so that two nodes do not wait for each other.
        for office in Set(offices).sorted(by: { $0.value < $1.value }) {
            count += try tx.run(
                """
                INSERT INTO notice (uid, office_id, kind, subject_kind, subject_id, subject_uid, occasion, due, day, at,
                    unread, read_at)
                SELECT \(UID.new(at: now)), o.id, \(news.kind.rawValue), \(news.subject.kind.rawValue),
                    CAST(\(news.subject.id) AS BIGINT), \(news.subject.uid), \(news.occasion), \(news.due), \(today),
                    CAST(\(now) AS BIGINT), 1, CAST(NULL AS BIGINT)
                FROM office o WHERE o.id = \(office) AND o.to_day > \(today)
                ON CONFLICT (subject_kind, subject_id, kind, occasion, office_id) DO NOTHING
                """)
        }
        return count
    }

    /// Many at once, of subjects that nothing was told of before, to offices that are held.
    func tell(_ news: [(news: Notice.News, office: ID<Office>)]) throws {
        try tx.insert(
            into: "notice",
            [
                "uid", "office_id", "kind", "subject_kind", "subject_id", "subject_uid", "occasion", "due", "day", "at",
                "unread", "read_at",
            ],
            rows: news.map { news, office in
                [
                    UID.new(at: now).sqlValue, office.sqlValue, .text(news.kind.rawValue),
                    .text(news.subject.kind.rawValue), .integer(news.subject.id), news.subject.uid.sqlValue,
                    .text(news.occasion), news.due.sqlValue, today.sqlValue, now.sqlValue, .integer(1), .null,
                ]
            })
    }

    /// What is settled nags nobody: unread notices of these kinds about the subject go. What was read stays.
    func withdraw(_ kinds: [Notice.Kind], of subject: Subject) throws {
        guard !kinds.isEmpty else { return }
        try tx.run(
            """
            DELETE FROM notice WHERE subject_kind = \(subject.kind.rawValue) AND subject_id = \(subject.id)
            AND kind IN (\(list: kinds.map(\.rawValue))) AND unread = 1
            """)
    }

    /// The same of one kind, as far as its occasions begin so; the beginning ends in a stroke.
    static func withdraw(
        _ kind: Notice.Kind, of subject: Subject, beginning: String, in tx: Transaction
    ) throws {
        // All that begins so, and nothing else, lies before the sign that follows the stroke.
        let end = String(beginning.dropLast()) + "0"
        try tx.run(
            """
            DELETE FROM notice WHERE subject_kind = \(subject.kind.rawValue) AND subject_id = \(subject.id)
            AND kind = \(kind.rawValue) AND occasion >= \(beginning) AND occasion < \(end) AND unread = 1
            """)
    }

    /// What a clock that ran ahead has told of the calendar was not true: it is told again when its day comes.
    func withdrawFromTheFuture() throws {
        try tx.run(
            "DELETE FROM notice WHERE day > \(today) AND kind IN (\(list: Notice.Kind.timed.map(\.rawValue)))")
    }
}
