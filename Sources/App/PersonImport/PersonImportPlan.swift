import Storage

/// What an import would do: which rows go in, for whom, and why the others do not. Changes nothing.
struct PersonImportPlan {
    /// Somebody who gets an office: on record already, or new with the first of their rows.
    enum Holder: Hashable {
        case known(ID<Person>)
        /// The place of the row in ``PersonImportFile/rows`` that makes the person.
        case new(Int)
    }

    /// One office that goes in.
    struct Seat {
        let place: Int
        let holder: Holder
        let unit: UnitLife
        /// The end of the office: an open one ends with its unit.
        let to: Day
    }

    let file: PersonImportFile
    private(set) var problems: ProblemList
    /// In the order of the file.
    private(set) var seats: [Seat] = []
    /// People who get a link, each once.
    private(set) var invited: [Holder] = []

    private let registry: PersonImportRegistry
    private var own = ProblemList()
    private var refused: Set<Int> = []
    /// The first row of each word that ties rows together.
    private var tied: [String: Int] = [:]

    init(_ file: PersonImportFile, tx: Transaction, viewer: Viewer, today: Day) throws {
        self.file = file
        problems = file.problems
        registry = PersonImportRegistry(tx: tx, viewer: viewer, today: today)
        guard file.isReadable else { return }
        for place in file.rows.indices { try take(place) }
        try refuseDoubledSeats()
        settleInvitations()
        problems = problems.merging(own)
    }

    private mutating func refuse(
        _ place: Int, _ field: String, _ key: String, _ arguments: [String: Message.Argument] = [:]
    ) {
        refused.insert(place)
        own.add(field, key, arguments, line: file.rows[place].line)
    }

    private mutating func take(_ place: Int) throws {
        let row = file.rows[place]
        guard let unit = try registry.unit(row.unit) else {
            return refuse(place, "unit", "import.unknown_unit", ImportCells.quoting(row.unit))
        }
        guard try registry.administers(unit) else {
            return refuse(place, "unit", "person-import.forbidden_unit", ["unit": .text(unit.name)])
        }
        var life = Validation()
        let to = unit.period(from: row.from, to: row.to, &life)
        for problem in life.problems {
            refuse(
                place, problem.field == "unit" ? "from" : problem.field, problem.message.key, problem.message.arguments)
        }
        if let role = row.role, try !registry.mayGive(role, over: unit, ceiling: row.ceiling) {
            refuse(place, "role", "person-import.forbidden_role")
        }
        if let day = try registry.erasedSeat(unit: unit, title: row.title, from: row.from) {
            refuse(place, "name", "person-import.erased", ["day": .day(day)])
        }
        guard let holder = try holder(place, unit), !refused.contains(place) else { return }
        seats.append(Seat(place: place, holder: holder, unit: unit, to: to))
    }

    /// Whose office it is. Nil when the row is refused.
    private mutating func holder(_ place: Int, _ unit: UnitLife) throws -> Holder? {
        let row = file.rows[place]
        if let uid = UID(parsing: row.person) { return try known(uid, place) }
        if !row.person.isEmpty {
            guard let first = tied[row.person] else {
                tied[row.person] = place
                return .new(place)
            }
            guard file.rows[first].name == row.name else {
                refuse(
                    place, "name", "person-import.tied_name",
                    ["line": .number(file.rows[first].line), "name": .text(file.rows[first].name)])
                return nil
            }
            return .new(first)
        }
        if try registry.hasNamesake(row.name, in: unit) {
            refuse(place, "name", "person-import.namesake", ["name": .text(row.name), "unit": .text(unit.name)])
            return nil
        }
        return .new(place)
    }

    private mutating func known(_ uid: UID, _ place: Int) throws -> Holder? {
        let row = file.rows[place]
        guard let person = try registry.person(uid) else {
            refuse(place, "person", "person-import.unknown_person", ImportCells.quoting(row.person))
            return nil
        }
        if person.isErased {
            refuse(place, "person", "person-import.erased_person")
        } else if person.name != row.name {
            refuse(place, "name", "person-import.other_name", ["name": .text(person.name)])
        } else if row.isInvited, try !registry.mayInvite(person.id) {
            refuse(place, "invite", "person-import.forbidden_invite")
        } else {
            return .known(person.id)
        }
        return nil
    }

    /// Nobody sits twice in one seat, neither in the file nor with what is on record.
    private mutating func refuseDoubledSeats() throws {
        struct Key: Hashable {
            let holder: Holder
            let unit: ID<OrgUnit>
            let title: String
        }
        // Rows that nothing ties together are people of their own: the same name in the same unit would be told apart
        // by nobody.
        struct Name: Hashable {
            let name: String
            let unit: ID<OrgUnit>
        }
        var held: [Key: [Seat]] = [:]
        var named: [Name: Seat] = [:]
        var kept: [Seat] = []
        for seat in seats {
            let row = file.rows[seat.place]
            let key = Key(holder: seat.holder, unit: seat.unit.id, title: row.title)
            let name = Name(name: row.name, unit: seat.unit.id)
            if let twin = held[key]?.first(where: { overlap($0, seat) }) {
                refuse(seat.place, "title", "person-import.doubled", ["line": .number(file.rows[twin.place].line)])
                continue
            }
            if row.person.isEmpty, let other = named[name] {
                let isTwin = file.rows[other.place].title == row.title
                refuse(
                    seat.place, isTwin ? "title" : "person",
                    isTwin ? "person-import.doubled" : "person-import.same_name",
                    ["line": .number(file.rows[other.place].line)])
                continue
            }
            if case .known(let person) = seat.holder,
                try registry.holds(person, seat.unit, row.title, from: row.from, to: seat.to)
            {
                refuse(seat.place, "title", "person-import.held")
                continue
            }
            held[key, default: []].append(seat)
            if row.person.isEmpty { named[name] = seat }
            kept.append(seat)
        }
        seats = kept
        leaveOutWhoIsNeverMade()
    }

    private func overlap(_ one: Seat, _ other: Seat) -> Bool {
        file.rows[one.place].from < other.to && file.rows[other.place].from < one.to
    }

    /// A row that is tied to a refused one has nobody to be given to: the next of its rows makes the person.
    private mutating func leaveOutWhoIsNeverMade() {
        var makers: [Int: Int] = [:]
        seats = seats.map { seat in
            guard case .new(let first) = seat.holder else { return seat }
            let maker = makers[first] ?? (refused.contains(first) ? seat.place : first)
            makers[first] = maker
            return Seat(place: seat.place, holder: .new(maker), unit: seat.unit, to: seat.to)
        }
    }

    private mutating func settleInvitations() {
        var seen: Set<Holder> = []
        for seat in seats where file.rows[seat.place].isInvited && seen.insert(seat.holder).inserted {
            invited.append(seat.holder)
        }
    }
}
