/// What the OpenAPI document says of the routes of documents.
enum DocumentOperations {
    static let factNames: Set<String> = [
        "type", "issuer", "title", "numbering", "issuer_sign", "term", "effect_from", "effect_to", "signer",
        "signer_title", "capacity", "secrecy", "source", "quote", "aliases",
    ]
    static let draftNames = factNames.union(["implements"])
    static let paperNames = factNames.union(["implements", "sign", "issued_on", "reference", "holder"])
        .subtracting(["numbering", "issuer_sign"])

    private static let filter: [APIParameter] = [
        APIParameter(
            "q", .string, "A number in any spelling, or words of number, title and other names; accents do not matter."),
        APIParameter("files", .choice(["1"]), "Look for the words in the text of files instead."),
        APIParameter("type", .choice(DocumentType.allCases.map(\.rawValue)), "Only this type."),
        APIParameter("issuer", .uid, "Only what this unit has issued."),
        APIParameter("year", .integer, "Only what was issued in this year."),
        APIParameter("state", .choice(DocumentFilter.Listed.allCases.map(\.rawValue)), "Only in this state."),
        APIParameter("under", .uid, "Only what rests on this document, at any depth."),
        APIParameter("basis", .uid, "Only what rests on this document itself."),
        APIParameter(
            "through", .string,
            "With basis: only what rests on documents that lead to it through others of these types, between commas."),
        APIParameter("sort", .choice(DocumentFilter.Order.allCases.map(\.rawValue)), "issued otherwise."),
        APIParameter("desc", .choice(["0", "1"]), "In descending order; by day otherwise so, by title not."),
    ]

    private static let type: APIMember = ("type", .choice(DocumentType.allCases.map(\.rawValue)), true)
    private static let numbering: [APIMember] = [
        ("numbering", .choice(Document.Numbering.allCases.map(\.rawValue)), true), ("issuer_sign", .string, true),
        ("term", .integer, false),
    ]
    private static let facts: [APIMember] = [
        ("effect_from", .day, false), ("effect_to", .day, false), ("signer", .string, false),
        ("signer_title", .string, false),
        ("capacity", .choice(Delegation.Capacity.allCases.map(\.rawValue)), false),
        ("secrecy", .choice(Secrecy.allCases.map(\.name)), false), ("source", .string, false),
        ("quote", .string, false), ("aliases", .string, false),
    ]
    private static let head: [APIMember] = [type, ("issuer", .uid, true), ("title", .string, true)]
    /// Which link of a document.
    static let linked: [APIMember] = [
        ("kind", .choice(DocumentLink.Kind.allCases.map(\.rawValue)), true), ("document", .string, true),
    ]
    private static let basis: [APIMember] = [("implements", .uid, false)]

    static let list = APIOperation(
        "Documents that the caller may know of", tag: "documents", query: filter + APIParameter.paging,
        answer: .page(DocumentBody.schema), errors: [404])
    static let show = APIOperation(
        "One document with its links, paragraphs, recipients and opinions", tag: "documents",
        answer: DocumentDetailBody.schema)
    static let history = APIOperation(
        "What was done to a document, newest first", tag: "documents", query: APIParameter.paging,
        answer: .page(EventBody.schema))
    static let cascade = APIOperation(
        "What a document rests on and what rests on it", tag: "documents", answer: CascadeBody.schema)
    static let paragraph = APIOperation(
        "One paragraph of a document by its label", tag: "documents", answer: ParagraphBody.schema)
    static let create = APIOperation(
        "Make a draft", tag: "documents", body: .object(head + numbering + facts + basis),
        answer: DocumentBody.schema, status: 201)
    static let register = APIOperation(
        "Register a paper that exists already", tag: "documents",
        body: .object(
            [
                type, ("issuer", .uid, true), ("title", .string, false), ("sign", .string, false),
                ("issued_on", .day, true), ("term", .integer, false), ("reference", .boolean, false),
                ("holder", .string, false),
            ] + facts + basis), answer: DocumentBody.schema, status: 201)
    static let edit = APIOperation(
        "Change a draft, or mend what was written of an issued document", tag: "documents",
        body: .object(
            [
                ("type", .choice(DocumentType.allCases.map(\.rawValue)), false), ("issuer", .uid, false),
                ("title", .string, true), ("numbering", .choice(Document.Numbering.allCases.map(\.rawValue)), false),
                ("issuer_sign", .string, false), ("term", .integer, false),
            ] + facts), answer: DocumentBody.schema, needsVersion: true)
    static let issue = APIOperation(
        "Issue a draft under the next number of its series", tag: "documents",
        body: .object([
            ("issued_on", .day, false), ("effect_from", .day, false), ("signer", .string, false),
            ("signer_title", .string, false),
            ("capacity", .choice(Delegation.Capacity.allCases.map(\.rawValue)), false),
        ]), answer: DocumentBody.schema, needsVersion: true)
    static let withdraw = APIOperation(
        "Withdraw a document; its number is never used again", tag: "documents",
        body: .object([("on", .day, false), ("reason", .string, true)]), answer: DocumentBody.schema,
        needsVersion: true)
    static let discard = APIOperation(
        "Give a draft up", tag: "documents", answer: .record([:]), needsVersion: true)
    static let link = APIOperation(
        "Say that a document implements, concretises, amends, replaces or cites another", tag: "documents",
        body: .object(linked + [("source", .string, false), ("quote", .string, false)]), answer: DocumentBody.schema,
        status: 201, needsVersion: true)
    static let unlink = APIOperation(
        "Take a link back", tag: "documents", answer: DocumentBody.schema, needsVersion: true)
    static let write = APIOperation(
        "Put paragraphs in place of those that a document has; a line that begins with [III.2] begins one",
        tag: "documents", body: .record(["text": .string]), answer: DocumentBody.schema, needsVersion: true)
    static let recipients = APIOperation(
        "The units to which a document is addressed, by name", tag: "documents", query: APIParameter.paging,
        answer: .page(RecipientBody.schema))
    static let address = APIOperation(
        "Address a document to a unit, or to all units of a kind below it", tag: "documents",
        body: .object([
            ("unit", .string, true), ("kind", .choice(UnitKind.allCases.map(\.rawValue)), false),
        ]), answer: DocumentBody.schema, needsVersion: true)
    static let unaddress = APIOperation(
        "Take a unit off the address", tag: "documents", answer: DocumentBody.schema, needsVersion: true)
    static let name = APIOperation(
        "Name the holder of an office, who may know of a document that is not public", tag: "documents",
        body: .record(["office": .uid]), answer: DocumentBody.schema, status: 201, needsVersion: true)
    static let unname = APIOperation(
        "Take a named office back", tag: "documents", answer: DocumentBody.schema, needsVersion: true)
    static let ask = APIOperation(
        "Ask an office for its opinion on a draft", tag: "documents",
        body: .object([("office", .uid, true), ("due_on", .day, false)]), answer: OpinionBody.schema, status: 201)
    static let give = APIOperation(
        "Give the opinion that one's office was asked for", tag: "documents", body: .record(["text": .string]),
        answer: OpinionBody.schema)
    static let answer = APIOperation(
        "Say what was done with an opinion", tag: "documents",
        body: .object([
            ("answer", .choice(DocumentOpinion.Answer.allCases.map(\.rawValue)), true), ("explanation", .string, false),
        ]), answer: OpinionBody.schema)
    static let files = APIOperation(
        "The files of a document, withdrawn ones too", tag: "documents",
        answer: .record(["items": .list(AttachmentBody.schema)]))
    static let file = APIOperation("What is known of one file", tag: "documents", answer: AttachmentBody.schema)
    static let content = APIOperation("The bytes of a file", tag: "documents", answer: .file)
    static let attach = APIOperation(
        "Give files to a document", tag: "documents", answer: .record(["items": .list(AttachmentBody.schema)]),
        status: 201)
    static let detach = APIOperation(
        "Take a file from a draft, or withdraw one of an issued document with a reason", tag: "documents",
        body: .object([("reason", .string, false)]), answer: .record(["items": .list(AttachmentBody.schema)]))
}
