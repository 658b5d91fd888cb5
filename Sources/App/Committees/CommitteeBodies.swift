/// A committee as the API shows it in lists and after changes.
extension CommitteeRow: APIBody {
    var members: [(String, JSONValue)] {
        [
            ("uid", .text(uid.text)), ("name", .text(name)), ("unit", .text(unitUID.text)),
            ("host", .optional(host?.uid.text)), ("host_name", .optional(host?.name)),
            ("programme", .text(committee.programme)), ("from", .day(from)), ("to", .day(to)),
            ("secrecy", .text(secrecy.name)), ("article", .text(committee.source.article)),
            ("quote", .text(committee.source.quote)), ("version", .int(Int64(committee.version))),
        ]
    }

    public var json: JSONValue { .object(members) }

    static let memberSchemas: [(name: String, schema: APISchema, required: Bool)] = [
        ("uid", .uid, true), ("name", .string, true), ("unit", .uid, true), ("host", .nullable(.uid), true),
        ("host_name", .nullable(.string), true), ("programme", .string, true), ("from", .nullable(.day), true),
        ("to", .nullable(.day), true), ("secrecy", .choice(Secrecy.allCases.map(\.name)), true),
        ("article", .string, true), ("quote", .string, true), ("version", .integer, true),
    ]
    static let schema = APISchema.object(memberSchemas)
}

extension CommitteeLine: APIBody {
    public var json: JSONValue {
        .object(row.members + [("head", head?.json ?? .null), ("checklist", progress.json)])
    }

    static let schema = APISchema.object(
        CommitteeRow.memberSchemas + [
            ("head", .nullable(SeatRow.schema), true), ("checklist", SetupProgress.schema, true),
        ])
}

extension SetupProgress {
    var json: JSONValue {
        .object([
            ("done", .int(Int64(done))), ("complete", .bool(isWhole)),
            ("missing", .list(missing.map { .text($0.rawValue) })),
        ])
    }

    static let schema = APISchema.record([
        "done": .integer, "complete": .boolean, "missing": .list(.choice(SetupItem.allCases.map(\.rawValue))),
    ])
}

extension SeatRow: APIBody {
    public var json: JSONValue {
        .object([
            ("uid", .text(seat.uid.text)), ("position", .text(seat.position.rawValue)), ("title", .text(seat.title)),
            (
                "person",
                person.map { .object([("uid", .text($0.uid.text)), ("name", .text($0.name))]) } ?? .null
            ),
            ("person_hidden", .bool(isPersonHidden)),
            (
                "office",
                office.map { office in
                    .object([
                        ("uid", .text(office.uid.text)), ("title", .text(office.title)),
                        ("unit", .text(office.unit.uid.text)), ("unit_name", .text(office.unit.name)),
                    ])
                } ?? .null
            ),
            ("left_on", leftOn.map { .day($0) } ?? .null), ("from", .day(seat.from)), ("to", .day(seat.to)),
            ("decision", .text(seat.decision)), ("end_decision", .text(seat.endDecision)),
            ("article", .text(seat.source.article)), ("quote", .text(seat.source.quote)),
        ])
    }

    static let schema = APISchema.record([
        "uid": .uid, "position": .choice(SeatPosition.allCases.map(\.rawValue)), "title": .string,
        "person": .nullable(.record(["uid": .uid, "name": .string])), "person_hidden": .boolean,
        "office": .nullable(.record(["uid": .uid, "title": .string, "unit": .uid, "unit_name": .string])),
        "left_on": .nullable(.day), "from": .nullable(.day), "to": .nullable(.day), "decision": .string,
        "end_decision": .string, "article": .string, "quote": .string,
    ])
}

extension OrganRow: APIBody {
    public var json: JSONValue {
        .object([
            ("uid", .text(organ.uid.text)), ("kind", .text(organ.kind.rawValue)),
            ("unit", .optional(unit?.uid.text)), ("unit_name", .optional(unit?.name)), ("from", .day(organ.from)),
            ("to", .day(organ.to)), ("decision", .text(organ.decision)), ("end_decision", .text(organ.endDecision)),
            ("article", .text(organ.source.article)), ("quote", .text(organ.source.quote)),
        ])
    }

    static let schema = APISchema.record([
        "uid": .uid, "kind": .choice(OrganKind.allCases.map(\.rawValue)), "unit": .nullable(.uid),
        "unit_name": .nullable(.string), "from": .nullable(.day), "to": .nullable(.day), "decision": .string,
        "end_decision": .string, "article": .string, "quote": .string,
    ])
}

extension CommitteePaper: APIBody {
    public var json: JSONValue {
        .object([
            ("uid", .text(uid.text)), ("item", .text(item.rawValue)), ("reference", .text(reference)),
            ("from", .day(from)), ("to", .day(to)), ("article", .text(source.article)), ("quote", .text(source.quote)),
        ])
    }

    static let schema = APISchema.record([
        "uid": .uid, "item": .choice(SetupItem.papers.map(\.rawValue)), "reference": .string,
        "from": .nullable(.day), "to": .nullable(.day), "article": .string, "quote": .string,
    ])
}

extension SetupLine: APIBody {
    public var json: JSONValue {
        .object([
            ("item", .text(item.rawValue)), ("state", .text(state.rawValue)),
            ("day", day.map { .day($0) } ?? .null), ("reference", .text(reference)),
        ])
    }

    static let schema = APISchema.record([
        "item": .choice(SetupItem.allCases.map(\.rawValue)), "state": .choice(State.allCases.map(\.rawValue)),
        "day": .nullable(.day), "reference": .string,
    ])
}

/// One committee whole, on a day: who sits in it then, and everybody before and after.
extension CommitteeDetail: APIBody {
    public var json: JSONValue {
        .object(
            row.members + [
                ("on", .day(day)), ("seats", .list(seats(.now).map(\.json))),
                ("past_seats", .list(seats(.past).map(\.json))), ("coming_seats", .list(seats(.coming).map(\.json))),
                ("organs", .list(organs.map(\.json))), ("papers", .list(papers.map(\.json))),
                ("checklist", .list(checklist.map(\.json))), ("rules", rules.json),
            ])
    }

    static let schema = APISchema.object(
        CommitteeRow.memberSchemas + [
            ("on", .day, true), ("seats", .list(SeatRow.schema), true), ("past_seats", .list(SeatRow.schema), true),
            ("coming_seats", .list(SeatRow.schema), true), ("organs", .list(OrganRow.schema), true),
            ("papers", .list(CommitteePaper.schema), true), ("checklist", .list(SetupLine.schema), true),
            ("rules", RulesInForce.schema, true),
        ])
}

extension ComplianceLine: APIBody {
    public var json: JSONValue {
        .object([
            ("unit", .text(uid.text)), ("name", .text(name)), ("kind", .text(kind.rawValue)),
            ("committee", .optional(committee?.text)), ("state", .text(state.rawValue)), ("checklist", progress.json),
        ])
    }

    static let schema = APISchema.record([
        "unit": .uid, "name": .string, "kind": .choice(UnitKind.allCases.map(\.rawValue)),
        "committee": .nullable(.uid), "state": .choice(ComplianceState.allCases.map(\.rawValue)),
        "checklist": SetupProgress.schema,
    ])
}

/// A page of the list with the figures of the whole.
struct ComplianceBody: APIBody {
    /// Nil for a caller without a right over any territory.
    let found: Compliance?
    let page: Page<ComplianceLine>

    var json: JSONValue {
        .object([
            ("unit", .optional(found?.unit.uid.text)), ("units", count(found?.lines.count)),
            ("established", count(found?.established)), ("complete", count(found?.count(.complete))),
            ("incomplete", count(found?.count(.incomplete))), ("none", count(found?.count(.without))),
            ("items", .list(page.items.map(\.json))), ("next", .optional(page.next?.text)),
            ("total", .int(Int64(page.total))), ("total_is_floor", .bool(false)),
        ])
    }

    private func count(_ number: Int?) -> JSONValue { .int(Int64(number ?? 0)) }

    static let schema = APISchema.record([
        "unit": .nullable(.uid), "units": .integer, "established": .integer, "complete": .integer,
        "incomplete": .integer, "none": .integer, "items": .list(ComplianceLine.schema), "next": .nullable(.string),
        "total": .integer, "total_is_floor": .boolean,
    ])
}

/// Committees as the command line prints them: the same members as in the API.
public enum CommitteeJSON {
    public static func line(_ line: CommitteeLine) -> String { line.json.text }
    public static func detail(_ detail: CommitteeDetail) -> String { detail.json.text }
    public static func compliance(_ line: ComplianceLine) -> String { line.json.text }
}
