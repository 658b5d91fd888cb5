import Storage

extension OfficeWork {
    /// Places in committees that are held for the sake of the office. A committee fills them by its own decision, so
    /// that nobody takes them over.
    static let seats = OfficeWork(
        kind: "seat",
        open: { leaving in
            let store = CommitteeStore(tx: leaving.tx, viewer: leaving.viewer, today: leaving.today)
            let office = leaving.office.office
            let few = try store.seats(from: office, on: leaving.day, limit: ownLines + 1)
            if few.count <= ownLines { return few.map(item) }
            return [
                OfficeWorkItem(
                    kind: "seat", title: Message("office-work.seat.all"), href: leaving.office.personHref,
                    count: try store.countSeats(from: office, on: leaving.day), fate: .stays)
            ]
        }, handOver: nil)

    private static func item(_ seat: PersonSeat) -> OfficeWorkItem {
        let words = seat.charges > 0 ? "office-work.seat.words.charges" : "office-work.seat.words"
        return OfficeWorkItem(
            kind: "seat",
            title: Message(
                words,
                [
                    "position": .key("committee.position.\(seat.position.rawValue)"),
                    "committee": .text(seat.committeeName), "title": .text(seat.title),
                    "charges": .number(seat.charges),
                ]), href: seat.href, count: 1, fate: .stays)
    }
}
