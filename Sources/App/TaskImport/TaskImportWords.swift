import Foundation

/// The words of a table's cells: those of the API, and those that the pages show in any language.
struct TaskImportWords: Sendable {
    private let priorities: [String: TaskItem.Priority]
    private let kinds: [String: TaskProduct.Kind]
    private let levels: [String: Secrecy]
    /// Columns by the names that people read, folded.
    let columns: [String: String]

    init(_ catalogue: Catalogue) {
        func table<Word>(_ words: [Word], _ name: (Word) -> String, _ family: String) -> [String: Word] {
            var table: [String: Word] = [:]
            for word in words {
                table[TextFold.fold(name(word))] = word
                for language in Language.allCases {
                    table[TextFold.fold(catalogue.text(Message("\(family).\(name(word))"), language))] = word
                }
            }
            return table
        }
        priorities = table(TaskItem.Priority.allCases, \.rawValue, "task.priority")
        kinds = table(TaskProduct.Kind.allCases, \.rawValue, "task.product.kind")
        levels = table(Secrecy.allCases, \.name, "secrecy")
        columns = TaskImportColumns.columns.words(catalogue)
    }

    func priority(_ typed: String) -> TaskItem.Priority? { priorities[TextFold.fold(typed)] }
    func kind(_ typed: String) -> TaskProduct.Kind? { kinds[TextFold.fold(typed)] }
    func secrecy(_ typed: String) -> Secrecy? { levels[TextFold.fold(typed)] }

    /// `2026-09-30`, `9/2026`, `Q3/2026`, `event: …; review day` or `none: reason; review day`, which may be written in
    /// Vietnamese. Nil, with what is wrong in `found`, when it is none.
    static func deadline(_ typed: String, start: Day?, _ found: inout Validation) -> Deadline? {
        guard let colon = typed.firstIndex(of: ":"), let choice = choice(typed[..<colon]) else {
            return DeadlineDraft(.date, date: typed).read(start: start, &found)
        }
        let rest = typed[typed.index(after: colon)...]
        let end = rest.lastIndex(of: ";") ?? rest.endIndex
        let words = CleanText.line(String(rest[..<end])) ?? ""
        let review = CleanText.line(String(rest[end...].dropFirst())) ?? ""
        let day = Day(typed: review)
        if !review.isEmpty, day == nil {
            found.add("deadline", "import.day", ImportCells.quoting(review))
            return nil
        }
        return DeadlineDraft(choice, words: words, reviewOn: day).read(start: start, &found)
    }

    private static func choice(_ word: Substring) -> DeadlineDraft.Choice? {
        switch TextFold.fold(String(word)).trimmingCharacters(in: .whitespaces) {
        case "event", "su kien", "sau su kien": .event
        case "none", "khong", "khong thoi han": .undated
        default: nil
        }
    }
}
