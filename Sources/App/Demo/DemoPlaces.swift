import Storage

/// The units of the demonstration by the words of its files, and the bodies that act in them.
struct DemoPlaces {
    let tx: Transaction
    let today: Day
    private var known: [String: UnitRow] = [:]
    private var bodies: [Body: UnitRow] = [:]

    /// What a body is and where it acts.
    private struct Body: Hashable {
        let kind: UnitKind
        let place: UID
    }

    init(tx: Transaction, today: Day) {
        self.tx = tx
        self.today = today
    }

    var store: UnitStore { UnitStore(tx: tx, viewer: Demo.viewer, today: today) }

    /// A body of `world.json` by its key, or a piece of territory by a code with its scheme or by its whole name; `VN`
    /// is the country.
    mutating func find(_ name: String) throws -> UnitRow {
        if let unit = known[name] { return unit }
        guard let found = try name.contains(":") ? coded(name) : named(name) else {
            throw StartError("The demonstration names the unit \"\(name)\", which is not there.")
        }
        known[name] = found
        return found
    }

    mutating func keep(_ unit: UnitRow, as name: String, in place: UID? = nil) {
        known[name] = unit
        if let place { bodies[Body(kind: unit.kind, place: place)] = unit }
    }

    /// The body of a kind that acts in a place; made when it is not there yet.
    mutating func body(_ kind: UnitKind, named name: String, in place: UnitRow, basis: String, at now: Instant) throws
        -> UnitRow
    {
        let key = Body(kind: kind, place: place.uid)
        if let body = bodies[key] { return body }
        var draft = UnitDraft(kind: kind, name: name, parent: place.uid, from: place.unit.from, secrecy: .internal)
        draft.to = place.unit.to
        draft.basis = basis
        let made = try store.create(draft, at: now)
        bodies[key] = made
        return made
    }

    private func named(_ name: String) throws -> UnitRow? {
        var filter = UnitFilter()
        if name == "VN" { filter.kind = .country } else { filter.text = name }
        return try store.list(filter, page: .first).items.first { name == "VN" || $0.name == name }
    }

    private func coded(_ name: String) throws -> UnitRow? {
        let words = name.split(separator: ":", maxSplits: 1).map(String.init)
        guard words.count == 2, let scheme = words.first, let code = words.last else { return nil }
        let row = try tx.first("SELECT unit_id FROM unit_code WHERE scheme = \(scheme) AND code = \(code)")
        return try row.map { try store.find(try $0.id(0, of: OrgUnit.self)) }
    }

    /// "Phường Quy Nhơn" inside a longer name: "phường Quy Nhơn".
    static func inside(_ name: String) -> String { name.prefix(1).lowercased() + name.dropFirst() }

    /// The Party committee of a province or a city: "Tỉnh ủy Gia Lai", "Thành ủy Huế".
    static func partyCommittee(of name: String) -> String {
        name.replacing("Tỉnh ", with: "Tỉnh ủy ").replacing("Thành phố ", with: "Thành ủy ")
    }
}
