/// What the OpenAPI document says of the routes of committees.
enum CommitteeOperations {
    private static let level = UnitFilter.LevelName.allCases.map(\.rawValue)
    private static let positions = APISchema.choice(SeatPosition.allCases.map(\.rawValue))
    private static let on = APIParameter("on", .day, "As of this day; today otherwise.")
    private static let sourced: [(name: String, schema: APISchema, required: Bool)] = [
        ("article", .string, false), ("quote", .string, false),
    ]

    static let list = APIOperation(
        "Steering committees that the caller may know of, by name", tag: "committees",
        query: [
            APIParameter("q", .string, "Words of the name; accents do not matter."),
            APIParameter("unit", .uid, "Of this unit and of all below it."),
            APIParameter("level", .choice(level), "Only of units of this level."),
            APIParameter("programme", .string, "Only for this programme, however it is written."),
            APIParameter("state", .choice(UnitFilter.State.allCases.map(\.rawValue)), "live otherwise."), on,
        ] + APIParameter.paging, answer: .page(CommitteeLine.schema), errors: [404])

    static let compliance = APIOperation(
        "Which units below one have no committee yet, or an incomplete one", tag: "committees",
        query: [
            APIParameter("unit", .uid, "Below this unit; the highest of the caller's otherwise."),
            APIParameter("programme", .string, "Only committees for this programme; any otherwise."),
            APIParameter(
                "level", .choice(ComplianceFilter.TerritoryLevel.allCases.map(\.rawValue)),
                "At any depth, of this level; directly below otherwise."),
            APIParameter("state", .choice(ComplianceState.allCases.map(\.rawValue)), "Only units in this state."), on,
        ] + APIParameter.paging, answer: ComplianceBody.schema, errors: [404])

    static let create = APIOperation(
        "Set up a committee, with its body when there is none yet", tag: "committees",
        body: .object(
            [
                ("unit", .uid, false), ("host", .uid, false), ("name", .string, false), ("name_en", .string, false),
                ("secrecy", .choice(Secrecy.allCases.map(\.name)), false), ("programme", .string, true),
                ("from", .day, true), ("decision", .string, true),
            ] + sourced), answer: CommitteeRow.schema, status: 201, errors: [409])

    static let show = APIOperation(
        "One committee with seats, organs, papers, checklist and rules", tag: "committees", query: [on],
        answer: CommitteeDetail.schema)

    static let history = APIOperation(
        "What was done to a committee, newest first", tag: "committees", query: APIParameter.paging,
        answer: .page(EventBody.schema))

    static let addSeat = APIOperation(
        "Give somebody a seat, or name one by its role", tag: "committees",
        body: .object(
            [
                ("position", positions, true), ("title", .string, true), ("person", .string, false),
                ("office", .string, false), ("from", .day, true), ("to", .nullable(.day), false),
                ("decision", .string, true),
            ] + sourced), answer: CommitteeRow.schema, status: 201, needsVersion: true)

    static let consolidate = APIOperation(
        "A new list from a day on by one decision: who leaves, who becomes something else, who is new",
        tag: "committees",
        body: .object([
            ("from", .day, true), ("decision", .string, true),
            (
                "seats",
                .list(
                    .record(["seat": .uid, "position": .choice(["leaves"] + SeatPosition.allCases.map(\.rawValue))])),
                false
            ),
            (
                "additions",
                .list(
                    .object(
                        [
                            ("position", positions, true), ("title", .string, true), ("person", .string, false),
                            ("office", .string, false),
                        ] + sourced)), false
            ),
        ]), answer: CommitteeRow.schema, needsVersion: true)

    static let addOrgan = APIOperation(
        "Let a unit work for the committee; without one it is made", tag: "committees",
        body: .object(
            [
                ("kind", .choice(OrganKind.allCases.map(\.rawValue)), true), ("unit", .uid, false),
                ("name", .string, false), ("from", .day, true), ("to", .nullable(.day), false),
                ("decision", .string, true),
            ] + sourced), answer: CommitteeRow.schema, status: 201, needsVersion: true)

    static let addPaper = APIOperation(
        "State that the committee has a paper of the checklist", tag: "committees",
        body: .object(
            [
                ("item", .choice(SetupItem.papers.map(\.rawValue)), true), ("reference", .string, true),
                ("from", .day, true), ("to", .nullable(.day), false),
            ] + sourced), answer: CommitteeRow.schema, status: 201, needsVersion: true)

    static func end(_ what: String) -> APIOperation {
        APIOperation(
            "End \(what) from a day on", tag: "committees", body: .record(["from": .day, "decision": .string]),
            answer: CommitteeRow.schema, needsVersion: true)
    }
}
