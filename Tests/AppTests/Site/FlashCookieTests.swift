import TestSupport
import Testing

@testable import App

/// What the next page says is put into words only there, in the language of whoever reads it.
@Suite struct FlashCookieTests {
    private func carried(_ message: Message) -> Message? {
        let pair = FlashCookie.set(message, secure: false).prefix { $0 != ";" }
        return FlashCookie.read(Cookies(header: String(pair)), secure: false)
    }

    @Test func kindsOfArgumentsComeThrough() throws {
        let day = try #require(Day(parsing: "2026-12-01"))
        let message = Message(
            "unit.flash.created",
            ["a": .text("k9 t"), "b": .number(1_234), "c": .day(day), "d": .key("document-type.plan"), "e": .text("")])
        #expect(carried(message) == message)
    }

    @Test func whatIsNotOursIsNothing() {
        for value in ["", "x", "e30", "eyJhIjp7fSwiYiI6e319"] {
            #expect(FlashCookie.read(Cookies(header: "flash=" + value), secure: false) == nil)
        }
    }
}
