/// Rows as CSV (RFC 4180): comma, CRLF, quotes where they are needed.
///
/// A spreadsheet runs text that begins with `=`, `+`, `-`, `@`, TAB or CR as a formula: such text gets a leading
/// apostrophe, which ``unguarded(_:)`` takes away again when we read the file back. Numbers are left alone.
public enum CSVWriter {
    public enum Cell: Sendable, Hashable {
        case text(String)
        /// Digits, a sign and a point, made by the program.
        case number(String)

        public static let empty = Cell.number("")
    }

    /// For spreadsheets that take UTF-8 for another encoding without it.
    public static let byteOrderMark = "\u{FEFF}"

    /// One row with its line end.
    public static func line(_ cells: [Cell]) -> String {
        cells.map(text).joined(separator: ",") + "\r\n"
    }

    /// A row of texts, such as the header.
    public static func line(_ texts: [String]) -> String { line(texts.map(Cell.text)) }

    /// Takes away the apostrophe that ``line(_:)`` put before a text that a spreadsheet would run.
    public static func unguarded(_ text: String) -> String {
        text.hasPrefix("'") && isRun(text) ? String(text.dropFirst()) : text
    }

    private static func text(_ cell: Cell) -> String {
        switch cell {
        case .number(let number): number
        case .text(let text): quoted(isRun(text) ? "'" + text : text)
        }
    }

    /// Apostrophes of the text's own are guarded too, so that reading back is exact.
    private static func isRun(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first(where: { $0 != "'" }) else { return false }
        return ["=", "+", "-", "@", "\t", "\r"].contains(first)
    }

    private static func quoted(_ text: String) -> String {
        let hasMark = text.unicodeScalars.contains { ["\"", ",", ";", "\n", "\r"].contains($0) }
        let needsQuotes = hasMark || text.hasPrefix(" ") || text.hasSuffix(" ")
        return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
}
