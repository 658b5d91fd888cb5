/// A gap as the API shows it in lists and after changes.
struct GapBody: APIBody, Sendable {
    let row: GapRow

    init(_ row: GapRow) { self.row = row }

    var members: [(String, JSONValue)] {
        let gap = row.gap
        return [
            ("uid", .text(row.uid.text)), ("title", .text(gap.title)), ("type", .text(gap.type.rawValue)),
            ("owner", .text(row.owner.uid.text)), ("owner_name", .text(row.owner.name)), ("due_on", .day(gap.due)),
            ("state", .text(gap.state.rawValue)), ("paragraph", .text(gap.paragraph)), ("reason", .text(gap.reason)),
            ("blocks", .text(gap.blocks)), ("document", .optional(row.document?.uid.text)),
            ("document_name", .optional(row.document?.name)), ("settled_on", .day(gap.settledOn)),
            ("settlement", .text(gap.settlement)), ("version", .int(Int64(gap.version))),
        ]
    }

    var json: JSONValue { .object(members) }

    static let members: [(name: String, schema: APISchema, required: Bool)] = [
        ("uid", .uid, true), ("title", .string, true), ("type", .choice(DocumentType.allCases.map(\.rawValue)), true),
        ("owner", .uid, true), ("owner_name", .string, true), ("due_on", .nullable(.day), true),
        ("state", .choice(Gap.State.allCases.map(\.rawValue)), true), ("paragraph", .string, true),
        ("reason", .string, true), ("blocks", .string, true), ("document", .nullable(.uid), true),
        ("document_name", .nullable(.string), true), ("settled_on", .nullable(.day), true),
        ("settlement", .string, true), ("version", .integer, true),
    ]
    static let schema = APISchema.object(members)
}

/// A gap with its basis, its office and what it blocks.
struct GapDetailBody: APIBody, Sendable {
    let detail: GapDetail

    init(_ detail: GapDetail) { self.detail = detail }

    var json: JSONValue {
        .object(
            GapBody(detail.row).members + [
                ("basis", .optional(detail.basis?.uid.text)), ("basis_name", .optional(detail.basis?.name)),
                ("office", .optional(detail.office?.uid.text)), ("office_title", .optional(detail.office?.title)),
                (
                    "blocked_units",
                    .list(detail.blockedUnits.map { .object([("uid", .text($0.uid.text)), ("name", .text($0.name))]) })
                ),
                (
                    "blocked_documents",
                    .list(
                        detail.blockedDocuments.map {
                            .object([("uid", .text($0.uid.text)), ("name", .text($0.name))])
                        })
                ),
                (
                    "blocked_tasks",
                    .list(
                        detail.blockedTasks.map {
                            .object([("uid", .text($0.uid.text)), ("name", .text($0.task.title))])
                        })
                ),
            ])
    }

    private static let link = APISchema.record(["uid": .uid, "name": .string])
    static let schema = APISchema.object(
        GapBody.members + [
            ("basis", .nullable(.uid), true), ("basis_name", .nullable(.string), true),
            ("office", .nullable(.uid), true), ("office_title", .nullable(.string), true),
            ("blocked_units", .list(link), true), ("blocked_documents", .list(link), true),
            ("blocked_tasks", .list(link), true),
        ])
}

/// What the OpenAPI document says of the routes.
enum GapOperations {
    static let draftNames: Set<String> = [
        "title", "type", "owner", "office", "due_on", "basis", "paragraph", "reason", "blocks", "blocked_units",
        "blocked_documents", "blocked_tasks",
    ]

    private static let draft = APISchema.object([
        ("title", .string, true), ("type", .choice(DocumentType.allCases.map(\.rawValue)), true), ("owner", .uid, true),
        ("office", .uid, false), ("due_on", .day, true), ("basis", .uid, false), ("paragraph", .string, false),
        ("reason", .string, false), ("blocks", .string, false), ("blocked_units", .string, false),
        ("blocked_documents", .string, false), ("blocked_tasks", .string, false),
    ])

    static let list = APIOperation(
        "Documents still to be issued, what is late first", tag: "gaps",
        query: [
            APIParameter("state", .choice(GapFilter.State.allCases.map(\.rawValue)), "open otherwise."),
            APIParameter("q", .string, "Words of the title; accents do not matter."),
            APIParameter("owner", .uid, "Only those that this unit must issue."),
        ] + APIParameter.paging, answer: .page(GapBody.schema), errors: [404])
    static let show = APIOperation("One document still to be issued", tag: "gaps", answer: GapDetailBody.schema)
    static let history = APIOperation(
        "What was done to it, newest first", tag: "gaps", query: APIParameter.paging, answer: .page(EventBody.schema))
    static let create = APIOperation(
        "Note a document that is still to be issued", tag: "gaps", body: draft, answer: GapBody.schema, status: 201)
    static let change = APIOperation(
        "Change what is known of it", tag: "gaps", body: draft, answer: GapBody.schema, needsVersion: true)
    static let decide = APIOperation(
        "Name its draft, close it by a document, drop it, or open it again", tag: "gaps",
        body: .object([
            ("decision", .choice(GapDecision.Name.allCases.map(\.rawValue)), true), ("document", .uid, false),
            ("reason", .string, false),
        ]), answer: GapBody.schema, needsVersion: true)
}
