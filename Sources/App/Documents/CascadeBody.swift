/// What stands above and below a document, as a graph: those that stand by themselves, their links, and the groups of
/// the others, each with what the list of documents must be asked for to get them.
struct CascadeBody: APIBody, Sendable {
    let cascade: Cascade

    init(_ cascade: Cascade) { self.cascade = cascade }

    var json: JSONValue {
        .object([
            ("nodes", .list(cascade.documents.map(node))), ("edges", .list(cascade.edges.map(edge))),
            ("groups", .list(cascade.groups.map(group))), ("resting_count", .int(Int64(cascade.restingCount))),
            ("is_cut", .bool(cascade.isCut)),
        ])
    }

    private func node(_ node: Cascade.Node) -> JSONValue {
        .object([
            ("uid", .text(node.uid.text)), ("sign", .text(node.sign)), ("title", .text(node.title)),
            ("type", .text(node.type.rawValue)), ("issuer_name", .text(node.issuerName)),
            ("issued_on", .day(node.issuedOn)), ("force", .text(node.force.name)),
        ])
    }

    private func edge(_ lower: Cascade.Node, _ kind: DocumentLink.Kind, _ upper: Cascade.Node) -> JSONValue {
        .object([("from", .text(lower.uid.text)), ("kind", .text(kind.rawValue)), ("to", .text(upper.uid.text))])
    }

    private func group(_ group: CascadeSketch.Group, _ kinds: [DocumentLink.Kind]) -> JSONValue {
        .object([
            ("basis", .optional(cascade.nodes[group.on]?.uid.text)),
            ("through", .list(group.through.map { .text($0.rawValue) })), ("type", .text(group.type.rawValue)),
            ("kinds", .list(kinds.map { .text($0.rawValue) })), ("count", .int(Int64(group.count))),
        ])
    }

    private static let type: APISchema = .choice(DocumentType.allCases.map(\.rawValue))
    private static let kind: APISchema = .choice(DocumentLink.Kind.allCases.map(\.rawValue))

    static let schema = APISchema.record([
        "nodes": .list(
            .record([
                "uid": .uid, "sign": .string, "title": .string, "type": .string, "issuer_name": .string,
                "issued_on": .nullable(.day), "force": .string,
            ])),
        "edges": .list(.record(["from": .uid, "kind": .string, "to": .uid])),
        "groups": .list(
            .record(["basis": .uid, "through": .list(type), "type": type, "kinds": .list(kind), "count": .integer])),
        "resting_count": .integer, "is_cut": .boolean,
    ])
}
