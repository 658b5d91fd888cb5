/// What a file may be. The raw value is the word in the database, in the API and in message keys.
public enum FileKind: String, Sendable, CaseIterable {
    case pdf, docx, xlsx, png, jpeg, webp, csv, txt

    /// The endings that a name of this kind may have, the usual one first.
    public var endings: [String] {
        switch self {
        case .jpeg: ["jpg", "jpeg", "jpe", "jfif"]
        case .txt: ["txt", "md", "text"]
        default: [rawValue]
        }
    }

    public var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .png: "image/png"
        case .jpeg: "image/jpeg"
        case .webp: "image/webp"
        case .csv: "text/csv; charset=utf-8"
        case .txt: "text/plain; charset=utf-8"
        }
    }

    /// A browser may show it in its window, cut off from everything of ours. The viewers of browsers for PDF do not
    /// work when they are cut off so, and the rest is for office programs: these are saved.
    public var isShown: Bool { [.png, .jpeg, .webp, .txt].contains(self) }

    public var isPicture: Bool { [.png, .jpeg, .webp].contains(self) }

    /// What `accept` of a file field says: a help for the person who chooses, never a check.
    public static let accepted = allCases.flatMap(\.endings).map { "." + $0 }.joined(separator: ",")
}
