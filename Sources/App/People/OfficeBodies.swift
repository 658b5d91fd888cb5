/// A holder of an office, as the API lists them by unit.
struct OfficeHolderBody: APIBody, Sendable {
    let row: OfficeRow

    init(_ row: OfficeRow) { self.row = row }

    var json: JSONValue { .object(row.members + [("person", OfficeHolderBody.person(row))]) }

    static func person(_ row: OfficeRow) -> JSONValue {
        .object([
            ("uid", .text(row.personUID.text)), ("name", .text(row.personName)),
            ("erased", .bool(ErasedPerson.number(in: row.personName) != nil)),
        ])
    }

    static let personSchema = APISchema.record(["uid": .uid, "name": .string, "erased": .boolean])
    static let schema = APISchema.record([
        "uid": .uid, "title": .string, "unit": OfficeRow.unitSchema, "from": .day, "to": .nullable(.day),
        "decision": .string, "person": personSchema,
    ])
}

/// A delegation with the office on its other side.
struct DelegationBody: APIBody, Sendable {
    let row: DelegationRow

    var json: JSONValue {
        let delegation = row.delegation
        return .object([
            ("uid", .text(delegation.uid.text)), ("capacity", .text(delegation.capacity.rawValue)),
            ("authority", .text(delegation.authority)), ("from", .text(delegation.from.text)),
            ("to", .day(delegation.to)), ("office", OfficeHolderBody(row.other).json),
        ])
    }

    static let schema = APISchema.record([
        "uid": .uid, "capacity": .choice(Delegation.Capacity.allCases.map(\.rawValue)), "authority": .string,
        "from": .day, "to": .nullable(.day), "office": OfficeHolderBody.schema,
    ])
}

enum OfficeBodies {
    static func json(_ items: [OfficeWorkItem], on day: Day, _ page: PageContext) -> JSONValue {
        .object([
            ("on", .text(day.text)),
            (
                "items",
                .list(
                    items.map { item in
                        .object([
                            ("kind", .text(item.kind)), ("title", .text(page.t(item.title))),
                            ("href", .optional(item.href)), ("count", .int(Int64(item.count))),
                            ("handed_over", .bool(item.isHandedOver)),
                        ])
                    })
            ),
        ])
    }

    private static let on = APIParameter("on", .day, "As of this day; today otherwise.")

    static let holders = APIOperation(
        "Who holds an office in the unit, by title.", tag: "people", query: [on] + APIParameter.paging,
        answer: .page(OfficeHolderBody.schema))

    static let vacancies = APIOperation(
        "Titles of the unit that nobody holds, for whoever may know everybody in it.", tag: "people", query: [on],
        answer: .record(["items": .list(.record(["title": .string, "since": .day]))]))

    static let work = APIOperation(
        "What is open in an office from the day on, for whoever may end it.", tag: "people", query: [on],
        answer: .record([
            "on": .day,
            "items": .list(
                .record([
                    "kind": .string, "title": .string, "href": .nullable(.string), "count": .integer,
                    "handed_over": .boolean,
                ])),
        ]))

    private static let succession: [(name: String, schema: APISchema, required: Bool)] = [
        ("successor", .string, false), ("successor_person", .string, false), ("reason", .string, false),
        ("leave_rest", .boolean, false),
    ]

    static let ending = APIOperation(
        "End an office. Open work needs a successor (an office), a successor_person, or a reason. leave_rest: what a rule does not let the successor have stays.",
        tag: "people",
        body: .object([("from", .day, true), ("decision", .string, false)] + succession), answer: OfficeRow.schema,
        errors: [409])

    static let moving = APIOperation(
        "Move the holder to another office from one day by one decision. successor may be `along`.", tag: "people",
        body: .object(
            [
                ("unit", .string, true), ("title", .string, true), ("from", .day, true),
                ("to", .nullable(.day), false), ("decision", .string, true),
            ] + succession), answer: OfficeRow.schema, status: 201, errors: [409])

    static let delegations = APIOperation(
        "Who may act for the office, and for whom it may act.", tag: "people",
        answer: .record([
            "acted_for_by": .list(DelegationBody.schema), "acts_for": .list(DelegationBody.schema),
        ]))

    static let delegating = APIOperation(
        "Let another office act for this one.", tag: "people",
        body: .object([
            ("agent", .uid, true), ("capacity", .choice(Delegation.Capacity.allCases.map(\.rawValue)), true),
            ("authority", .string, true), ("from", .day, true), ("to", .nullable(.day), false),
        ]), answer: DelegationBody.schema, status: 201, errors: [409])

    static let endingDelegation = APIOperation(
        "End a delegation today.", tag: "people", answer: .nullable(DelegationBody.schema), errors: [409])

    static let revoking = APIOperation(
        "Take a right back from today on.", tag: "people", answer: .nullable(GrantRow.schema), errors: [409])
}
