import Foundation

/// A number of a sheet as a person would type it.
enum XLSXNumber {
    enum Style: Equatable, Sendable {
        case plain
        /// `0000`: leading zeros, as codes have them.
        case padded(Int)
        case day, moment, time
    }

    /// Nil when it is not a number, or a day that there is not.
    static func text(_ stored: String, _ style: Style, isFrom1904: Bool) -> String? {
        guard let number = Double(stored), number.isFinite else { return nil }
        switch style {
        case .plain: return plain(stored, number)
        case .padded(let width):
            guard let text = plain(stored, number) else { return nil }
            let isWhole = text.utf8.allSatisfy { (48...57).contains($0) }
            return isWhole ? String(repeating: "0", count: max(0, width - text.utf8.count)) + text : text
        case .day, .moment, .time: return moment(number, style, isFrom1904)
        }
    }

    /// Without an exponent and without the noise behind the 15th digit, which no spreadsheet shows.
    private static func plain(_ stored: String, _ number: Double) -> String? {
        let isPlain =
            stored.utf8.count <= 16 && stored.utf8.allSatisfy { (48...57).contains($0) || $0 == 46 || $0 == 45 }
        if isPlain { return stored }
        guard number.magnitude < 1e15 else { return number.magnitude < 1e300 ? String(format: "%.0f", number) : nil }
        let digits = number == 0 ? 0 : Int(Foundation.log10(number.magnitude).rounded(.down)) + 1
        var text = String(format: "%.\(min(max(0, 15 - digits), 30))f", number)
        if text.contains(".") {
            while text.hasSuffix("0") { text.removeLast() }
            if text.hasSuffix(".") { text.removeLast() }
        }
        return text == "-0" ? "0" : text
    }

    /// Days since the end of 1899, or of 1903; the fraction is the time of day.
    private static func moment(_ number: Double, _ style: Style, _ isFrom1904: Bool) -> String? {
        guard number >= 0, number < 2_958_466 else { return nil }
        var whole = Int(number.rounded(.down))
        var seconds = Int(((number - Double(whole)) * 86_400).rounded())
        if seconds == 86_400 { (whole, seconds) = (whole + 1, 0) }
        if style == .time, number < 1 { return clock(seconds) }
        guard let day = day(whole, isFrom1904) else { return nil }
        return style == .day || seconds == 0 ? day.text : day.text + " " + clock(seconds)
    }

    /// The first 60 days carry an error that every spreadsheet keeps: a 29 February 1900.
    private static func day(_ serial: Int, _ isFrom1904: Bool) -> Day? {
        if isFrom1904 { return Day(number: serial + 1_462 - 25_569) }
        guard serial >= 1, serial != 60 else { return nil }
        return Day(number: serial - (serial < 60 ? 25_568 : 25_569))
    }

    private static func clock(_ seconds: Int) -> String {
        [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}
