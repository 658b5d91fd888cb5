import Testing

@testable import App

@Suite struct UIDTests {
    @Test func aNewOneIsAVersion7UUID() throws {
        let uid = UID.new(at: Instant(milliseconds: 0x0123_4567_89AB))
        let parts = uid.text.split(separator: "-").map(String.init)
        #expect(parts.map(\.count) == [8, 4, 4, 4, 12])
        #expect(parts[0] + parts[1] == "0123456789ab")
        #expect(parts[2].first == "7")
        #expect("89ab".contains(try #require(parts[3].first)))
        #expect(UID(parsing: uid.text) == uid)
    }

    @Test func aThousandOfOneMillisecondDiffer() {
        let now = Instant(milliseconds: 1_795_000_000_000)
        #expect(Set((0..<1_000).map { _ in UID.new(at: now) }).count == 1_000)
    }

    @Test func laterOnesSortLater() {
        let first = UID.new(at: Instant(milliseconds: 1_000)), second = UID.new(at: Instant(milliseconds: 1_001))
        #expect(first < second)
    }

    @Test func timesOutsideTheRangeDoNotTrap() {
        #expect(UID(parsing: UID.new(at: Instant(milliseconds: .min)).text) != nil)
        #expect(UID(parsing: UID.new(at: Instant(milliseconds: .max)).text) != nil)
    }

    @Test(arguments: [
        "", "0123", "0190B2A4-7C1E-7D3F-8A5B-1C2D3E4F5A6B", "0190b2a47c1e7d3f8a5b1c2d3e4f5a6b",
        "{0190b2a4-7c1e-7d3f-8a5b-1c2d3e4f5a6b}", "0190b2a4-7c1e-7d3f-8a5b-1c2d3e4f5a6g",
        "0190b2a4-7c1e-7d3f-8a5b-1c2d3e4f5a6b ", "0190b2a4_7c1e_7d3f_8a5b_1c2d3e4f5a6b",
        "０190b2a4-7c1e-7d3f-8a5b-1c2d3e4f5a6b",
    ])
    func onlyTheCanonicalFormNamesARecord(_ text: String) { #expect(UID(parsing: text) == nil) }
}
