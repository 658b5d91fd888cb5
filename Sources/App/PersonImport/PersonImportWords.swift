import Foundation

/// What the columns and cells of a file of people may say besides the words of the API: what the pages show, in any
/// language.
public struct PersonImportWords: Sendable {
    /// Columns by the names that people read, folded.
    let columns: [String: String]
    private let roles: [String: Role]
    private let levels: [String: Secrecy]

    /// The words of the API alone.
    public init() { (columns, roles, levels) = ([:], [:], [:]) }

    public init(_ catalogue: Catalogue) {
        func table<Word>(_ words: [Word], _ key: (Word) -> String) -> [String: Word] {
            let pairs = words.flatMap { word in
                Language.allCases.map { (TextFold.fold(catalogue.text(Message(key(word)), $0)), word) }
            }
            return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
        }
        columns = PersonRowParser.columns.words(catalogue)
        roles = table(Role.allCases) { "role.\($0.rawValue)" }
        levels = table(Secrecy.allCases) { "secrecy.\($0.name)" }
    }

    func role(_ typed: String) -> Role? { Role(rawValue: typed) ?? roles[TextFold.fold(typed)] }
    func secrecy(_ typed: String) -> Secrecy? { Secrecy(name: typed) ?? levels[TextFold.fold(typed)] }
}
