/// A gap as the command line prints it.
public enum GapText {
    public static func text(_ detail: GapDetail) -> String {
        let gap = detail.row.gap
        let facts: [(String, String)] = [
            ("uid", detail.row.uid.text), ("type", gap.type.rawValue), ("owner", detail.row.owner.name),
            ("office", detail.office?.title ?? ""), ("due", gap.due.text), ("state", gap.state.rawValue),
            ("basis", detail.basis?.name ?? ""), ("paragraph", gap.paragraph), ("reason", gap.reason),
            ("blocks", gap.blocks), ("document", detail.row.document?.name ?? ""),
            ("settled", gap.settledOn == .never ? "" : gap.settledOn.text), ("settlement", gap.settlement),
        ]
        let blocked =
            detail.blockedUnits.map { ("waits", $0.name) } + detail.blockedDocuments.map { ("waits", $0.name) }
        let lines = (facts + blocked).filter { !$0.1.isEmpty }.map { name, value in
            "\(name)\t\(value.split(whereSeparator: \.isNewline).joined(separator: " "))"
        }
        return ([gap.title] + lines).joined(separator: "\n")
    }

    /// With the members of the API.
    public static func json(_ detail: GapDetail) -> String { GapDetailBody(detail).json.text }
}
