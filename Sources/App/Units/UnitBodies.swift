/// A unit as the API shows it in lists and after changes.
struct UnitBody: APIBody, Sendable {
    let row: UnitRow
    let day: Day

    init(_ row: UnitRow, on day: Day) {
        self.row = row
        self.day = day
    }

    var members: [(String, JSONValue)] {
        let unit = row.unit
        return [
            ("uid", .text(row.uid.text)), ("name", .text(row.name)), ("kind", .text(row.kind.rawValue)),
            ("code", .optional(row.code)), ("parent", .optional(row.parent?.uid.text)),
            ("parent_name", .optional(row.parent?.name)), ("from", .day(unit.from)), ("to", .day(unit.to)),
            ("ended", .bool(row.hasEnded(on: day))), ("secrecy", .text(unit.secrecy.name)),
            ("latitude", .optional(unit.place.map { DecimalText.text($0.latitude, places: 6) })),
            ("longitude", .optional(unit.place.map { DecimalText.text($0.longitude, places: 6) })),
            ("area_km2", .optional(unit.area.map { DecimalText.text($0, places: 6) })),
            ("version", .int(Int64(unit.version))),
        ]
    }

    var json: JSONValue { .object(members) }

    static let members: [(name: String, schema: APISchema, required: Bool)] = [
        ("uid", .uid, true), ("name", .string, true), ("kind", .choice(UnitKind.allCases.map(\.rawValue)), true),
        ("code", .nullable(.string), true), ("parent", .nullable(.uid), true),
        ("parent_name", .nullable(.string), true),
        ("from", .nullable(.day), true), ("to", .nullable(.day), true), ("ended", .boolean, true),
        ("secrecy", .choice(Secrecy.allCases.map(\.name)), true), ("latitude", .nullable(.string), true),
        ("longitude", .nullable(.string), true), ("area_km2", .nullable(.string), true), ("version", .integer, true),
    ]
    static let schema = APISchema.object(members)
}

/// A unit with its path, versions, codes, parents and the first of its children.
struct UnitDetailBody: Sendable {
    let detail: UnitDetail
    let day: Day

    init(_ detail: UnitDetail, on day: Day) {
        self.detail = detail
        self.day = day
    }

    var json: JSONValue {
        .object(
            UnitBody(detail.row, on: day).members + [
                ("path", .list(detail.path.map(UnitDetailBody.link))),
                ("versions", .list(detail.versions.map(UnitDetailBody.version))),
                (
                    "codes",
                    .list(detail.codes.map { .object([("scheme", .text($0.scheme)), ("code", .text($0.code))]) })
                ),
                ("parents", .list(detail.parents.map(UnitDetailBody.parent))),
                ("children", .list(detail.children.items.map { UnitBody($0, on: day).json })),
                ("children_total", .int(Int64(detail.children.total))),
            ])
    }

    private static func link(_ link: UnitLink) -> JSONValue {
        .object([("uid", .text(link.uid.text)), ("name", .text(link.name))])
    }

    private static func version(_ version: UnitDetail.Version) -> JSONValue {
        .object([
            ("name", .text(version.name)), ("kind", .text(version.kind.rawValue)), ("from", .day(version.from)),
            ("to", .day(version.to)), ("basis", .text(version.basis)),
            ("names", .object(version.names.map { ($0.language, .text($0.name)) })),
        ])
    }

    private static func parent(_ parent: UnitDetail.Parent) -> JSONValue {
        .object([
            ("hierarchy", .text(parent.hierarchy.rawValue)), ("unit", parent.unit.map(link) ?? .null),
            ("from", .day(parent.from)), ("to", .day(parent.to)), ("basis", .text(parent.basis)),
        ])
    }

    private static let link = APISchema.record(["uid": .uid, "name": .string])
    static let schema = APISchema.object(
        UnitBody.members + [
            ("path", .list(link), true),
            (
                "versions",
                .list(
                    .record([
                        "name": .string, "kind": .string, "from": .nullable(.day), "to": .nullable(.day),
                        "basis": .string,
                        "names": .map,
                    ])), true
            ),
            ("codes", .list(.record(["scheme": .string, "code": .string])), true),
            (
                "parents",
                .list(
                    .record([
                        "hierarchy": .choice(Hierarchy.allCases.map(\.rawValue)), "unit": .nullable(link),
                        "from": .nullable(.day), "to": .nullable(.day), "basis": .string,
                    ])), true
            ),
            ("children", .list(UnitBody.schema), true), ("children_total", .integer, true),
        ])
}

/// What the OpenAPI document says of the routes.
enum UnitBodies {
    static let draftNames: Set<String> = [
        "kind", "name", "name_en", "parent", "state_parent", "party_parent", "from", "secrecy", "scheme", "code",
        "latitude", "longitude", "area_km2", "basis",
    ]

    private static let filter: [APIParameter] = [
        APIParameter("q", .string, "Words of the name; accents do not matter."),
        APIParameter("kind", .choice(UnitKind.allCases.map(\.rawValue)), "Only this kind."),
        APIParameter("level", .choice(UnitFilter.LevelName.allCases.map(\.rawValue)), "Only this level."),
        APIParameter("parent", .uid, "Only units below this one."),
        APIParameter("deep", .choice(["1"]), "With parent: at any depth."),
        APIParameter("hierarchy", .choice(Hierarchy.allCases.map(\.rawValue)), "Which tree; territory otherwise."),
        APIParameter("state", .choice(UnitFilter.State.allCases.map(\.rawValue)), "live otherwise."),
        APIParameter("on", .day, "As of this day; today otherwise."),
        APIParameter(
            "sort", .choice(UnitFilter.Order.allCases.map(\.rawValue)),
            "\(UnitFilter.standardOrder("").rawValue) otherwise; with q \(UnitFilter.standardOrder("q").rawValue)."),
        APIParameter("desc", .choice(["1"]), "In descending order."),
    ]

    static let list = APIOperation(
        "Units that the caller may know of", tag: "units", query: filter + APIParameter.paging,
        answer: .page(UnitBody.schema), errors: [404])
    static let show = APIOperation(
        "One unit with its versions, parents and children", tag: "units",
        query: [APIParameter("on", .day, "As of this day; today otherwise.")], answer: UnitDetailBody.schema)
    static let history = APIOperation(
        "What was done to a unit, newest first", tag: "units", query: APIParameter.paging,
        answer: .page(EventBody.schema))
    static let create = APIOperation(
        "Make a unit", tag: "units",
        body: .object([
            ("kind", .choice(UnitKind.allCases.map(\.rawValue)), true), ("name", .string, true),
            ("name_en", .string, false), ("parent", .uid, false), ("state_parent", .uid, false),
            ("party_parent", .uid, false), ("from", .day, true),
            ("secrecy", .choice(Secrecy.allCases.map(\.name)), true),
            ("scheme", .string, false), ("code", .string, false), ("latitude", .string, false),
            ("longitude", .string, false), ("area_km2", .string, false), ("basis", .string, false),
        ]), answer: UnitBody.schema, status: 201)
    static let rename = APIOperation(
        "Give a unit another name or kind from a day on", tag: "units",
        body: .object([
            ("name", .string, true), ("name_en", .string, false),
            ("kind", .choice(UnitKind.allCases.map(\.rawValue)), false), ("from", .day, true), ("basis", .string, true),
        ]), answer: UnitBody.schema, needsVersion: true)
    static let move = APIOperation(
        "Put a unit under another parent from a day on", tag: "units",
        body: .record([
            "hierarchy": .choice(Hierarchy.allCases.map(\.rawValue)), "parent": .uid, "from": .day, "basis": .string,
        ]), answer: UnitBody.schema, needsVersion: true)
    static let dissolve = APIOperation(
        "Dissolve a unit from a day on", tag: "units", body: .record(["from": .day, "basis": .string]),
        answer: UnitBody.schema, needsVersion: true)
    static let describe = APIOperation(
        "Set who may know of a unit, where it lies and its area", tag: "units",
        body: .object([
            ("secrecy", .choice(Secrecy.allCases.map(\.name)), true), ("latitude", .string, false),
            ("longitude", .string, false), ("area_km2", .string, false),
        ]), answer: UnitBody.schema, needsVersion: true)
}
