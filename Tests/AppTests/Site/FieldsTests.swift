import Testing

@testable import App

@Suite struct FieldsTests {
    private func problems(_ fields: Fields) -> [String] {
        fields.problems.problems.map { "\($0.field) \($0.message.key)" }
    }

    @Test func aFormIsDecoded() {
        let fields = Fields(parsing: "name=S%E1%BB%9F+Khoa&empty=&flag&a%26b=c%3Dd")
        #expect(fields.raw == ["name": "Sở Khoa", "empty": "", "flag": "", "a&b": "c=d"])
        #expect(problems(fields).isEmpty)
        #expect(Fields(parsing: "").raw.isEmpty)
        #expect(Fields(parsing: "&&a=1&").raw == ["a": "1"])
        #expect(Fields(parsing: "a=b=c").raw == ["a": "b=c"])
    }

    @Test(arguments: [
        ("a=1&a=1", "a field.doubled"), ("a=%FF", "a field.unreadable"), ("a=%00", "a field.unreadable"),
        ("a=%", "a field.unreadable"), ("a=%4", "a field.unreadable"), ("a=%zz", "a field.unreadable"),
        ("%FF=1", " field.unreadable"), ("a=%C0%80", "a field.unreadable"), ("a=%ED%A0%80", "a field.unreadable"),
    ])
    func whatCannotBeReadIsAProblemOfItsField(_ text: String, _ problem: String) {
        #expect(problems(Fields(parsing: text)) == [problem])
    }

    @Test func aDoubledFieldMayDifferInItsSpelling() {
        #expect(problems(Fields(parsing: "from=1&fro%6D=2")) == ["from field.doubled"])
    }

    @Test func everyProblemIsFoundAtOnce() {
        var fields = Fields(
            parsing:
                "name=&day=31/2/2025&count=9223372036854775808&kind=none&unit=42&long=\(String(repeating: "a", count: 201))"
        )
        #expect(fields.line("name").isEmpty)
        #expect(fields.line("missing").isEmpty)
        #expect(fields.day("day") == nil)
        #expect(fields.integer("count", in: 1...10) == nil)
        #expect(fields.choice("kind", of: UnitKind.self) == nil)
        #expect(fields.uid("unit") == nil)
        _ = fields.line("long")
        #expect(
            problems(fields) == [
                "name field.missing", "missing field.missing", "day field.day", "count field.integer",
                "kind field.choice", "unit field.unknown", "long field.long",
            ])
    }

    @Test func whatIsOptionalMayBeEmpty() {
        var fields = Fields(parsing: "day=&count=")
        #expect(fields.day("day", required: false) == nil)
        #expect(fields.integer("count", in: 1...10, required: false) == nil)
        #expect(fields.uid("unit", required: false) == nil)
        #expect(problems(fields).isEmpty)
    }

    @Test(arguments: ["0", "11", "1.5", "1e3", "٣", "+-1", "99999999999999999999999999", "-9223372036854775809"])
    func numbersOutsideTheRangeAreRefused(_ text: String) {
        var fields = Fields(raw: ["n": text])
        #expect(fields.integer("n", in: 1...10) == nil)
        #expect(problems(fields) == ["n field.integer"])
    }

    @Test func textIsCleanedAndControlCharactersAreRefused() {
        var fields = Fields(parsing: "a=++x%0D%0Ay++&b=%1B%5B31m")
        #expect(fields.line("a") == "x y")
        #expect(fields.line("b").isEmpty)
        #expect(problems(fields) == ["b field.unreadable"])
    }
}
