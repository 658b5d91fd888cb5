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
    /// The first of them whose name could be read.
    private var tiedNames: [String: Int] = [:]

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

    /// Of a column that could not even be read nothing more is said.
    private mutating func refuse(
        _ place: Int, _ field: String, _ key: String, _ arguments: [String: Message.Argument] = [:]
    ) {
        refused.insert(place)
        if file.rows[place].bad.contains(field) { return }
        own.add(field, key, arguments, line: file.rows[place].line)
    }

    /// Every check of the row whose cells could be read, so that whoever mends the file mends it once.
    private mutating func take(_ place: Int) throws {
        let row = file.rows[place]
        if !row.bad.isEmpty { refused.insert(place) }
        let unit = try unit(place)
        var to = row.to
        if let unit {
            to = checkPeriod(place, unit)
            try checkRole(place, unit)
            try checkErased(place, unit)
        }
        let holder = try holder(place, unit)
        guard let unit, let holder, row.bad.isDisjoint(with: ["name", "title", "from", "to"]) else { return }
        seats.append(Seat(place: place, holder: holder, unit: unit, to: to))
    }

    /// Of a unit that the viewer does not administer nothing else is said.
    private mutating func unit(_ place: Int) throws -> UnitLife? {
        let row = file.rows[place]
        guard !row.bad.contains("unit") else { return nil }
        guard let unit = try registry.unit(row.unit) else {
            refuse(place, "unit", "import.unknown_unit", ImportCells.quoting(row.unit))
            return nil
        }
        guard try registry.administers(unit) else {
            refuse(place, "unit", "person-import.forbidden_unit", ["unit": .text(unit.name)])
            return nil
        }
        return unit
    }

    /// The end of the office, which is not after that of the unit.
    private mutating func checkPeriod(_ place: Int, _ unit: UnitLife) -> Day {
        let row = file.rows[place]
        guard !row.bad.contains("from") else { return row.to }
        var life = Validation()
        // An end that could not be read is as none.
        let to = unit.period(from: row.from, to: row.bad.contains("to") ? .never : row.to, &life)
        for problem in life.problems {
            refuse(
                place, problem.field == "unit" ? "from" : problem.field, problem.message.key, problem.message.arguments)
        }
        return to
    }

    private mutating func checkRole(_ place: Int, _ unit: UnitLife) throws {
        let row = file.rows[place]
        guard let role = row.role, !row.bad.contains("ceiling") else { return }
        if try !registry.mayGive(role, over: unit, ceiling: row.ceiling) {
            refuse(place, "role", "person-import.forbidden_role")
        }
    }

    private mutating func checkErased(_ place: Int, _ unit: UnitLife) throws {
        let row = file.rows[place]
        guard row.bad.isDisjoint(with: ["title", "from"]) else { return }
        if let day = try registry.erasedSeat(unit: unit, title: row.title, from: row.from) {
            refuse(place, "name", "person-import.erased", ["day": .day(day)])
        }
    }

    /// Whose office it is, as far as that can be told.
    private mutating func holder(_ place: Int, _ unit: UnitLife?) throws -> Holder? {
        let row = file.rows[place]
        if row.bad.contains("person") { return nil }
        if let uid = UID(parsing: row.person) { return try known(uid, place) }
        if !row.person.isEmpty {
            checkTiedName(place)
            let first = tied[row.person] ?? place
            tied[row.person] = first
            return .new(first)
        }
        if let unit, !row.bad.contains("name"), try registry.hasNamesake(row.name, in: unit) {
            refuse(place, "name", "person-import.namesake", ["name": .text(row.name), "unit": .text(unit.name)])
        }
        return .new(place)
    }

    /// The rows of one person name the same person.
    private mutating func checkTiedName(_ place: Int) {
        let row = file.rows[place]
        guard !row.bad.contains("name") else { return }
        guard let first = tiedNames[row.person].map({ file.rows[$0] }) else {
            tiedNames[row.person] = place
            return
        }
        if first.name != row.name {
            refuse(
                place, "name", "person-import.tied_name", ["line": .number(first.line), "name": .text(first.name)])
        }
    }

    private mutating func known(_ uid: UID, _ place: Int) throws -> Holder? {
        let row = file.rows[place]
        guard let person = try registry.person(uid) else {
            refuse(place, "person", "person-import.unknown_person", ImportCells.quoting(row.person))
            return nil
        }
        guard !person.isErased else {
            refuse(place, "person", "person-import.erased_person")
            return nil
        }
        if person.name != row.name {
            refuse(place, "name", "person-import.other_name", ["name": .text(person.name)])
        }
        if row.isInvited, try !registry.mayInvite(person.id) {
            refuse(place, "invite", "person-import.forbidden_invite")
        }
        return .known(person.id)
    }

    /// Nobody sits twice in one seat, neither in the file nor with what is on record. A row that is refused anyway is
    /// compared with all rows before it; a good one with good ones, for it may be taken without the others.
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
        var named: [Name: [Seat]] = [:]
        for seat in seats {
            let row = file.rows[seat.place], isRefused = refused.contains(seat.place)
            let key = Key(holder: seat.holder, unit: seat.unit.id, title: row.title)
            let name = Name(name: row.name, unit: seat.unit.id)
            if let twin = held[key]?.first(where: { counts($0, isRefused) && overlap($0, seat) }) {
                refuse(seat.place, "title", "person-import.doubled", ["line": .number(file.rows[twin.place].line)])
            } else if row.person.isEmpty, let other = named[name]?.first(where: { counts($0, isRefused) }) {
                let isTwin = file.rows[other.place].title == row.title
                refuse(
                    seat.place, isTwin ? "title" : "person",
                    isTwin ? "person-import.doubled" : "person-import.same_name",
                    ["line": .number(file.rows[other.place].line)])
            }
            if case .known(let person) = seat.holder,
                try registry.holds(person, seat.unit, row.title, from: row.from, to: seat.to)
            {
                refuse(seat.place, "title", "person-import.held")
            }
            held[key, default: []].append(seat)
            if row.person.isEmpty { named[name, default: []].append(seat) }
        }
        seats.removeAll { refused.contains($0.place) }
        leaveOutWhoIsNeverMade()
    }

    private func counts(_ other: Seat, _ isRefused: Bool) -> Bool { isRefused || !refused.contains(other.place) }

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
