import Testing

@testable import App

@Suite struct XLSXNumberTests {
    @Test(arguments: [
        ("52", "52"), ("-3.50", "-3.50"), ("1E-3", "0.001"), ("1.1000000000000001", "1.1"),
        ("1.5E+15", "1500000000000000"),
        ("123456789012345", "123456789012345"), ("0.1", "0.1"), ("-0.0000001234", "-0.0000001234"), ("1E2", "100"),
        ("2.9999999999999996", "3"),
    ])
    func aNumberIsPlain(_ stored: String, _ text: String) {
        #expect(XLSXNumber.text(stored, .plain, isFrom1904: false) == text)
    }

    @Test(arguments: ["", "x", "nan", "inf", "1e999", "1e301", "0x"])
    func whatIsNoNumberIsNone(_ stored: String) {
        #expect(XLSXNumber.text(stored, .plain, isFrom1904: false) == nil)
    }

    @Test(arguments: [
        ("1", "1900-01-01"), ("59", "1900-02-28"), ("61", "1900-03-01"), ("25569", "1970-01-01"),
        ("45839", "2025-07-01"), ("45839.999999999", "2025-07-02"), ("2958465", "9999-12-31"),
    ])
    func aDayIsCountedAsSpreadsheetsDo(_ stored: String, _ text: String) {
        #expect(XLSXNumber.text(stored, .day, isFrom1904: false) == text)
    }

    @Test(arguments: ["0", "60", "-1", "2958466", "1e10"])
    func thereIsNoSuchDay(_ stored: String) {
        #expect(XLSXNumber.text(stored, .day, isFrom1904: false) == nil)
    }

    @Test func aTimeHasNoDay() {
        #expect(XLSXNumber.text("0.75", .time, isFrom1904: false) == "18:00:00")
        #expect(XLSXNumber.text("45839.75", .moment, isFrom1904: false) == "2025-07-01 18:00:00")
    }

    @Test func aCodeKeepsItsZeros() {
        #expect(XLSXNumber.text("189", .padded(5), isFrom1904: false) == "00189")
        #expect(XLSXNumber.text("1234567", .padded(5), isFrom1904: false) == "1234567")
        #expect(XLSXNumber.text("1.5", .padded(5), isFrom1904: false) == "1.5")
    }

    @Test(arguments: [
        ("dd/mm/yyyy", XLSXNumber.Style.day), ("[$-42A]d mmmm yyyy;@", .day), ("yyyy\\-mm\\-dd", .day),
        ("mmm-yy", .day),
        ("dd/mm/yyyy h:mm", .moment), ("h:mm:ss", .time), ("mm:ss", .time), ("General", .plain), ("#,##0.00", .plain),
        ("0", .padded(1)), ("0000", .padded(4)), ("\"day\" 0.0", .plain), ("[h]:mm", .plain), ("@", .plain),
        ("[Red]#,##0;[Blue]dd", .plain),
    ])
    func aFormatIsRead(_ code: String, _ style: XLSXNumber.Style) {
        #expect(XLSXStyles.style(ofCode: code) == style)
    }
}
