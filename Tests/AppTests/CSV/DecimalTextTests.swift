import Testing

@testable import App

@Suite struct DecimalTextTests {
    @Test(
        arguments: [
            ("21.0001", 21_000_100), ("-0.5", -500_000), ("+7", 7_000_000), ("105.834160", 105_834_160), ("0", 0),
            ("007", 7_000_000), ("0.0000004", 0), ("0.0000005", 0), ("0.0000015", 2), ("0.0000025", 2),
            ("0.00000251", 3), ("-0.0000015", -2), ("9223372036854.775807", .max),
        ] as [(String, Int64)])
    func decimalsAreReadExactlyAndRoundedHalfToEven(_ text: String, _ value: Int64) {
        #expect(DecimalText.scaled(text, places: 6) == value)
    }

    @Test(arguments: [
        "", "-", ".", "1.", ".5", "1,5", "1e3", "0x10", "1.2.3", " 1", "١", "nan", "9223372036854.775808",
        "99999999999999999999", "--1", "1-",
    ])
    func whatIsNotAPlainDecimalIsRefused(_ text: String) { #expect(DecimalText.scaled(text, places: 6) == nil) }

    @Test(
        arguments: [
            (21_000_100, "21.0001"), (-500_000, "-0.5"), (7_000_000, "7"), (1, "0.000001"), (0, "0"),
            (.min, "-9223372036854.775808"),
        ] as [(Int64, String)])
    func numbersAreWrittenShortly(_ value: Int64, _ text: String) {
        #expect(DecimalText.text(value, places: 6) == text)
    }
}
