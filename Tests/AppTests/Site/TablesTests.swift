import Testing

@testable import App

/// Lists: sortable by links, readable on a phone, light.
@Suite struct TablesTests {
    private let columns = [
        Column("Tên", sortKey: "name"), Column("Mã", sortKey: "code", numeric: true),
        Column("Diện \"tích\"", numeric: true, hideOnPhone: true),
    ]

    private func table(_ rows: [[HTML]], _ sorting: Sorting? = nil) throws -> HTML {
        dataTable(try SamplePage.context(), caption: "Đơn <vị>", columns: columns, rows: rows, sorting: sorting)
    }

    @Test func theFirstCellNamesItsRowAndTheOthersCarryTheirHead() throws {
        let html = try table([["<a href=\"/x\">Xã</a>", "\("<1>")", "3"]])
        #expect(html.has("<caption>Đơn &lt;vị&gt;</caption>"))
        #expect(html.has("<th scope=\"row\"><a href=\"/x\">Xã</a></th>"))
        #expect(html.has("<td class=\"n\" data-label=\"Mã\">&lt;1&gt;</td>"))
        #expect(html.has("<td class=\"n wide\" data-label=\"Diện &quot;tích&quot;\">3</td>"))
    }

    @Test func aFigureThatNamesItsRowSaysWhatItCounts() throws {
        let html = dataTable(
            try SamplePage.context(), caption: "A", columns: [Column("Dòng", numeric: true), Column("Cột")],
            rows: [["3", "title"]])
        #expect(html.has("<th scope=\"row\" class=\"n\" data-label=\"Dòng\">3</th>"))
    }

    @Test func aHeadTurnsTheOrderRoundAndSaysWhichIsInUse() throws {
        func sorting(_ descending: Bool) -> Sorting {
            Sorting(key: "name", descending: descending) { "/u?sort=\($1 ? "-" : "")\($0)&q=1" }
        }
        let up = try table([], sorting(false))
        #expect(up.has("aria-sort=\"ascending\"><a href=\"/u?sort=-name&amp;q=1\">Tên</a>"))
        #expect(up.has("<th scope=\"col\" class=\"n\"><a href=\"/u?sort=code&amp;q=1\">Mã</a>"))
        let down = try table([], sorting(true))
        #expect(down.has("aria-sort=\"descending\"><a href=\"/u?sort=name&amp;q=1\">"))
        #expect(!(try table([])).has("<a "))
    }

    @Test func aColumnWithoutATitleHasNoHead() throws {
        let page = try SamplePage.context()
        let rows: [[HTML]] = [["a", "<button>b</button>"]]
        let html = dataTable(page, caption: "A", columns: [Column("Tên"), Column("")], rows: rows)
        #expect(html.has("<th scope=\"col\">Tên</th><td></td></tr>") && html.has("<td><button>b</button></td>"))
    }

    @Test func aRowOfTheWrongLengthDoesNoHarm() throws {
        let html = try table([["a"], ["b", "c", "d", "e"], []])
        #expect(html.count(of: "<tr>") == 4 && !html.has(">e<"))
    }

    @Test func fiftyRowsStayLight() throws {
        let rows = (0..<50).map { index -> [HTML] in
            ["<a href=\"/units/\(SamplePage.uid)\">Xã Đại Lộc \(index)</a>", "\(20_000 + index)", "153,46"]
        }
        let page = try SamplePage.context()
        let html = sitePage(page, title: "Đơn vị", body: try table(rows))
        #expect(html.text.utf8.count < 40_000)
    }

    @Test func thePagerSaysHowMuchIsShown() throws {
        let page = try SamplePage.context()
        let middle = pager(page, shown: 50, total: 1_000, totalIsFloor: true, next: "/u?after=x&q=1", first: "/u")
        #expect(middle.has("Đang hiển thị 50 trên tổng số hơn 1.000"))
        #expect(middle.has("href=\"/u?after=x&amp;q=1\"") && middle.has("href=\"/u\""))
        let whole = pager(page, shown: 3, total: 3, totalIsFloor: false, next: nil, first: nil)
        #expect(whole.has("Đang hiển thị 3 trên tổng số 3") && !whole.has("<a "))
    }
}
