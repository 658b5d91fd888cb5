/// How people, offices and rights look in the API.
extension PersonRow: APIBody {
    public var json: JSONValue {
        .object([
            ("uid", .text(person.uid.text)), ("name", .text(person.name)),
            ("erased", .bool(person.isErased)), ("offices", .list(offices.map(\.json))),
            ("version", .int(Int64(person.version))),
        ])
    }

    static let schema = APISchema.record([
        "uid": .uid, "name": .string, "erased": .boolean, "offices": .list(OfficeRow.schema), "version": .integer,
    ])
}

extension OfficeRow: APIBody {
    public var json: JSONValue { .object(members) }

    var members: [(String, JSONValue)] {
        [
            ("uid", .text(office.uid.text)), ("title", .text(office.title)),
            ("unit", .object([("uid", .text(unitUID.text)), ("name", .text(unitName))])),
            ("from", .day(office.from)), ("to", .day(office.to)), ("decision", .text(office.decision)),
        ]
    }

    static let schema = APISchema.record([
        "uid": .uid, "title": .string, "unit": unitSchema, "from": .day, "to": .nullable(.day), "decision": .string,
    ])
    static let unitSchema = APISchema.record(["uid": .uid, "name": .string])
}

extension GrantRow: APIBody {
    public var json: JSONValue {
        .object([
            ("uid", .text(uid.text)), ("role", .text(grant.role.rawValue)),
            ("hierarchy", .text(grant.hierarchy.rawValue)),
            ("unit", .object([("uid", .text(unitUID.text)), ("name", .text(unitName))])),
            ("ceiling", .text(grant.ceiling.name)), ("from", .day(from)), ("to", .day(to)),
        ])
    }

    static let schema = APISchema.record([
        "uid": .uid, "role": .choice(Role.allCases.map(\.rawValue)),
        "hierarchy": .choice(Hierarchy.allCases.map(\.rawValue)), "unit": OfficeRow.unitSchema,
        "ceiling": .choice(Secrecy.allCases.map(\.name)), "from": .day, "to": .nullable(.day),
    ])
}

/// One person whole: every office that the caller may know, with the rights that the caller may see.
extension PersonDetail: APIBody {
    var json: JSONValue {
        .object([
            ("uid", .text(row.person.uid.text)), ("name", .text(row.person.name)),
            ("erased", .bool(row.person.isErased)), ("version", .int(Int64(row.person.version))),
            (
                "offices",
                .list(
                    offices.map { detail in
                        .object(detail.row.members + [("grants", .list(detail.grants.map(\.json)))])
                    })
            ),
        ])
    }

    static let schema = APISchema.record([
        "uid": .uid, "name": .string, "erased": .boolean, "version": .integer,
        "offices": .list(
            .record([
                "uid": .uid, "title": .string, "unit": OfficeRow.unitSchema, "from": .day, "to": .nullable(.day),
                "decision": .string, "grants": .list(GrantRow.schema),
            ])),
    ])
}
