/// A seat as the rules of a committee see it.
struct SeatSpan: Sendable, Equatable {
    /// Where a problem of it is told: the beginning of its fields' names, or the one field of a seat that changes; nil
    /// for a seat that stands already.
    let field: String?
    let position: SeatPosition
    let person: ID<Person>?
    let title: String
    let from: Day
    let to: Day

    /// The field at which a problem of one of its properties is told.
    func place(_ name: String) -> String {
        guard let field else { return name }
        return field.isEmpty || field.hasSuffix(".") ? field + name : field
    }

    func overlaps(_ other: SeatSpan) -> Bool { max(from, other.from) < min(to, other.to) }
}

extension SeatSpan {
    init(field: String?, _ seat: Seat) {
        self.init(
            field: field, position: seat.position, person: seat.person, title: seat.title, from: seat.from, to: seat.to)
    }
}

/// Which seats cannot stand beside each other. Each refusal names the other seat, by its title: a title is known to
/// whoever knows the committee, a name is not.
enum SeatRules {
    /// Looks at the new seats, those with a field, against all others and each other.
    static func check(_ spans: [SeatSpan], _ found: inout Validation) {
        for (index, span) in spans.enumerated() {
            guard span.field != nil else { continue }
            let others = spans.enumerated().filter { $0.offset != index && span.overlaps($0.element) }.filter {
                // Of two new ones the later is told.
                $0.element.field == nil || $0.offset < index
            }
            for (_, other) in others { check(span, against: other, &found) }
        }
    }

    private static func check(_ span: SeatSpan, against other: SeatSpan, _ found: inout Validation) {
        let words: [String: Message.Argument] = [
            "title": .text(other.title), "position": .key("committee.position.\(other.position.rawValue)"),
            "from": .day(other.from),
        ]
        if let person = span.person, person == other.person {
            found.add(span.place("person"), "committee.error.seat_doubled", words)
        } else if span.position == .head, other.position == .head {
            found.add(span.place("position"), "committee.error.second_head", words)
        } else if span.person == nil, other.person == nil, span.position == other.position,
            TextFold.fold(span.title) == TextFold.fold(other.title)
        {
            found.add(span.place("title"), "committee.error.same_title", words)
        }
    }
}
