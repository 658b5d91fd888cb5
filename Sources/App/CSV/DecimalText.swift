/// Decimal text to a scaled whole number and back, exactly: no floating point on the way.
public enum DecimalText {
    /// `21.0001` with 6 places is 21000100. Digits beyond the places are rounded half to even.
    /// Nil when it is not a plain decimal number with a point, or does not fit 64 bits.
    public static func scaled(_ text: String, places: Int) -> Int64? {
        var rest = Substring(text).utf8
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        let parts = rest.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first.map(Array.init), !whole.isEmpty else { return nil }
        let fraction = parts.count > 1 ? Array(parts[1]) : []
        guard parts.count == 1 || !fraction.isEmpty, (whole + fraction).allSatisfy({ (48...57).contains($0) })
        else { return nil }

        let kept = whole + fraction.prefix(places) + Array(repeating: 48, count: max(0, places - fraction.count))
        guard var value = magnitude(kept) else { return nil }
        if roundsUp(Array(fraction.dropFirst(places)), after: value) {
            let (sum, overflow) = value.addingReportingOverflow(1)
            guard !overflow else { return nil }
            value = sum
        }
        return isNegative ? -value : value
    }

    /// The shortest text that reads back as the same number.
    public static func text(_ scaled: Int64, places: Int) -> String {
        let digits = String(scaled.magnitude)
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        var fraction = padded.suffix(places)
        while fraction.last == "0" { fraction.removeLast() }
        let whole = (scaled < 0 ? "-" : "") + padded.dropLast(places)
        return fraction.isEmpty ? whole : whole + "." + fraction
    }

    private static func magnitude(_ digits: [UInt8]) -> Int64? {
        var value: Int64 = 0
        for digit in digits {
            let (product, over) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflow) = product.addingReportingOverflow(Int64(digit - 48))
            guard !over, !overflow else { return nil }
            value = sum
        }
        return value
    }

    private static func roundsUp(_ dropped: [UInt8], after value: Int64) -> Bool {
        guard let first = dropped.first, first >= 53 else { return false }
        return first > 53 || dropped.dropFirst().contains { $0 != 48 } || value % 2 != 0
    }
}
