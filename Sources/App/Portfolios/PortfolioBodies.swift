/// Who is in charge of what, as the API shows it.
extension PortfolioCoverage: APIBody {
    public var json: JSONValue {
        .object([
            ("members", .list(members.map(member))),
            (
                "fields",
                .list(
                    fields.map { entry in
                        .object([
                            ("uid", .text(entry.what.uid.text)), ("family", .text(entry.what.family.rawValue)),
                            ("code", .text(entry.what.code)), ("name", .text(entry.what.name)),
                            ("name_en", .text(entry.what.english)), ("state", .text(entry.state.rawValue)),
                            ("seats", PortfolioCoverage.seats(entry.members)),
                        ])
                    })
            ),
            (
                "localities",
                .list(
                    localities.map { entry in
                        .object([
                            ("unit", .text(entry.what.unit.uid.text)), ("name", .text(entry.what.unit.name)),
                            ("state", .text(entry.state.rawValue)), ("seats", PortfolioCoverage.seats(entry.members)),
                        ])
                    })
            ),
            ("tasks", .list(tasks.map(PortfolioCoverage.task))), ("more_tasks", .bool(hasMoreTasks)),
        ])
    }

    private static func task(_ entry: Entry<ChargedTask>) -> JSONValue {
        .object([
            ("uid", .text(entry.what.uid.text)), ("title", .text(entry.what.title)),
            ("is_key", .bool(entry.what.isKey)), ("state", .text(entry.state.rawValue)),
            ("through_field", .bool(entry.isThroughField)), ("seats", seats(entry.members)),
        ])
    }

    private func member(_ row: SeatRow) -> JSONValue {
        .object([
            ("seat", row.json), ("fields", .list(fields(of: row.seat.id).map { .text($0.uid.text) })),
            ("localities", .list(localities(of: row.seat.id).map { .text($0.unit.uid.text) })),
            ("tasks", .list(tasks(of: row.seat.id).map { .text($0.uid.text) })),
            ("notices", .list(notices(of: row.seat.id).map { .text($0) })),
        ])
    }

    private static func seats(_ members: [SeatRow]) -> JSONValue { .list(members.map { .text($0.seat.uid.text) }) }

    private static let states = APISchema.choice(PortfolioCoverage.State.allCases.map(\.rawValue))
    static let schema = APISchema.record([
        "members": .list(
            .record([
                "seat": SeatRow.schema, "fields": .list(.uid), "localities": .list(.uid), "tasks": .list(.uid),
                "notices": .list(.string),
            ])),
        "fields": .list(
            .record([
                "uid": .uid, "family": .choice(WorkField.Family.allCases.map(\.rawValue)), "code": .string,
                "name": .string, "name_en": .string, "state": states, "seats": .list(.uid),
            ])),
        "localities": .list(.record(["unit": .uid, "name": .string, "state": states, "seats": .list(.uid)])),
        "tasks": .list(
            .record([
                "uid": .uid, "title": .string, "is_key": .boolean, "state": states, "through_field": .boolean,
                "seats": .list(.uid),
            ])), "more_tasks": .boolean,
    ])
}

extension RulesInForce: APIBody {
    public var json: JSONValue {
        .object([
            ("cadence", .text(rules.cadence.rawValue)), ("calendar", .text(rules.calendar.rawValue)),
            ("cut_off_day", .int(Int64(rules.cutOffDay))),
            ("extenders", .list(rules.orderedExtenders.map { .text($0.rawValue) })),
            ("clear_points", .int(Int64(rules.clearPoints))), ("warn_days", .int(Int64(rules.warnDays))),
            ("warn_days_long", .int(Int64(rules.warnDaysLong))), ("standard", .bool(isStandard)),
            ("regulation", regulation?.json ?? .null),
        ])
    }

    static let schema = APISchema.record([
        "cadence": .choice(SessionCadence.allCases.map(\.rawValue)),
        "calendar": .choice(ReportingCalendar.allCases.map(\.rawValue)), "cut_off_day": .integer,
        "extenders": .list(.choice(DeadlineExtender.allCases.map(\.rawValue))), "clear_points": .integer,
        "warn_days": .integer, "warn_days_long": .integer, "standard": .boolean,
        "regulation": .nullable(CommitteePaper.schema),
    ])
}

/// What the OpenAPI document says of the routes.
enum PortfolioBodies {
    private static let on = APIParameter("on", .day, "As of this day; today otherwise.")

    static let show = APIOperation(
        "Who is in charge of which fields, localities and tasks, what nobody covers and what several cover",
        tag: "committees", query: [on], answer: PortfolioCoverage.schema)
    static let assign = APIOperation(
        "Put a member in charge by a notice; what is not named ends on that day", tag: "committees",
        body: .object([
            ("seat", .uid, true), ("reference", .string, true), ("from", .day, true), ("to", .nullable(.day), false),
            ("fields", .list(.uid), false), ("localities", .list(.uid), false), ("tasks", .list(.uid), false),
        ]), answer: CommitteeRow.schema, needsVersion: true)
    static let addField = APIOperation(
        "Add a field that only this committee has", tag: "committees",
        body: .object([("name", .string, true), ("name_en", .string, false)]), answer: CommitteeRow.schema, status: 201,
        needsVersion: true)
    static let rules = APIOperation(
        "The rules on a day, and the regulation that they rest on", tag: "committees", query: [on],
        answer: RulesInForce.schema)
    static let setRules = APIOperation(
        "Set the rules from a day on by a regulation", tag: "committees",
        body: .object([
            ("reference", .string, true), ("from", .day, true),
            ("cadence", .choice(SessionCadence.allCases.map(\.rawValue)), true),
            ("calendar", .choice(ReportingCalendar.allCases.map(\.rawValue)), true), ("cut_off_day", .integer, true),
            ("extenders", .list(.choice(DeadlineExtender.allCases.map(\.rawValue))), true),
            ("clear_points", .integer, true), ("warn_days", .integer, true), ("warn_days_long", .integer, true),
        ]), answer: CommitteeRow.schema, status: 201, needsVersion: true)
}
