/// Numbers as a language writes them.
public enum NumberText {
    /// Groups of three: `3.321` in Vietnamese, `3,321` in English.
    public static func whole(_ number: Int, _ language: Language) -> String {
        let digits = String(number.magnitude)
        if number >= 0, number < 1_000 { return digits }
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { grouped += language == .vietnamese ? "." : "," }
            grouped.append(digit)
        }
        return number < 0 ? "−" + grouped : grouped
    }

    /// A scaled integer with `decimals` places, trailing zeros kept: `297` with 2 is `2,97` in Vietnamese.
    public static func scaled(_ number: Int64, decimals: Int, _ language: Language) -> String {
        guard decimals > 0, decimals < 18 else { return whole(Int(number), language) }
        var unit: UInt64 = 1
        for _ in 0..<decimals { unit *= 10 }
        let (quotient, remainder) = number.magnitude.quotientAndRemainder(dividingBy: unit)
        let fraction = String(repeating: "0", count: decimals - String(remainder).count) + String(remainder)
        let sign = number < 0 ? "−" : ""
        return sign + whole(Int(quotient), language) + (language == .vietnamese ? "," : ".") + fraction
    }
}

/// Days as a language writes them.
public enum DayText {
    /// `01/07/2025` in Vietnamese, `1 Jul 2025` in English, held together by spaces that do not break; the ends of the
    /// calendar as a dash.
    public static func short(_ day: Day, _ language: Language) -> String {
        if day == .beginning || day == .never { return "—" }
        let (year, month, date) = day.parts
        switch language {
        case .vietnamese: return "\(two(date))/\(two(month))/\(four(year))"
        case .english: return "\(date)\u{A0}\(months[month - 1])\u{A0}\(four(year))"
        }
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    private static func four(_ number: Int) -> String {
        String(repeating: "0", count: max(0, 4 - String(number).count)) + String(number)
    }
}

/// Sizes of files as people read them.
public enum ByteText {
    /// `12 B`, `340 kB`, `1,2 MB`: powers of 1,000, rounded up, one place from a megabyte on.
    public static func short(_ bytes: Int, _ language: Language) -> String {
        if bytes < 1_000 { return NumberText.whole(bytes, language) + " B" }
        if bytes < 1_000_000 { return NumberText.whole((bytes + 999) / 1_000, language) + " kB" }
        let tenths = bytes / 100_000 + (bytes % 100_000 == 0 ? 0 : 1)
        return NumberText.scaled(Int64(tenths), decimals: 1, language) + " MB"
    }
}
