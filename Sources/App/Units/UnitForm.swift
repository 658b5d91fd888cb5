/// Reads what a form or a JSON body says of a unit. The same fields, the same checks, the same words for both.
///
/// A unit is named by its uid in JSON; in a form also by a code or a name, since a page works without scripts.
struct UnitForm {
    var fields: Fields
    let store: UnitStore

    init(_ fields: Fields, store: UnitStore) {
        self.fields = fields
        self.store = store
    }

    mutating func draft() throws -> UnitDraft {
        let kind = fields.choice("kind", of: UnitKind.self)
        let name = fields.line("name")
        let isCountry = kind == .country
        var draft = UnitDraft(
            kind: kind ?? .otherBody, name: name, parent: try unit("parent", required: !isCountry),
            from: fields.day("from") ?? store.today, secrecy: secrecy())
        draft.names["en"] = fields.line("name_en", required: false)
        draft.stateParent = try unit("state_parent", required: false)
        draft.partyParent = try unit("party_parent", required: false)
        draft.scheme = fields.line("scheme", max: 40, required: false)
        draft.code = fields.line("code", max: 60, required: false)
        draft.place = place()
        draft.area = area()
        draft.basis = fields.line("basis", max: 1_000, required: false)
        try fields.problems.check()
        return draft
    }

    mutating func renaming(of unit: UnitRow) throws -> UnitRenaming {
        let renaming = UnitRenaming(
            name: fields.line("name"), kind: fields.choice("kind", required: false) ?? unit.kind,
            names: ["en": fields.line("name_en", required: false)], from: fields.day("from") ?? store.today,
            basis: fields.line("basis", max: 1_000))
        try fields.problems.check()
        return renaming
    }

    mutating func move() throws -> UnitMove {
        let hierarchy = fields.choice("hierarchy", of: Hierarchy.self)
        let parent = try unit("parent", required: true)
        let move = UnitMove(
            hierarchy: hierarchy ?? .territory, parent: parent ?? UID.new(at: Instant(milliseconds: 0)),
            from: fields.day("from") ?? store.today, basis: fields.line("basis", max: 1_000))
        try fields.problems.check()
        return move
    }

    mutating func dissolution() throws -> UnitDissolution {
        let dissolution = UnitDissolution(
            from: fields.day("from") ?? store.today, basis: fields.line("basis", max: 1_000))
        try fields.problems.check()
        return dissolution
    }

    mutating func facts() throws -> UnitFacts {
        let facts = UnitFacts(secrecy: secrecy(), place: place(), area: area())
        try fields.problems.check()
        return facts
    }

    /// The state that the form was made from; nil when it does not say.
    mutating func seen() -> Int? { fields.integer("version", in: 1...Int(Int32.max), required: false) }

    private mutating func secrecy() -> Secrecy {
        let name = fields.line("secrecy", max: 20)
        if let secrecy = Secrecy(name: name) { return secrecy }
        if !name.isEmpty { fields.problems.add("secrecy", "field.choice", ["typed": .text(name)]) }
        return .internal
    }

    private mutating func unit(_ name: String, required: Bool) throws -> UID? {
        let typed = fields.line(name, required: required)
        guard !typed.isEmpty else { return nil }
        if let found = try store.find(typed: typed) { return found.uid }
        fields.problems.add(name, "unit.error.parent_unknown")
        return nil
    }

    private mutating func place() -> OrgUnit.Place? {
        let latitude = degrees("latitude", limit: 90), longitude = degrees("longitude", limit: 180)
        if let latitude, let longitude { return OrgUnit.Place(latitude: latitude, longitude: longitude) }
        let isHalf = fields["latitude"].isEmpty != fields["longitude"].isEmpty
        if isHalf { fields.problems.add("latitude", "unit.error.half_a_place") }
        return nil
    }

    /// Degrees with a point or a comma, as millionths.
    private mutating func degrees(_ name: String, limit: Int64) -> Int64? {
        let typed = fields.line(name, max: 30, required: false).replacing(",", with: ".")
        guard !typed.isEmpty else { return nil }
        if let value = DecimalText.scaled(typed, places: 6), value.magnitude <= limit.magnitude * 1_000_000 {
            return value
        }
        fields.problems.add(name, "unit.error.degrees", ["limit": .number(Int(limit))])
        return nil
    }

    private mutating func area() -> Int64? {
        let typed = fields.line("area_km2", max: 30, required: false).replacing(",", with: ".")
        guard !typed.isEmpty else { return nil }
        if let value = DecimalText.scaled(typed, places: 6), value >= 0, value <= 1_000_000_000_000_000 { return value }
        fields.problems.add("area_km2", "unit.error.area")
        return nil
    }
}
