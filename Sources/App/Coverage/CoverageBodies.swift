/// A requirement as the API shows it.
struct RequirementBody: APIBody, Sendable {
    let row: RequirementRow
    let document: DocumentRow
    /// Nil after a change: the caller asks for them when it wants them.
    let counts: CoverageCounts?

    init(_ row: RequirementRow, of document: DocumentRow, _ counts: CoverageCounts?) {
        self.row = row
        self.document = document
        self.counts = counts
    }

    var json: JSONValue {
        let requirement = row.requirement
        return .object([
            ("uid", .text(row.uid.text)), ("document", .text(document.uid.text)),
            ("document_name", .text(document.name)), ("type", .text(requirement.type.rawValue)),
            ("title", .text(requirement.title)), ("paragraph", .text(requirement.paragraph)),
            ("due_on", .day(requirement.due)), ("first_due_on", .day(requirement.firstDue)),
            ("made_on", .day(requirement.madeOn)), ("owner", .optional(row.owner?.uid.text)),
            ("owner_name", .optional(row.owner?.name)), ("withdrawn", .bool(requirement.isWithdrawn)),
            ("withdrawal_reason", .text(requirement.withdrawalReason)),
            ("counts", counts.map { CountsBody($0, of: requirement.id).json } ?? .null),
            ("version", .int(Int64(requirement.version))),
        ])
    }

    static let schema = APISchema.record([
        "uid": .uid, "document": .uid, "document_name": .string, "type": .choice(DocumentType.allCases.map(\.rawValue)),
        "title": .string, "paragraph": .string, "due_on": .nullable(.day), "first_due_on": .nullable(.day),
        "made_on": .nullable(.day), "owner": .nullable(.uid), "owner_name": .nullable(.string), "withdrawn": .boolean,
        "withdrawal_reason": .string, "counts": .nullable(CountsBody.schema), "version": .integer,
    ])
}

/// Duties by status.
struct CountsBody: APIBody, Sendable {
    let counts: CoverageCounts
    let requirement: ID<Requirement>?

    init(_ counts: CoverageCounts, of requirement: ID<Requirement>? = nil) {
        self.counts = counts
        self.requirement = requirement
    }

    var json: JSONValue {
        .object(
            DutyStatus.allCases.map { ($0.rawValue, .int(Int64(counts.count($0, of: requirement)))) }
                + [("all", .int(Int64(counts.total(of: requirement))))])
    }

    static let schema = APISchema.object(
        DutyStatus.allCases.map { ($0.rawValue, .integer, true) } + [("all", .integer, true)])
}

struct CoverageSummaryBody: APIBody, Sendable {
    let summary: CoverageSummary

    init(_ summary: CoverageSummary) { self.summary = summary }

    var json: JSONValue {
        .object([
            ("document", .text(summary.document.uid.text)), ("document_name", .text(summary.document.name)),
            ("document_title", .text(summary.document.document.title)), ("due_on", .day(summary.due)),
            ("counts", CountsBody(summary.counts).json),
        ])
    }

    static let schema = APISchema.record([
        "document": .uid, "document_name": .string, "document_title": .string, "due_on": .nullable(.day),
        "counts": CountsBody.schema,
    ])
}

/// One unit with its cells.
struct CoverageLineBody: APIBody, Sendable {
    let line: CoverageMatrix.UnitLine
    let requirements: [ID<Requirement>: UID]

    var json: JSONValue {
        let cells = line.cells.compactMap { id, cell in requirements[id].map { (uid: $0, cell: cell) } }
        return .object([
            ("unit", .text(line.unit.uid.text)), ("unit_name", .text(line.unit.name)),
            ("kind", .text(line.kind.rawValue)), ("ended", .bool(line.hasEnded)),
            (
                "duties",
                .list(
                    cells.sorted { $0.uid < $1.uid }.map {
                        .object([("requirement", .text($0.uid.text))] + CellBody.members($0.cell))
                    })
            ),
        ])
    }

    static let schema = APISchema.record([
        "unit": .uid, "unit_name": .string, "kind": .choice(UnitKind.allCases.map(\.rawValue)), "ended": .boolean,
        "duties": .list(.object([("requirement", .uid, true)] + CellBody.schema)),
    ])
}

/// How a unit stands with one requirement.
enum CellBody {
    static func members(_ cell: CoverageMatrix.Cell) -> [(String, JSONValue)] {
        [
            ("status", .text(cell.status.rawValue)), ("due_on", .day(cell.due)),
            ("issued_on", cell.issuedOn.map { .day($0) } ?? .null), ("how", .optional(cell.how?.rawValue)),
            ("fulfilled_by", .optional(cell.document?.uid.text)),
            ("fulfilled_by_name", .optional(cell.document?.name)),
        ]
    }

    static let schema: [(name: String, schema: APISchema, required: Bool)] = [
        ("status", .choice(DutyStatus.allCases.map(\.rawValue)), true), ("due_on", .nullable(.day), true),
        ("issued_on", .nullable(.day), true), ("how", .nullable(.choice(Duty.Way.allCases.map(\.rawValue))), true),
        ("fulfilled_by", .nullable(.uid), true), ("fulfilled_by_name", .nullable(.string), true),
    ]
}

/// What one unit owes under one requirement.
struct DutyBody: APIBody, Sendable {
    let detail: DutyDetail

    init(_ detail: DutyDetail) { self.detail = detail }

    var json: JSONValue {
        let duty = detail.duty
        return .object([
            ("requirement", .text(detail.requirement.row.uid.text)), ("unit", .text(detail.unit.uid.text)),
            ("unit_name", .text(detail.unit.name)), ("status", .text(detail.status.rawValue)),
            ("due_on", .day(duty.due)), ("issued_on", duty.fulfilment.map { .day($0.on) } ?? .null),
            ("how", .optional(duty.fulfilment?.how.rawValue)),
            ("fulfilled_by", .optional(detail.fulfilment?.uid.text)),
            ("fulfilled_by_name", .optional(detail.fulfilment?.name)),
            ("fulfilment_reason", .text(duty.fulfilment?.reason ?? "")),
            ("waiver_reason", .optional(duty.waiverReason)),
        ])
    }

    static let schema = APISchema.object(
        [("requirement", .uid, true), ("unit", .uid, true), ("unit_name", .string, true)] + CellBody.schema
            + [("fulfilment_reason", .string, true), ("waiver_reason", .nullable(.string), true)])
}

struct UnitDutyBody: APIBody, Sendable {
    let duty: UnitDuty

    init(_ duty: UnitDuty) { self.duty = duty }

    var json: JSONValue {
        .object(
            [
                ("requirement", .text(duty.requirement.uid.text)), ("document", .text(duty.document.uid.text)),
                ("document_name", .text(duty.document.name)),
                ("type", .text(duty.requirement.requirement.type.rawValue)),
                ("title", .text(duty.requirement.requirement.title)), ("unit", .text(duty.unit.uid.text)),
                ("unit_name", .text(duty.unit.name)),
            ] + CellBody.members(duty.cell))
    }

    static let schema = APISchema.object(
        [
            ("requirement", .uid, true), ("document", .uid, true), ("document_name", .string, true),
            ("type", .choice(DocumentType.allCases.map(\.rawValue)), true), ("title", .string, true),
            ("unit", .uid, true), ("unit_name", .string, true),
        ] + CellBody.schema)
}

/// A reminder in the caller's language.
struct ReminderBody: APIBody, Sendable {
    let text: ReminderText

    var json: JSONValue {
        .object([
            ("subject", .text(text.subject)), ("text", .text(text.text)), ("by", .day(text.reminder.by)),
            (
                "addressees",
                .list(
                    text.reminder.addressees.map {
                        .object([
                            ("unit", .text($0.link.uid.text)), ("unit_name", .text($0.link.name)),
                            ("days_late", .int(Int64($0.daysLate))),
                        ])
                    })
            ),
        ])
    }

    static let schema = APISchema.record([
        "subject": .string, "text": .string, "by": .nullable(.day),
        "addressees": .list(.record(["unit": .uid, "unit_name": .string, "days_late": .integer])),
    ])
}
