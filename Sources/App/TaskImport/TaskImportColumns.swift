/// The columns of a table of tasks, in the order of the template: the names that the API has for the same fields.
public enum TaskImportColumns {
    static let required = ["title", "lead_unit"]
    static let optional = all.filter { !required.contains($0) }

    /// Of the products, each has three columns; from the second on they carry its number.
    static let productCount = 5

    public static let all =
        [
            "key", "parent", "title", "description", "lead_unit", "coordinating", "performer", "leader", "authority",
            "deadline", "start_on",
        ] + (1...productCount).flatMap { product($0) }
        + ["document", "paragraph", "priority", "is_key", "pillar", "task_group", "field", "tags", "secrecy", "weight"]

    /// Name, kind and criterion of a product.
    static func product(_ number: Int) -> [String] {
        ["product", "product_kind", "criterion"].map { number == 1 ? $0 : "\($0)_\(number)" }
    }

    /// What a page explains: the further products are as the first.
    static let explained = all.filter { $0.last?.isNumber != true }

    /// A file to fill in: the header alone, so that no example is taken for a task.
    public static var template: String { CSVWriter.byteOrderMark + CSVWriter.line(all) }

    /// What people call a column, `Sản phẩm 2` for `product_2`.
    static func name(of column: String, _ catalogue: Catalogue, _ language: Language) -> String {
        let number = column.last?.isNumber == true ? String(column.suffix(1)) : ""
        let key = "task-import.name.\(number.isEmpty ? column : String(column.dropLast(2)))"
        let word = catalogue.text(Message(key), language)
        return number.isEmpty ? word : "\(word) \(number)"
    }

    /// The file to fill in, in the words of a reader.
    static func template(_ catalogue: Catalogue, _ language: Language) -> String {
        CSVWriter.byteOrderMark + CSVWriter.line(all.map { name(of: $0, catalogue, language) })
    }

    /// The column in which somebody finds what the rules of a task call otherwise.
    static func column(of field: String) -> String {
        switch field {
        case Deadline.Field.words, Deadline.Field.review, Deadline.Field.choice: "deadline"
        case "products": "product"
        default: field
        }
    }
}
