import CXLSXWriter
import Foundation

/// Writes one sheet as XLSX, row after row, through libxlsxwriter in constant memory: a row that has been written is on
/// disk. Texts are texts, whatever they begin with; days are days.
///
/// Stays on the thread that made it. Until ``finish()`` there is no file to be had.
final class XLSXWriter {
    /// The library could not write: the disk is full, or a sheet has too many rows.
    struct Failure: Error { let message: String }

    private let file: URL
    private var workbook: UnsafeMutablePointer<lxw_workbook>?
    private let sheet: UnsafeMutablePointer<lxw_worksheet>
    private let dayFormat: UnsafeMutablePointer<lxw_format>?
    private let headFormat: UnsafeMutablePointer<lxw_format>?
    private var row: UInt32 = 0

    /// `file` is where the workbook will be, `folder` where the library may keep what is half done.
    init(file: URL, folder: URL, sheet name: String, columns: [(title: String, width: Double)]) throws {
        let made: UnsafeMutablePointer<lxw_workbook>? = folder.path.withCString { folder in
            var options = lxw_workbook_options()
            options.constant_memory = 1
            options.tmpdir = UnsafeMutablePointer(mutating: folder)
            return workbook_new_opt(file.path, &options)
        }
        guard let made else { throw Failure(message: "no workbook could be begun") }
        guard let sheet = workbook_add_worksheet(made, XLSXWriter.sheetName(name)) else {
            lxw_workbook_free(made)
            throw Failure(message: "the workbook has no sheet")
        }
        self.file = file
        workbook = made
        self.sheet = sheet
        dayFormat = workbook_add_format(made)
        format_set_num_format(dayFormat, "dd/mm/yyyy")
        headFormat = workbook_add_format(made)
        format_set_bold(headFormat)
        for (index, column) in columns.enumerated() {
            worksheet_set_column(sheet, UInt16(clamping: index), UInt16(clamping: index), column.width, nil)
        }
        worksheet_freeze_panes(sheet, 1, 0)
        for (index, column) in columns.enumerated() {
            try check(
                worksheet_write_string(sheet, 0, UInt16(clamping: index), XLSXWriter.text(column.title), headFormat))
        }
        row = 1
    }

    /// One that was given up is put together all the same, and taken away: only so does the library let go of its
    /// temporary files.
    deinit {
        guard let workbook else { return }
        workbook_close(workbook)
        try? FileManager.default.removeItem(at: file)
    }

    func write(_ cells: [TableCell]) throws {
        for (index, cell) in cells.enumerated() {
            let column = UInt16(clamping: index)
            switch cell {
            case .text(let text): try check(worksheet_write_string(sheet, row, column, XLSXWriter.text(text), nil))
            case .number(let number): try check(worksheet_write_number(sheet, row, column, Double(number), nil))
            case .day(let day) where day == .never: continue
            case .day(let day):
                try check(worksheet_write_number(sheet, row, column, XLSXWriter.serial(day), dayFormat))
            }
        }
        row += 1
    }

    /// Puts the file together.
    func finish() throws {
        guard let workbook else { return }
        self.workbook = nil
        try check(workbook_close(workbook))
    }

    private func check(_ outcome: lxw_error) throws {
        guard outcome != LXW_NO_ERROR else { return }
        throw Failure(message: lxw_strerror(outcome).map { String(cString: $0) } ?? "unknown")
    }

    /// Days since the last of 1899, as spreadsheets count them.
    private static func serial(_ day: Day) -> Double { Double(day.number + 25_569) }

    /// The longest text of a cell, and without what no XML may hold.
    private static func text(_ text: String) -> String {
        let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value < 0xFFFE }
        guard !isPlain || text.utf16.count > longest else { return text }
        let kept = text.unicodeScalars.filter {
            $0.value >= 32 && $0.value != 0xFFFE && $0.value != 0xFFFF || $0 == "\n" || $0 == "\t"
        }
        return String(String(String.UnicodeScalarView(kept)).prefix(longest / 2))
    }

    private static let longest = 32_767

    /// At most 31 characters, none of those that name places in formulas.
    private static func sheetName(_ name: String) -> String {
        String(name.filter { !"[]:*?/\\'".contains($0) }.prefix(31))
    }
}
