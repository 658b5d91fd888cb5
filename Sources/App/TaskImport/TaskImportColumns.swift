/// The columns of a table of tasks, in the order of the template: the names that the API has for the same fields.
public enum TaskImportColumns {
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

    static let columns = ImportColumns(family: "task-import", all: all, required: ["title", "lead_unit"])

    /// A file to fill in, for whoever works on the command line: the header alone.
    public static var template: String { CSVWriter.byteOrderMark + CSVWriter.line(all) }

    /// The column in which somebody finds what the rules of a task call otherwise.
    static func column(of field: String) -> String {
        switch field {
        case Deadline.Field.words, Deadline.Field.review, Deadline.Field.choice: "deadline"
        case "products": "product"
        default: field
        }
    }
}
