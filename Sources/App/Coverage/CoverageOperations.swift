/// What the OpenAPI document says of the routes.
enum CoverageOperations {
    static let audienceNames: Set<String> = ["audience", "base", "kind", "units"]
    static let draftNames: Set<String> = audienceNames.union(["type", "title", "paragraph", "due_on", "owner"])

    private static let audience: [(name: String, schema: APISchema, required: Bool)] = [
        ("audience", .choice(RequirementAudience.Name.allCases.map(\.rawValue)), true), ("base", .uid, false),
        ("kind", .choice(UnitKind.allCases.map(\.rawValue)), false), ("units", .string, false),
    ]
    private static let states = APIParameter(
        "state", .choice(CoverageFilter.State.allCases.map(\.rawValue)), "Only units with such a duty.")

    static let overview = APIOperation(
        "Documents that require something of units that the caller may know of", tag: "coverage",
        query: APIParameter.paging, answer: .page(CoverageSummaryBody.schema))
    static let matrix = APIOperation(
        "Units against what the document requires of them", tag: "coverage",
        query: [
            states, APIParameter("requirement", .uid, "Only this requirement."),
            APIParameter("q", .string, "Words of the unit's name; accents do not matter."),
            APIParameter("below", .uid, "Only units below this one."),
            APIParameter("sort", .choice(CoverageFilter.Order.allCases.map(\.rawValue)), "urgency otherwise."),
            APIParameter("desc", .choice(["1"]), "In the opposite order."),
        ] + APIParameter.paging, answer: .page(CoverageLineBody.schema))
    static let reminder = APIOperation(
        "A reminder to those who have not issued what is required, in the caller's language", tag: "coverage",
        query: [
            APIParameter("requirement", .uid, "Only this requirement."),
            APIParameter("late", .choice(["1"]), "Only those whose last day has passed."),
            APIParameter("by", .day, "By when they are asked to answer; in seven days otherwise."),
        ], answer: ReminderBody.schema)
    static let reminderMembers: [APIMember] = [
        ("issuer", .uid, true), ("issuer_sign", .string, true),
        ("numbering", .choice(Document.Numbering.allCases.map(\.rawValue)), false), ("term", .integer, false),
        ("requirement", .uid, false), ("late", .boolean, false), ("by", .day, false),
    ]
    static let draftReminder = APIOperation(
        "Make the draft of a dispatch out of the reminder", tag: "coverage", body: .object(reminderMembers),
        answer: DocumentBody.schema, status: 201, errors: [409])
    static let requirements = APIOperation(
        "What a document requires", tag: "coverage", answer: .record(["items": .list(RequirementBody.schema)]))
    static let require = APIOperation(
        "Require a type of document of units, by a day", tag: "coverage",
        body: .object(
            [
                ("type", .choice(DocumentType.allCases.map(\.rawValue)), true), ("title", .string, false),
                ("paragraph", .string, false), ("due_on", .day, true), ("owner", .uid, false),
            ] + audience), answer: RequirementBody.schema, status: 201)
    static let show = APIOperation("One requirement", tag: "coverage", answer: RequirementBody.schema)
    static let history = APIOperation(
        "What was done to a requirement and to the duties under it, newest first", tag: "coverage",
        query: APIParameter.paging, answer: .page(EventBody.schema))
    static let change = APIOperation(
        "Change the words of a requirement, or move its deadline with a reason", tag: "coverage",
        body: .object([
            ("title", .string, false), ("paragraph", .string, false), ("due_on", .day, true),
            ("reason", .string, false),
        ]), answer: RequirementBody.schema, needsVersion: true)
    static let withdraw = APIOperation(
        "Take a requirement back", tag: "coverage", body: .record(["reason": .string]),
        answer: RequirementBody.schema, needsVersion: true)
    static let address = APIOperation(
        "Address a requirement to more units", tag: "coverage", body: .object(audience),
        answer: RequirementBody.schema, needsVersion: true)
    static let duty = APIOperation("What one unit owes under a requirement", tag: "coverage", answer: DutyBody.schema)
    static let decide = APIOperation(
        "Decide of a unit's duty: name its document, waive it, or take the unit back", tag: "coverage",
        body: .object([
            ("decision", .choice(DutyDecision.Name.allCases.map(\.rawValue)), true), ("document", .uid, false),
            ("reason", .string, true),
        ]), answer: RequirementBody.schema, needsVersion: true)
    /// Decisions of a duty as acts of their own.
    static let fulfil = APIOperation(
        "Name the document by which a unit has done what it owes", tag: "coverage",
        body: .record(["document": .uid, "reason": .string]), answer: RequirementBody.schema)

    static func decideForReason(_ act: RequirementAct) -> APIOperation {
        let summary =
            switch act {
            case .reopen: "Take back the document that was named by hand"
            case .waive: "A unit need not issue it"
            case .unwaive: "A unit must issue it after all"
            default: "A unit is no longer addressed"
            }
        return APIOperation(
            summary, tag: "coverage", body: .record(["reason": .string]), answer: RequirementBody.schema)
    }

    static let unit = APIOperation(
        "What a unit must still issue, or has issued", tag: "coverage",
        query: [
            APIParameter(
                "state", .choice(CoverageFilter.State.allCases.map(\.rawValue) + [UnitDutiesRequest.all]),
                "missing otherwise.")
        ] + APIParameter.paging, answer: .page(UnitDutyBody.schema))
}
