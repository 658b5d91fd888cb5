/// A cascade as the command line prints it: what rests on a document stands one step further in below it, and many of one
/// type are a line that counts them.
public enum CascadeText {
    public static func text(_ cascade: Cascade) -> String {
        var lines: [String] = []
        func add(_ branch: CascadeSketch.Branch, _ depth: Int) {
            lines.append(String(repeating: "  ", count: depth) + words(branch, cascade))
            for below in branch.below { add(below, depth + 1) }
        }
        for top in cascade.sketch.tops { add(top, 0) }
        if cascade.isCut { lines.append("…\tthere is more; list it with the list of documents") }
        return lines.joined(separator: "\n")
    }

    /// With the members of the API.
    public static func json(_ cascade: Cascade) -> String { CascadeBody(cascade).json.text }

    private static func words(_ branch: CascadeSketch.Branch, _ cascade: Cascade) -> String {
        let kinds = branch.kinds.isEmpty ? "" : branch.kinds.map(\.rawValue).joined(separator: ", ") + "\t"
        let again = branch.isRepeated ? "\tsee above" : ""
        switch branch.box {
        case .document(let id):
            guard let node = cascade.nodes[id] else { return kinds }
            let day = node.issuedOn == .never ? "-" : node.issuedOn.text
            let mark = id == cascade.root ? "\t*" : again
            return kinds + [node.name, node.issuerName, day, node.force.name].joined(separator: "\t") + mark
        case .several(let group):
            return kinds + "\(group.count) documents of the type \(group.type.rawValue)" + again
        }
    }
}
