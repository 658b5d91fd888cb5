import Testing

@testable import App

/// Where words stand in a text.
@Suite struct SearchMarkTests {
    private func marked(_ text: String, _ words: String...) -> String {
        SearchMark(words).pieces(text).map { $0.isHit ? "[\($0.text)]" : $0.text }.joined()
    }

    @Test func wordsAreMarkedWhateverTheirAccents() {
        #expect(marked("Đẩy mạnh chuyển đổi số", "day", "doi") == "[Đẩy] mạnh chuyển [đổi] số")
        #expect(marked("Số 07/KH-UBND, (sửa)", "7", "ubnd", "sua") == "Số [07]/KH-[UBND], ([sửa])")
        #expect(marked("", "a") == "")
        #expect(marked("…", "a") == "…")
        #expect(marked("xã, xã xa", "xa") == "[xã], [xã] [xa]")
        #expect(marked("e\u{302}\u{301} a", "e") == "[e\u{302}\u{301}] a")
    }

    /// The text is never changed, whatever stands in it.
    @Test func nothingIsLost() {
        for text in ["a😀b", "\u{301}a", " a  b ", "ﬁn ½ ㎏", "مرحبا بك", "क्षि त्र", "\u{200B}a\u{200B}"] {
            #expect(SearchMark(["a"]).pieces(text).map(\.text).joined() == text)
        }
    }

    @Test func aSnippetShowsWhatTheTitleLacks() {
        let mark = SearchMark(["song", "thon"])
        #expect(mark.snippet(title: "Phủ sóng mọi thôn", ["thôn"]).isEmpty)
        let long = String(repeating: "lời ", count: 50) + "mọi thôn có điện " + String(repeating: "dài ", count: 60)
        let snippet = mark.snippet(title: "Phủ sóng", ["", "không có", long])
        #expect(snippet.filter(\.isHit).map(\.text) == ["thôn"])
        #expect(snippet.first?.text.hasPrefix("… ") == true && snippet.last?.text.hasSuffix("…") == true)
        #expect(snippet.map(\.text).joined().count < 200)
    }

    @Test func numbersOfEntriesFollowTheDays() throws {
        func entry(_ day: Day, _ subject: Int64, _ kind: Subject.Kind = .task) -> Int64 {
            SearchEntry(kind, subject, day: day, state: "", unit: 1, title: "", text: "", scopes: []).id
        }
        let days = try ["9999-12-31", "2027-01-01", "2026-12-31", "1945-09-02"].map { try #require(Day(parsing: $0)) }
        let ids = days.map { entry($0, 5) }
        #expect(ids == ids.sorted() && Set(ids).count == 4)
        #expect(ids.map(SearchEntry.year) == [nil, 2027, 2026, 1945])
        #expect(entry(days[1], 6) < entry(days[1], 5))
        #expect(entry(days[1], 5, .document) != entry(days[1], 5))
        for (day, id) in zip(days.dropFirst(), ids.dropFirst()) {
            let year = day.parts.year
            #expect(SearchEntry.numbers(of: year)?.contains(id) == true)
            #expect(SearchEntry.numbers(of: year + 1)?.contains(id) == false)
            #expect(SearchEntry.numbers(of: year - 1)?.contains(id) == false)
        }
        #expect(SearchEntry.numbers(of: 2239)?.contains(ids[0]) == false)
    }
}
