import Testing

@testable import App

/// Everything interpolated is escaped, except markup; small pieces say what they mean in shape and word.
@Suite struct HTMLTests {
    @Test func textIsEscapedAndMarkupIsNot() {
        let typed = "<b a='1' c=\"2\">&</b>"
        #expect(("<p>\(typed)</p>" as HTML).text == "<p>&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;&lt;/b&gt;</p>")
        let inner: HTML = "<i>x</i>"
        #expect(("<p>\(inner)\([inner, inner])</p>" as HTML).text == "<p><i>x</i><i>x</i><i>x</i></p>")
        #expect(("\(nil as HTML?)" as HTML).text.isEmpty)
    }

    @Test func lettersOutsideASCIIAndCombinedOnesStayAsTheyAre() {
        let word = "Đắk Lắk <e\u{301}\u{327}> 👨‍👩‍👧 عربي"
        let expected = word.replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        #expect(("\(word)" as HTML).text.unicodeScalars.elementsEqual(expected.unicodeScalars))
    }

    @Test func aCombiningMarkBehindAnAngleDoesNotHideIt() {
        #expect(!("\("<\u{301}script>")" as HTML).text.utf8.contains(UInt8(ascii: "<")))
    }

    @Test func piecesAreJoinedInOrder() {
        #expect((["a", "b"] as [HTML]).joined().text == "ab")
        var sum: HTML = "a"
        sum += "<\(1)>"
        #expect((sum + "b").text == "a<1>b")
    }

    @Test(arguments: Tone.allCases) func everyToneHasAWord(_ tone: Tone) {
        #expect(badge(tone, "trễ <hạn>").text == "<span class=\"badge \(tone.rawValue)\">trễ &lt;hạn&gt;</span>")
    }

    @Test func factsAreADefinitionList() {
        let list = facts([("Mã", "<b>52</b>"), ("A & B", "\("<x>")")])
        #expect(list.has("<dt>Mã</dt><dd><b>52</b></dd>") && list.has("<dt>A &amp; B</dt><dd>&lt;x&gt;</dd>"))
    }

    @Test func anEmptyListSaysWhatToDoNext() throws {
        let empty = emptyState(
            try SamplePage.context(), title: "Chưa có", hint: "Thêm mới", action: linkButton("Thêm", href: "/units/new")
        )
        #expect(empty.has("Chưa có") && empty.has("Thêm mới") && empty.has("href=\"/units/new\""))
    }
}
