/// The history at the foot of a record's page. `more` is the address of the rest, when there is more. `mixed`: what
/// belongs to the record has events of its own, and each says of what it is.
func historySection(_ events: [EventRow], _ page: PageContext, more: String?, mixed: Bool = false) -> HTML {
    guard !events.isEmpty else {
        return card(page.t("activity.history"), "<p>\(page.t("activity.history.none"))</p>")
    }
    let rest = more.map { href -> HTML in "<p><a href=\"\(href)\">\(page.t("activity.history.more"))</a></p>" }
    return card(
        page.t("activity.history"),
        timeline(events.map { EventViews.item($0, page, subject: mixed) }) + (rest ?? .empty))
}

/// The list of events in the viewer's scope.
func eventsPage(
    _ page: PageContext, _ events: Page<EventRow>, _ query: EventQuery, isFirst: Bool, audit: Bool
) -> HTML {
    let actions =
        (audit ? linkButton(page.t("activity.audit"), href: "/audit") : .empty)
        + linkButton(page.t("activity.export"), href: query.link(to: "/events.csv"))
    return sitePage(
        page, title: page.t("activity.events"), lead: "\(page.t("activity.events.lead"))", actions: actions,
        body: EventViews.filters(page, Fields(raw: query.raw), [])
            + (events.items.isEmpty
                ? EventViews.nothing(page, query) : EventViews.list(page, events, query, isFirst: isFirst)))
}

/// The list's form with what was typed and what is wrong with it, without a list.
func refusedEventsPage(_ page: PageContext, _ values: Fields, _ problems: [Problem]) -> HTML {
    sitePage(
        page, title: page.t("activity.events"), lead: "\(page.t("activity.events.lead"))",
        body: EventViews.filters(page, values, problems))
}

enum EventViews {
    static func list(_ page: PageContext, _ events: Page<EventRow>, _ query: EventQuery, isFirst: Bool) -> HTML {
        timeline(events.items.map { item($0, page, subject: true, query: query) })
            + pager(
                page, shown: events.items.count, total: events.total, totalIsFloor: events.totalIsFloor,
                next: events.next.map { query.link(after: $0) }, first: isFirst ? nil : query.link())
    }

    static func nothing(_ page: PageContext, _ query: EventQuery) -> HTML {
        guard query.isFiltered else {
            return emptyState(page, title: page.t("activity.none"), hint: page.t("activity.none.hint"))
        }
        return emptyState(
            page, title: page.t("activity.none_found"), hint: page.t("activity.none_found.hint"),
            action: linkButton(page.t("activity.all"), href: "/events"))
    }

    /// Verb, kind of record and days; a person is chosen by a link beside their name and kept in a hidden field.
    static func filters(_ page: PageContext, _ values: Fields, _ problems: [Problem]) -> HTML {
        let form = FormView(page, values: values, problems: problems)
        let verbs = Event.Verb.allCases.map { Choice($0.rawValue, page.t("event.verb.\($0.rawValue)")) }
        let kinds = Subject.Kind.allCases.map { Choice($0.rawValue, page.t("activity.kind.\($0.rawValue)")) }
        let any = [Choice("", page.t("activity.any"))]
        let person: HTML = values["person"].isEmpty ? "" : form.hidden("person", values["person"])
        let fields: [HTML] = [
            form.select("verb", label: page.t("activity.verb"), choices: any + verbs, required: false),
            form.select("kind", label: page.t("activity.kind"), choices: any + kinds, required: false),
            form.day("from", label: page.t("activity.from"), required: false),
            form.day("to", label: page.t("activity.to"), required: false),
        ]
        let chosen: HTML =
            values["person"].isEmpty
            ? "" : "<p>\(page.t("activity.one_person")) <a href=\"/events\">\(page.t("activity.all"))</a></p>"
        return """
            <form class="filters" method="get" action="/events">\(fields)\(person)\
            <button>\(page.t("activity.filter"))</button></form>\(chosen)
            """
    }

    /// One event: what, when, by whom, and the fields on both sides.
    static func item(_ event: EventRow, _ page: PageContext, subject: Bool, query: EventQuery? = nil) -> HTML {
        let verb = event.verb.map { page.t("event.verb.\($0.rawValue)") } ?? ""
        let about: HTML = subject ? " · \(self.subject(event, page))" : ""
        func lines(_ isTechnical: Bool) -> [(label: String, value: HTML)] {
            let changes = event.changes.filter { EventWords.technical.contains($0.field) == isTechnical }
            return changes.map { change($0, of: event.kind, page) }
        }
        let plain = lines(false)
        let changes = (plain.isEmpty ? HTML.empty : folded(plain, page)) + technicalDetails(page, lines(true))
        return """
            <p><strong>\(verb)</strong>\(about)<br><small><time datetime="\(event.at.text)">\(page.moment(event.at))\
            </time>\(by(event, page, query))</small></p>\(changes)
            """
    }

    /// What was created has many fields: they are opened by whoever wants them, so that the next event is in sight.
    private static func folded(_ fields: [(label: String, value: HTML)], _ page: PageContext) -> HTML {
        guard fields.count > 6 else { return facts(fields) }
        return """
            <details><summary>\(page.t("activity.fields", count: fields.count))</summary>\(facts(fields))</details>
            """
    }

    private static func by(_ event: EventRow, _ page: PageContext, _ query: EventQuery?) -> HTML {
        if event.isErased { return " · \(page.t("activity.erased"))" }
        let authority = behalf(event, page)
        guard let query, let person = event.person else {
            return event.actor.isEmpty ? "" : " · \(event.actor)\(authority)"
        }
        return " · <a href=\"\(query.link(person: person))\">\(event.actor)</a>\(authority)"
    }

    /// What KT., TL. … means in the reader's language, and the document behind it.
    private static func behalf(_ event: EventRow, _ page: PageContext) -> HTML {
        guard let authority = event.authority else { return "" }
        guard let capacity = event.capacity else { return " (\(authority))" }
        let words = ["capacity": page.t("capacity.\(capacity.rawValue)"), "authority": authority]
        return " (\(page.t("activity.behalf", words)))"
    }

    /// What it was done to by its name, with the way there, and where. What this reader may not know of has neither.
    static func subject(_ event: EventRow, _ page: PageContext) -> HTML {
        guard let kind = event.kind else { return "" }
        let word = page.t("activity.kind.\(kind.rawValue)")
        let place: HTML = event.unit.map { " · <a href=\"/units/\($0.uid)\">\($0.name)</a>" } ?? ""
        guard let name = event.name else { return "\(word)\(place)" }
        let isPerson = kind == .person || kind == .account
        let shown = isPerson ? page.name(name) : name
        guard let href = href(event, kind) else { return "\(word) \(shown)\(place)" }
        if shown.isEmpty { return "<a href=\"\(href)\">\(word)</a>\(place)" }
        return "\(word) <a href=\"\(href)\">\(shown)</a>\(saysWhere.contains(kind) ? .empty : place)"
    }

    /// Whose name says already where it is.
    private static let saysWhere: Set<Subject.Kind> = [.office, .grant, .committee]

    private static func href(_ event: EventRow, _ kind: Subject.Kind) -> String? {
        switch kind {
        case .task: "/tasks/\(event.subject)"
        case .gap: "/gaps/\(event.subject)"
        case .requirement: "/requirements/\(event.subject)"
        case .document: "/documents/\(event.subject)"
        case .person, .account: "/people/\(event.subject)"
        case .committee: "/committees/\(event.subject)"
        case .office, .grant: event.unit.map { "/units/\($0.uid)/offices" }
        case .unit, .token, .session, .installation: nil
        }
    }

    private static func change(
        _ change: EventRow.Change, of kind: Subject.Kind?, _ page: PageContext
    ) -> (label: String, value: HTML) {
        let after = change.after.map { EventWords.value($0, of: change.field, page) }
        let before = change.before.map { EventWords.value($0, of: change.field, page) }
        let label = EventWords.field(change.field, of: kind, page)
        if change.field == TaskBulk.field, let href = change.after {
            return (label, "<a href=\"\(href)\">\(page.t("activity.list.open"))</a>")
        }
        switch (before, after) {
        case (let before?, let after?) where before != after:
            return (label, "<del>\(before)</del> → <ins>\(after)</ins>")
        case (let before?, nil): return (label, "<del>\(before)</del>")
        default: return (label, "\(after ?? "")")
        }
    }
}

/// The fields of an event in the reader's language. A field that has no word of its own shows its name.
enum EventWords {
    /// A kind of subject may have a word of its own: what a person has a title for is an office, what a document has
    /// one for is its subject. An import counts units by their kinds, which have words already.
    static func field(_ name: String, of kind: Subject.Kind?, _ page: PageContext) -> String {
        let own = kind.map { "event.field.\($0.rawValue).\(name)" }
        let keys = [own, "event.field.\(name)", "unit.kind.\(name)"].compactMap { $0 }
        return keys.first { page.catalogue.has($0, page.language) }.map { page.t($0) } ?? name
    }

    static func value(_ value: String, of field: String, _ page: PageContext) -> String {
        if value == EventNames.unknown { return page.t("activity.unknown") }
        if let day = Day(parsing: value) { return page.day(day) }
        if let moment = Instant(parsing: value) { return page.moment(moment) }
        if ErasedPerson.number(in: value) != nil { return page.name(value) }
        if field == "language", let language = Language(rawValue: value) { return language.ownName }
        if field == "products" { return products(value, page) }
        if field == "deadline", let period = Period(parsing: value) { return TaskWords.period(period, page) }
        if bilingual.contains(field) { return inLanguage(value, page) }
        guard let family = families[field] else { return value }
        let words = value.split(separator: " ").map { word -> (text: String, isCode: Bool) in
            let key = "\(family).\(word)"
            return page.catalogue.has(key, page.language) ? (page.t(key), true) : (String(word), false)
        }
        // The same field may hold codes for one kind of record and a text for another, such as a decision.
        return words.contains(where: \.isCode) ? words.map(\.text).joined(separator: ", ") : value
    }

    /// Fields that say nothing to most readers.
    static let technical: Set<String> = ["sha256", "latitude", "longitude"]

    /// Fields whose names an event keeps in both languages, `Hạ tầng số / Digital infrastructure`.
    private static let bilingual: Set<String> = ["pillar", "task_group", "field"]

    private static func inLanguage(_ value: String, _ page: PageContext) -> String {
        guard let gap = value.firstRange(of: " / ") else { return value }
        return String(page.language == .vietnamese ? value[..<gap.lowerBound] : value[gap.upperBound...])
    }

    /// The kinds of products stand in brackets.
    private static func products(_ value: String, _ page: PageContext) -> String {
        TaskProduct.Kind.allCases.reduce(value) { words, kind in
            words.replacing("[\(kind.rawValue)]", with: "(\(page.t("task.product.kind.\(kind.rawValue)")))")
        }
    }

    /// Fields whose values are words of an enumeration, with the family of their keys.
    private static let families = [
        "role": "role", "hierarchy": "hierarchy", "secrecy": "secrecy", "ceiling": "secrecy", "kind": "unit.kind",
        "type": "document-type", "link": "document.link", "answer": "document.answer",
        "position": "committee.position", "organ": "committee.organ", "item": "committee.item",
        "cadence": "portfolio.cadence", "calendar": "portfolio.calendar", "extenders": "portfolio.extender",
        "capacity": "capacity", "purpose": "invitation.purpose", "scope": "signin.token.scope", "state": "task.state",
        "priority": "task.priority", "act": "task.act", "is_key": "event.is_key",
        "decision": "task.extension",
    ]
}

extension Instant {
    /// Reads what ``text`` writes, `2025-07-01T02:03:04.567Z`, and nothing else.
    init?(parsing text: String) {
        let fields = text.split { "T:.Z".contains($0) }
        guard text.utf8.count == 24, fields.count == 5, let day = Day(parsing: fields[0]), let hour = Int64(fields[1]),
            let minute = Int64(fields[2]), let second = Int64(fields[3]), let milli = Int64(fields[4]),
            (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second), (0..<1_000).contains(milli)
        else { return nil }
        let seconds = ((Int64(day.number) * 24 + hour) * 60 + minute) * 60 + second
        self.init(milliseconds: seconds * 1_000 + milli)
        guard self.text == text else { return nil }
    }
}
