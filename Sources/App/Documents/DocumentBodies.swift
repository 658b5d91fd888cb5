/// A document as the API shows it in lists and after changes.
struct DocumentBody: APIBody, Sendable {
    let row: DocumentRow
    let day: Day

    init(_ row: DocumentRow, on day: Day) {
        self.row = row
        self.day = day
    }

    var members: [(String, JSONValue)] {
        let document = row.document, force = row.force(on: day)
        return [
            ("uid", .text(row.uid.text)), ("name", .text(row.name)), ("state", .text(document.state.rawValue)),
            ("force", .text(force.name)), ("force_day", .optional(force.day?.text)),
            ("type", .text(document.type.rawValue)), ("sign", .text(document.sign)),
            ("series", .text(document.series)), ("number", document.number.map { .int(Int64($0)) } ?? .null),
            ("title", .text(document.title)), ("issuer", .optional(row.issuer?.text)),
            ("issuer_name", .text(document.issuerName)), ("issued_on", .day(document.issuedOn)),
            ("effect_from", .day(document.effectFrom)), ("effect_to", .day(document.effectTo)),
            ("signer", .text(document.signer)), ("signer_title", .text(document.signerTitle)),
            ("capacity", .optional(document.capacity?.rawValue)), ("secrecy", .text(document.secrecy.name)),
            ("reference", .bool(document.isReference)), ("version", .int(Int64(document.version))),
        ]
    }

    var json: JSONValue { .object(members) }

    static let members: [(name: String, schema: APISchema, required: Bool)] = [
        ("uid", .uid, true), ("name", .string, true),
        ("state", .choice(DocumentFilter.Listed.allCases.map(\.rawValue)), true), ("force", .choice(forces), true),
        ("force_day", .nullable(.day), true), ("type", .choice(DocumentType.allCases.map(\.rawValue)), true),
        ("sign", .string, true), ("series", .string, true), ("number", .nullable(.integer), true),
        ("title", .string, true), ("issuer", .nullable(.uid), true), ("issuer_name", .string, true),
        ("issued_on", .nullable(.day), true), ("effect_from", .nullable(.day), true),
        ("effect_to", .nullable(.day), true), ("signer", .string, true), ("signer_title", .string, true),
        ("capacity", .nullable(.choice(Delegation.Capacity.allCases.map(\.rawValue))), true),
        ("secrecy", .choice(Secrecy.allCases.map(\.name)), true), ("reference", .boolean, true),
        ("version", .integer, true),
    ]
    static let schema = APISchema.object(members)
    private static let forces = ["draft", "not-yet", "in-force", "expired", "replaced", "withdrawn"]
}

/// A document with its names, links, paragraphs, recipients, opinions and named readers.
struct DocumentDetailBody: Sendable {
    let detail: DocumentDetail
    let day: Day

    init(_ detail: DocumentDetail, on day: Day) {
        self.detail = detail
        self.day = day
    }

    var json: JSONValue {
        let document = detail.row.document
        return .object(
            DocumentBody(detail.row, on: day).members + [
                ("numbering", .text(document.numbering.rawValue)), ("issuer_sign", .text(document.issuerSign)),
                ("next_sign", .optional(detail.nextSign)), ("holder", .text(document.holder)),
                ("source", .text(document.source)), ("quote", .text(document.quote)),
                ("withdrawn_on", .day(document.withdrawnOn)),
                ("withdrawal_reason", .text(document.withdrawalReason)),
                ("aliases", .list(detail.aliases.map { .text($0) })), ("links", .list(detail.links.map(link))),
                ("back_links", .list(detail.backLinks.map(link))),
                ("paragraphs", .list(detail.paragraphs.map { ParagraphBody($0).json })),
                ("recipients", .list(detail.recipients.map { RecipientBody($0).json })),
                ("recipients_total", .int(Int64(detail.recipientCount))),
                ("opinions", .list(detail.opinions.map { OpinionBody($0).json })),
                ("readers", .list(detail.readers.map(reader))),
                (
                    "files",
                    .list(
                        detail.files.map {
                            AttachmentBody($0, href: "/api/v1/documents/\(document.uid)/files/\($0.uid)/content").json
                        })
                ),
            ])
    }

    private func reader(_ reader: DocumentReader) -> JSONValue {
        .object([
            ("office", .text(reader.office.text)), ("person", .optional(reader.person)),
            ("title", .text(reader.title)), ("unit_name", .text(reader.unitName)),
            ("named_at", .text(reader.namedAt.text)),
        ])
    }

    private static let reader = APISchema.record([
        "office": .uid, "person": .nullable(.string), "title": .string, "unit_name": .string, "named_at": .instant,
    ])

    private func link(_ link: DocumentLink) -> JSONValue {
        .object([
            ("kind", .text(link.kind.rawValue)), ("document", DocumentBody(link.other, on: day).json),
            ("source", .text(link.source)), ("quote", .text(link.quote)),
        ])
    }

    private static let link = APISchema.record([
        "kind": .choice(DocumentLink.Kind.allCases.map(\.rawValue)), "document": DocumentBody.schema,
        "source": .string, "quote": .string,
    ])

    static let schema = APISchema.object(
        DocumentBody.members + [
            ("numbering", .choice(Document.Numbering.allCases.map(\.rawValue)), true), ("issuer_sign", .string, true),
            ("next_sign", .nullable(.string), true), ("holder", .string, true), ("source", .string, true),
            ("quote", .string, true), ("withdrawn_on", .nullable(.day), true), ("withdrawal_reason", .string, true),
            ("aliases", .list(.string), true), ("links", .list(link), true), ("back_links", .list(link), true),
            ("paragraphs", .list(ParagraphBody.schema), true),
            ("recipients", .list(RecipientBody.schema), true), ("recipients_total", .integer, true),
            ("opinions", .list(OpinionBody.schema), true), ("readers", .list(reader), true),
            ("files", .list(AttachmentBody.schema), true),
        ])
}

/// A unit to which a document is addressed.
struct RecipientBody: APIBody, Sendable {
    let unit: UnitLink

    init(_ unit: UnitLink) { self.unit = unit }

    var json: JSONValue { .object([("uid", .text(unit.uid.text)), ("name", .text(unit.name))]) }

    static let schema = APISchema.record(["uid": .uid, "name": .string])
}

struct ParagraphBody: APIBody, Sendable {
    let paragraph: DocumentParagraph

    init(_ paragraph: DocumentParagraph) { self.paragraph = paragraph }

    var json: JSONValue {
        .object([("label", .text(paragraph.label)), ("text", .text(paragraph.text))])
    }

    static let schema = APISchema.record(["label": .string, "text": .string])
}

struct OpinionBody: APIBody, Sendable {
    let opinion: DocumentOpinion

    init(_ opinion: DocumentOpinion) { self.opinion = opinion }

    var json: JSONValue {
        .object([
            ("uid", .text(opinion.uid.text)), ("asked", .text(opinion.asked)), ("unit_name", .text(opinion.unitName)),
            ("asked_at", .text(opinion.askedAt.text)), ("due_on", .day(opinion.dueOn)), ("text", .text(opinion.text)),
            ("given_at", .optional(opinion.givenAt?.text)), ("answer", .optional(opinion.answer?.rawValue)),
            ("explanation", .text(opinion.explanation)), ("answered_at", .optional(opinion.answeredAt?.text)),
        ])
    }

    static let schema = APISchema.record([
        "uid": .uid, "asked": .string, "unit_name": .string, "asked_at": .instant, "due_on": .nullable(.day),
        "text": .string, "given_at": .nullable(.instant),
        "answer": .nullable(.choice(DocumentOpinion.Answer.allCases.map(\.rawValue))), "explanation": .string,
        "answered_at": .nullable(.instant),
    ])
}

/// Documents as the command line prints them: the same members as in the API.
public enum DocumentExportJSON {
    public static func row(_ row: DocumentRow, on day: Day) -> String { DocumentBody(row, on: day).json.text }

    public static func detail(_ detail: DocumentDetail, on day: Day) -> String {
        DocumentDetailBody(detail, on: day).json.text
    }
}
