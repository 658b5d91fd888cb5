/// The fields of a query string or a form, read strictly: each at most once, valid UTF-8, no NUL, of bounded length.
///
/// Problems are collected, so that a form comes back with all of them beside what was typed.
public struct Fields: Sendable {
    public private(set) var raw: [String: String] = [:]
    public var problems = Validation()
    /// What others did since the form was opened, for the form to show when it comes back; empty when nobody did.
    private(set) var meanwhile: HTML = .empty

    public init(raw: [String: String] = [:]) { self.raw = raw }

    /// Parses `application/x-www-form-urlencoded`. A doubled field, bad UTF-8 or NUL is a problem of that field.
    public init(parsing text: some StringProtocol) {
        for pair in text.utf8.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: true) {
            let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let first = halves.first, let name = Fields.decode(first) else {
                problems.add("", "field.unreadable")
                continue
            }
            guard let value = Fields.decode(halves.count > 1 ? halves[1] : first.dropLast(first.count)) else {
                problems.add(name, "field.unreadable")
                continue
            }
            if raw.updateValue(value, forKey: name) != nil { problems.add(name, "field.doubled") }
        }
    }

    public subscript(name: String) -> String { raw[name] ?? "" }

    /// The field that says from which version of a record a form was made.
    static let version = "version"

    /// The same with the version of the record as others have left it, so that it can be sent again.
    func moved(to version: Int, after meanwhile: HTML) -> Fields {
        var moved = self
        moved.raw[Fields.version] = String(version)
        moved.meanwhile = meanwhile
        return moved
    }

    /// One clean line of at most `max` characters.
    public mutating func line(_ name: String, max: Int = 200, required: Bool = true) -> String {
        check(name, CleanText.line(self[name]), max: max, required: required)
    }

    /// Clean text with line breaks.
    public mutating func paragraphs(_ name: String, max: Int = 4_000, required: Bool = false) -> String {
        check(name, CleanText.paragraphs(self[name]), max: max, required: required)
    }

    /// A day as people type it. Nil with a problem when it cannot be read; nil without one when empty and optional.
    public mutating func day(_ name: String, required: Bool = true) -> Day? {
        let typed = line(name, max: 20, required: required)
        guard !typed.isEmpty else { return nil }
        if let day = Day(typed: typed) { return day }
        problems.add(name, "field.day", ["typed": .text(typed)])
        return nil
    }

    /// A whole number within `range`.
    public mutating func integer(_ name: String, in range: ClosedRange<Int>, required: Bool = true) -> Int? {
        let typed = line(name, max: 30, required: required)
        guard !typed.isEmpty else { return nil }
        if let number = Int(typed), range.contains(number) { return number }
        // Years are written without a separator.
        let areYears = range.lowerBound >= 1_000 && range.upperBound < 10_000
        func bound(_ number: Int) -> Message.Argument { areYears ? .text(String(number)) : .number(number) }
        problems.add(name, "field.integer", ["from": bound(range.lowerBound), "to": bound(range.upperBound)])
        return nil
    }

    /// One word out of an enumeration's raw values.
    public mutating func choice<Choice: RawRepresentable<String>>(
        _ name: String, of: Choice.Type = Choice.self, required: Bool = true
    ) -> Choice? {
        let typed = line(name, max: 60, required: required)
        guard !typed.isEmpty else { return nil }
        if let choice = Choice(rawValue: typed) { return choice }
        problems.add(name, "field.choice", ["typed": .text(typed)])
        return nil
    }

    /// The name of another record.
    public mutating func uid(_ name: String, required: Bool = true) -> UID? {
        let typed = line(name, max: 60, required: required)
        guard !typed.isEmpty else { return nil }
        if let uid = UID(parsing: typed) { return uid }
        problems.add(name, "field.unknown")
        return nil
    }

    private mutating func check(_ name: String, _ clean: String?, max: Int, required: Bool) -> String {
        guard let clean else {
            problems.add(name, "field.unreadable")
            return ""
        }
        if clean.isEmpty, required { problems.add(name, "field.missing") }
        if clean.count > max { problems.add(name, "field.long", ["max": .number(max), "count": .number(clean.count)]) }
        return clean
    }

    /// Nil on a broken escape, invalid UTF-8 or NUL.
    static func decode(_ bytes: some Sequence<UInt8>) -> String? {
        var decoded: [UInt8] = []
        var pending = 0
        var high: UInt8 = 0
        for byte in bytes {
            if pending > 0 {
                guard let digit = Character(UnicodeScalar(byte)).hexDigitValue else { return nil }
                pending -= 1
                if pending == 1 { high = UInt8(digit) << 4 } else { decoded.append(high | UInt8(digit)) }
            } else if byte == UInt8(ascii: "%") {
                pending = 2
            } else {
                decoded.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        guard pending == 0, !decoded.contains(0) else { return nil }
        return String(validating: decoded, as: UTF8.self)
    }
}
