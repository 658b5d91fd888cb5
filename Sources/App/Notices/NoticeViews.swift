/// The list: what is unread first, then day by day.
func noticesPage(_ list: Page<NoticeRow>, _ asked: NoticeListRequest, _ page: PageContext, now: Instant) -> HTML {
    let hasUnread = list.items.first?.notice.isUnread ?? false
    let other =
        asked.unreadOnly
        ? linkButton(page.t("notice.all"), href: "/notices")
        : linkButton(page.t("notice.unread_only"), href: "/notices?which=unread")
    let body: HTML =
        list.items.isEmpty
        ? NoticeViews.nothing(asked, page)
        : NoticeViews.groups(list.items, page)
            + pager(
                page, shown: list.items.count, total: list.total, totalIsFloor: list.totalIsFloor,
                next: list.next.map { asked.link(after: $0) }, first: asked.page.after == nil ? nil : asked.link())
    return sitePage(
        page, title: page.t("notice.title"), lead: "\(page.t("notice.lead"))",
        actions: (hasUnread ? NoticeViews.readAll(now, page) : .empty) + other, body: body)
}

enum NoticeViews {
    /// The count of unread notices in the head of every page, a link to them.
    static func bell(_ page: PageContext) -> HTML {
        guard let count = page.unreadNotices else { return .empty }
        guard count > 0 else { return "<a class=\"bell\" href=\"/notices\">\(page.t("notice.title"))</a>" }
        let most = ["count": page.number(NoticeStore.countShown)]
        let isMore = count > NoticeStore.countShown
        let words = isMore ? page.t("notice.bell_more", most) : page.t("notice.bell", count: count)
        let shown = isMore ? page.t("notice.more", most) : page.number(count)
        return """
            <a class="bell" href="/notices" aria-label="\(words)">\(page.t("notice.title")) <b>\(shown)</b></a>
            """
    }

    static func nothing(_ asked: NoticeListRequest, _ page: PageContext) -> HTML {
        guard asked.unreadOnly else {
            return emptyState(
                page, title: page.t("notice.none"), hint: page.t("notice.none.hint"),
                action: linkButton(page.t("task.all"), href: "/tasks"))
        }
        return emptyState(
            page, title: page.t("notice.none_unread"), hint: page.t("notice.none_unread.hint"),
            action: linkButton(page.t("notice.all"), href: "/notices"))
    }

    static func readAll(_ now: Instant, _ page: PageContext) -> HTML {
        let until: HTML = "<input type=\"hidden\" name=\"until\" value=\"\(now.text)\">"
        return AccountParts.act(page, "/notices/reading", page.t("notice.read_all"), until)
    }

    /// One card a day, those with something unread before those that were read.
    static func groups(_ rows: [NoticeRow], _ page: PageContext) -> HTML {
        var groups: [(key: Group, rows: [NoticeRow])] = []
        for row in rows {
            let key = Group(isUnread: row.notice.isUnread, day: row.notice.day)
            if groups.last?.key == key, var last = groups.popLast() {
                last.rows.append(row)
                groups.append(last)
            } else {
                groups.append((key, [row]))
            }
        }
        return groups.map {
            card(title($0.key, page), "<ul class=\"plain-list\">\($0.rows.map { line($0, page) })</ul>")
        }
        .joined()
    }

    private struct Group: Hashable {
        let isUnread: Bool
        let day: Day
    }

    private static func title(_ group: Group, _ page: PageContext) -> String {
        page.t(group.isUnread ? "notice.day.unread" : "notice.day.read", ["day": page.day(group.day)])
    }

    private static func line(_ row: NoticeRow, _ page: PageContext) -> HTML {
        let notice = row.notice
        let due: HTML = notice.due == .never ? "" : " · \(page.t(dueKey(notice.kind), ["day": page.day(notice.due)]))"
        let read =
            notice.isUnread
            ? AccountParts.act(page, "/notices/\(notice.uid)/reading", page.t("notice.read"), .empty) : .empty
        return """
            <li class="told"><div>\(badge(tone(notice.kind), page.t("notice.kind.\(notice.kind.rawValue)"))) \
            <a href="\(row.subject.href)">\(row.subject.title)</a><span class="sub">\(row.subject.unit)\(due)</span>\
            </div>\(read)</li>
            """
    }

    private static func dueKey(_ kind: Notice.Kind) -> String { kind == .review ? "notice.review" : "notice.due" }

    private static func tone(_ kind: Notice.Kind) -> Tone {
        switch kind {
        case .overdue, .refused, .returned, .extensionRefused: .bad
        case .dueSoon, .declared, .extensionAsked, .paused, .review, .toIssue, .vacant: .warn
        case .verified, .extensionGranted: .good
        case .assigned, .accountable, .coordinating, .handedOver, .resumed, .reopened: .accent
        case .cancelled, .handedOn: .none
        }
    }
}
