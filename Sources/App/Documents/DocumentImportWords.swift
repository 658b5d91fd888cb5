/// What the columns and cells of a file of documents may say besides the words of the API: what the pages show, in any
/// language.
public struct DocumentImportWords: Sendable {
    /// Columns by the names that people read, folded.
    let columns: [String: String]
    /// By column: the word of the API for what the pages show, folded.
    private let cells: [String: [String: String]]

    /// The words of the API alone.
    public init() { (columns, cells) = ([:], [:]) }

    public init(_ catalogue: Catalogue) {
        func table(_ words: [(word: String, key: String)]) -> [String: String] {
            let pairs = words.flatMap { word, key in
                Language.allCases.map { (TextFold.fold(catalogue.text(Message(key), $0)), word) }
            }
            return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
        }
        columns = DocumentImportFile.columns.words(catalogue)
        cells = [
            "type": table(DocumentType.allCases.map { ($0.rawValue, $0.nameKey) }),
            "secrecy": table(Secrecy.allCases.map { ($0.name, "secrecy.\($0.name)") }),
            "capacity": table(Delegation.Capacity.allCases.map { ($0.rawValue, "capacity.\($0.rawValue)") }),
        ]
    }

    /// A cell in the words of the API; what is no word of ours stays as it was written.
    func word(_ column: String, _ cell: String) -> String {
        if column == "reference", let answer = ImportCells.answer(cell) { return answer ? "1" : "0" }
        guard let known = cells[column] else { return cell }
        return known[TextFold.fold(CleanText.line(cell) ?? cell)] ?? cell
    }
}
