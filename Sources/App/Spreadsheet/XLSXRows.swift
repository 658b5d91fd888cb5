/// From the tags of a sheet to rows: places cells in their columns, turns values into text, tells what is wrong.
struct XLSXRows {
    private let book: XLSXBook
    private let limits: XLSXReader.Limits
    private(set) var problems: ProblemList
    /// The key of the problem after which nothing can be read.
    private(set) var stopped: String?
    private var names: [String] = []

    // The row in hand.
    private var line = 0
    private var cells: [String] = []
    private var isSound = true
    private var rows = 0
    private var count = 0

    // The cell in hand.
    private var column = -1
    private var type = ""
    private var style = 0
    private var value = ""
    private var isValue = false
    private var hasFormula = false
    private var hasValue = false
    private var inline = XLSXText()

    init(book: XLSXBook, limits: XLSXReader.Limits) {
        self.book = book
        self.limits = limits
        problems = ProblemList(cap: limits.problems)
    }

    /// Reads on; a row when one has ended that holds something.
    mutating func take(_ event: XMLEvents.Event) -> CSVReader.Row? {
        switch event {
        case .start(let name, let attributes): start(name, attributes)
        case .text(let more): if isValue, value.utf8.count < XLSXText.most { value += more }
        case .end("v"): isValue = false
        case .end("c"): endCell()
        case .end("row"): return endRow()
        case .end: break
        }
        inline.take(event)
        return nil
    }

    /// Says that the sheet is over.
    mutating func finish() {
        if stopped == nil, names.isEmpty { stop("csv.empty", line: nil) }
    }

    private mutating func start(_ name: String, _ attributes: [String: String]) {
        switch name {
        case "row":
            let number = attributes["r"].flatMap { Int($0) } ?? line + 1
            guard number > line, number <= 1_048_576 else { return stop("xlsx.damaged", line: line) }
            (line, column, isSound) = (number, -1, true)
            cells.removeAll(keepingCapacity: true)
        case "c":
            column = attributes["r"].flatMap { XLSXRows.column($0) } ?? column + 1
            (type, style) = (attributes["t"] ?? "n", attributes["s"].flatMap { Int($0) } ?? 0)
            (value, hasFormula, hasValue) = ("", false, false)
            _ = inline.finish()
        case "v": (isValue, hasValue) = (true, true)
        case "f": hasFormula = true
        default: break
        }
    }

    private mutating func endCell() {
        count += 1
        if count > limits.cells { return stop("xlsx.too_many_cells", ["max": .number(limits.cells)], line: line) }
        let text = text()
        guard !text.isEmpty else { return }
        guard text.utf8.count <= limits.field else {
            return complain("csv.field_too_long", ["limit": .number(limits.field >> 10)])
        }
        guard column < limits.columns else {
            return stop("xlsx.too_many_columns", ["max": .number(limits.columns)], line: line)
        }
        while cells.count < column { cells.append("") }
        if cells.count == column { cells.append(text) } else { stop("xlsx.damaged", line: line) }
    }

    /// The cell's text; a problem when there is none to be had.
    private mutating func text() -> String {
        let own = inline.finish()
        if hasFormula, !hasValue {
            complain("xlsx.formula_without_value")
            return ""
        }
        switch type {
        case "inlineStr": return own
        case "s":
            guard let place = Int(value), book.texts.indices.contains(place) else { return hasValue ? damaged() : "" }
            return book.texts[place]
        case "str": return XLSXText.unescaped(value)
        case "b": return value == "1" ? "TRUE" : value == "0" ? "FALSE" : value
        case "e":
            complain("xlsx.error_cell", ["value": .text(String(value.prefix(40)))])
            return value
        case "d": return value.hasSuffix("T00:00:00") ? String(value.dropLast(9)) : value.replacing("T", with: " ")
        default: return value.isEmpty ? "" : number()
        }
    }

    private mutating func number() -> String {
        let style = book.styles.indices.contains(style) ? book.styles[style] : .plain
        if let text = XLSXNumber.text(value, style, isFrom1904: book.isFrom1904) { return text }
        if XLSXNumber.text(value, .plain, isFrom1904: false) == nil { return damaged() }
        complain("xlsx.no_such_day", ["value": .text(String(value.prefix(40)))])
        return value
    }

    private mutating func damaged() -> String {
        complain("xlsx.damaged_cell")
        return ""
    }

    /// Nil for a row in which nothing stands.
    private mutating func endRow() -> CSVReader.Row? {
        while cells.last?.isEmpty == true { cells.removeLast() }
        guard stopped == nil, !cells.isEmpty || !isSound else { return nil }
        rows += 1
        if rows > limits.rows {
            stop("xlsx.too_many_rows", ["max": .number(limits.rows)], line: line)
            return nil
        }
        if names.isEmpty {
            names = cells
        } else {
            if cells.count > names.count {
                column = names.count
                isSound = false
                problems.add(
                    "", "csv.ragged", ["expected": .number(names.count), "found": .number(cells.count)], line: line)
            }
            while cells.count < names.count { cells.append("") }
        }
        return CSVReader.Row(line: line, cells: cells, isSound: isSound)
    }

    /// A problem of the row in hand, said of the column in which it stands.
    private mutating func complain(_ key: String, _ arguments: [String: Message.Argument] = [:]) {
        isSound = false
        let name = names.indices.contains(column) ? names[column] : ""
        var told = arguments
        told["cell"] = .text(XLSXRows.name(ofColumn: column) + String(line))
        problems.add(name, key, told, line: line)
    }

    private mutating func stop(_ key: String, _ arguments: [String: Message.Argument] = [:], line: Int?) {
        guard stopped == nil else { return }
        stopped = key
        problems.add("", key, arguments, line: line)
    }

    /// `AB12` is column 27, counted from 0; nil when it is no place in a sheet.
    static func column(_ reference: String) -> Int? {
        var number = 0
        for letter in reference.utf8.prefix(while: { (65...90).contains($0) }) {
            number = number * 26 + Int(letter - 64)
            if number > 16_384 { return nil }
        }
        return number > 0 ? number - 1 : nil
    }

    static func name(ofColumn column: Int) -> String {
        var (name, rest) = ("", column + 1)
        while rest > 0 {
            name = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + name
            rest = (rest - 1) / 26
        }
        return name
    }
}
