/// What may be done to a record on the command line: a name, and what is said with it, in the members of the API.
public protocol TypedAct: RawRepresentable<String>, CaseIterable, Sendable {
    var operation: APIOperation { get }
    /// What the address names in the API, and a word says here.
    var parts: [APIMember] { get }
    /// The body of the API stands for the whole of what is changed; here what is not said stays as it is.
    var isPartial: Bool { get }
}

extension TypedAct {
    public var parts: [APIMember] { [] }
    public var isPartial: Bool { false }

    var members: [APIMember] { parts + (operation.body?.members ?? []) }

    /// Every act with what is said with it, for `--help`.
    public static var help: String {
        let acts = allCases.map { act in
            let body: [APIMember] = act.isPartial ? act.members.map { ($0.name, $0.schema, false) } : act.members
            let rest = act.isPartial ? "; the rest stays, and name= empties" : ""
            return "\(act.rawValue): \(act.operation.summary)\n    \(APISchema.object(body).typed)\(rest)"
        }
        return acts.joined(separator: "\n") + "\n\n" + APISchema.typedNote
    }
}

extension APIOperation {
    /// The members of the body as words, for `--help`.
    public var typed: String { (body ?? .object([])).typed + "\n\n" + APISchema.typedNote }
}

extension APISchema {
    static let typedNote = """
        A UID of a unit may also be its code or name, one of a document its number. What is marked + may come again; \
        what is marked {} stands only in the JSON object that --json reads from standard input.
        """

    /// `title=TEXT from=DAY [to=DAY]`
    var typed: String {
        let words = members.map { member in
            let word = "\(member.name)=\(member.schema.typedValue)"
            return member.required ? word : "[\(word)]"
        }
        return words.isEmpty ? "nothing" : words.joined(separator: " ")
    }

    private var typedValue: String {
        switch self {
        case .string, .map, .file: "TEXT"
        case .integer: "NUMBER"
        case .boolean: "true|false"
        case .day: "DAY"
        case .instant: "MOMENT"
        case .uid: "UID"
        case .choice(let words): words.joined(separator: "|")
        case .nullable(let schema): schema.typedValue
        case .list(let item): item.members.isEmpty ? item.typedValue + "+" : "{}"
        case .object: "{}"
        }
    }
}
