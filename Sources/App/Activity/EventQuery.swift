import Foundation

/// What the address of the list of events asks for: `?verb=&kind=&from=&to=&person=`.
struct EventQuery: Sendable, Equatable {
    /// As typed, for the form.
    let raw: [String: String]
    let filter: EventFilter

    static let names = ["verb", "kind", "from", "to", "person"]

    /// Throws ``AppError/invalid(_:)`` for a verb, a kind, a day or a uid that cannot be one.
    init(_ query: Fields, clock: WallClock) throws(AppError) {
        var query = query
        let from = query.day("from", required: false)
        let to = query.day("to", required: false)
        if let from, let to, to < from { query.problems.add("to", "activity.span_ends_before") }
        filter = EventFilter(
            verb: query.choice("verb", required: false), kind: query.choice("kind", required: false),
            person: query.uid("person", required: false), from: from.map { clock.start(of: $0) },
            until: to.map { clock.start(of: $0.adding(days: 1)) })
        try query.problems.check()
        raw = query.raw.filter { EventQuery.names.contains($0.key) && !$0.value.isEmpty }
    }

    var isFiltered: Bool { filter != EventFilter() }

    /// The address of the same list with another beginning, or of its file.
    func link(to path: String = "/events", after: Cursor? = nil, person: UID? = nil) -> String {
        URLText.link(
            path,
            [
                "verb": raw["verb"] ?? "", "kind": raw["kind"] ?? "", "from": raw["from"] ?? "", "to": raw["to"] ?? "",
                "person": person?.text ?? raw["person"] ?? "", "after": after?.text ?? "",
            ])
    }
}

extension WallClock {
    /// The moment at which a civil day begins in the configured zone.
    func start(of day: Day) -> Instant {
        let midnight = Int64(day.number) * 86_400_000
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(midnight) / 1_000))
        return Instant(milliseconds: midnight - Int64(offset) * 1_000)
    }
}
