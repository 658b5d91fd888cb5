/// A cell of a table that is exported: what it is, so that a spreadsheet can sort and add.
enum TableCell: Sendable, Equatable {
    case text(String)
    case number(Int)
    /// ``Day/never`` is an empty cell.
    case day(Day)

    /// The same in a file that knows texts and numbers alone.
    var csv: CSVWriter.Cell {
        switch self {
        case .text(let text): .text(text)
        case .number(let number): .number(String(number))
        case .day(let day): .text(day == .never ? "" : day.text)
        }
    }
}
