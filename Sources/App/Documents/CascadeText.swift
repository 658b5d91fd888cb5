/// A cascade as the command line prints it: what rests on a document stands one step further in below it.
public enum CascadeText {
    public static func text(_ cascade: Cascade) -> String {
        var lines: [String] = []
        func add(_ line: CascadeOutline.Line, _ depth: Int) {
            lines.append(String(repeating: "  ", count: depth) + words(line, root: cascade.root))
            for child in line.children { add(child, depth + 1) }
        }
        for top in CascadeOutline(cascade).tops { add(top, 0) }
        if cascade.isCut { lines.append("…\tmore than \(Cascade.limit); list the others with the list of documents") }
        return lines.joined(separator: "\n")
    }

    /// With the members of the API.
    public static func json(_ cascade: Cascade) -> String { CascadeBody(cascade).json.text }

    private static func words(_ line: CascadeOutline.Line, root: Int64) -> String {
        let node = line.node
        let kinds = line.kinds.isEmpty ? "" : line.kinds.map(\.rawValue).joined(separator: ", ") + "\t"
        let mark = node.id == root ? "\t*" : line.isRepeated ? "\tsee above" : ""
        let day = node.issuedOn == .never ? "-" : node.issuedOn.text
        return kinds + [node.name, node.issuerName, day, node.force.name].joined(separator: "\t") + mark
    }
}
