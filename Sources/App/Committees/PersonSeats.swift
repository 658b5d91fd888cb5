import Storage

/// A place that a person has in a committee, as their page shows it.
public struct PersonSeat: Sendable, Equatable {
    public let position: SeatPosition
    public let title: String
    public let from: Day
    /// The day from which it is over, with the committee at the latest; ``Day/never`` while nobody has ended it.
    public let to: Day
    public let committee: UID
    public let committeeName: String
    /// How many fields of work, localities and tasks its holder is in charge of, as far as the viewer may know these; 0 where
    /// nobody asks.
    public let charges: Int

    /// So many are shown on the page of a person.
    static let onPage = 20

    var href: String { "/committees/\(committee)" }
}

extension CommitteeStore {
    /// The seats that a person has, had or will have in committees that the viewer may know of, newest first. The
    /// person has been found through the viewer.
    public func seats(of person: ID<Person>, limit: Int) throws -> [PersonSeat] {
        try personSeats("s.person_id = \(person) AND s.from_day < s.to_day", charges: "0", limit: limit)
    }

    /// The seats that are held for the sake of an office on the day or later, in committees that are there still.
    func seats(from office: Office, on day: Day, limit: Int) throws -> [PersonSeat] {
        let charges: SQL = """
            (SELECT COUNT(*) FROM portfolio_line l LEFT JOIN unit n ON n.id = l.unit_id \
            LEFT JOIN task t ON t.id = l.task_id WHERE l.seat_id = s.id AND l.to_day > \(day) AND l.from_day < l.to_day \
            AND (l.unit_id IS NULL OR \(UnitScope(viewer).condition(on: "n"))) \
            AND (l.task_id IS NULL OR \(TaskScope(viewer).condition())))
            """
        return try personSeats(isHeld(from: office, on: day), charges: charges, limit: limit)
    }

    func countSeats(from office: Office, on day: Day) throws -> Int {
        try tx.first(
            """
            SELECT COUNT(*) FROM committee_seat s JOIN committee c ON c.id = s.committee_id
            JOIN unit u ON u.id = c.unit_id WHERE \(isHeld(from: office, on: day)) AND \(UnitScope(viewer).condition)
            """)?.int(0) ?? 0
    }

    /// By the person, whose seats are few and have an index.
    private func isHeld(from office: Office, on day: Day) -> SQL {
        """
        s.person_id = \(office.person) AND s.office_id = \(office.id) AND s.to_day > \(day) AND s.from_day < s.to_day \
        AND u.to_day > \(day)
        """
    }

    private func personSeats(_ condition: SQL, charges: SQL, limit: Int) throws -> [PersonSeat] {
        try tx.all(
            """
            SELECT s.position, s.title, s.from_day, CASE WHEN u.to_day < s.to_day THEN u.to_day ELSE s.to_day END,
                c.uid, \(UnitLife.name(today)), \(charges)
            FROM committee_seat s JOIN committee c ON c.id = s.committee_id JOIN unit u ON u.id = c.unit_id
            WHERE \(condition) AND \(UnitScope(viewer).condition) ORDER BY s.from_day DESC, s.id DESC LIMIT \(limit)
            """
        ).map { row in
            guard let position = SeatPosition(rawValue: try row.text(0)) else {
                throw StorageError.decoding("a seat of an unknown position")
            }
            return PersonSeat(
                position: position, title: try row.text(1), from: try row.day(2), to: try row.day(3),
                committee: try row.uid(4), committeeName: try row.text(5), charges: try row.int(6))
        }
    }
}
