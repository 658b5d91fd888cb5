import Testing

@testable import App

@Suite struct PageTests {
    @Test func aCursorComesBackAsItWent() throws {
        for parts in [["a"], ["Đắk Lắk", "0190"], ["", ""], ["với khoảng trắng", "+/=", "42"]] {
            let cursor = Cursor(parts)
            #expect(Cursor(parsing: cursor.text, count: parts.count) == cursor)
            #expect(cursor.text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"+/=&?#%".utf8.contains($0) })
        }
    }

    @Test func whatIsNoCursorOfTheListIsRefused() {
        let two = Cursor(["a", "b"]).text
        #expect(Cursor(parsing: two, count: 1) == nil)
        #expect(Cursor(parsing: two, count: 3) == nil)
        #expect(Cursor(parsing: "%%%", count: 1) == nil)
        #expect(Cursor(parsing: Base64URL.encode([0xFF, 0xFE]), count: 1) == nil)
        #expect(Cursor(parsing: Base64URL.encode([0x61, 0x00]), count: 1) == nil)
        #expect(Cursor(parsing: String(repeating: "YWFh", count: 600), count: 1) == nil)
    }

    @Test func aPageHoldsBetweenOneAndTwoHundred() {
        #expect(PageRequest(after: nil, limit: 0).limit == 1)
        #expect(PageRequest(after: nil, limit: .min).limit == 1)
        #expect(PageRequest(after: nil, limit: .max).limit == 200)
        #expect(PageRequest.first.limit == 50)
    }

    @Test func mappingKeepsTheTotal() {
        let page = Page(items: [1, 2], next: Cursor(["2"]), total: 1_000, totalIsFloor: true).map { $0 * 2 }
        #expect(page.items == [2, 4])
        #expect(page.next == Cursor(["2"]))
        #expect(page.total == 1_000 && page.totalIsFloor)
    }
}
