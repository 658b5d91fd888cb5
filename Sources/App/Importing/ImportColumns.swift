/// The columns of a table that is imported, and what the page, the API and the template say of them.
///
/// A file may call a column by its short name, which is that of the API, or as a page calls it in any language. The
/// words stand in the catalogue as `FAMILY.name.COLUMN`, `FAMILY.column.COLUMN` (what stands in it) and
/// `FAMILY.example.COLUMN`.
struct ImportColumns: Sendable {
    /// `task-import`
    let family: String
    /// In the order of the template.
    let all: [String]
    let required: [String]

    var optional: [String] { all.filter { !required.contains($0) } }

    /// What is explained: a column that comes again under a number (`product_2`) is as the first.
    var explained: [String] { all.filter { $0.last?.isNumber != true } }

    /// As a reader calls it, `Sản phẩm 2` for `product_2`.
    func name(of column: String, _ catalogue: Catalogue, _ language: Language) -> String {
        guard column.last?.isNumber == true else { return text(.name, column, catalogue, language) }
        return "\(text(.name, String(column.dropLast(2)), catalogue, language)) \(column.suffix(1))"
    }

    /// As the reader of a page calls it; what is no column of ours stays as it was written.
    func name(of column: String, _ page: PageContext) -> String {
        all.contains(column) ? name(of: column, page.catalogue, page.language) : column
    }

    func text(_ word: Word, _ column: String, _ catalogue: Catalogue, _ language: Language) -> String {
        catalogue.text(Message("\(family).\(word.rawValue).\(column)"), language)
    }

    enum Word: String { case name, meaning = "column", example }

    /// Columns by the names that people read, folded.
    func words(_ catalogue: Catalogue) -> [String: String] {
        Dictionary(
            Language.allCases.flatMap { language in
                all.map { (TextFold.fold(name(of: $0, catalogue, language)), $0) }
            }, uniquingKeysWith: { first, _ in first })
    }

    /// A file to fill in, in the words of a reader: the header alone, so that no example is taken for a record.
    func template(_ catalogue: Catalogue, _ language: Language) -> String {
        CSVWriter.byteOrderMark + CSVWriter.line(all.map { name(of: $0, catalogue, language) })
    }
}
