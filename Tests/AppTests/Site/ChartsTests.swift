import Foundation
import Testing

@testable import App

/// Pictures of figures: the figures stand beside them, and no picture breaks on odd ones.
@Suite struct ChartsTests {
    @Test func bars() throws {
        let html = barChart(
            try SamplePage.context(), title: "Số <việc>",
            bars: [("Tháng 9", 1_200, "/t?m=9&x=1"), ("Tháng 10", 600, nil), ("Không", 0, nil), ("Âm", -5, nil)])
        #expect(html.has("width=\"400\" height=\"8\"") && html.has("class=\"accent\" x=\"0\" y=\"58\" width=\"200\""))
        #expect(html.count(of: "width=\"0\"") == 2)
        #expect(html.has("<details>") && html.has("1.200</a></td>") && html.has("href=\"/t?m=9&amp;x=1\""))
        #expect(html.has("Số &lt;việc&gt;") && !html.has("style="))
    }

    @Test func barsOfNothingAndOfExtremesAreDrawn() throws {
        let page = try SamplePage.context()
        #expect(barChart(page, title: "A", bars: []).has("viewBox=\"0 0 400 38\""))
        let extremes = barChart(page, title: "A", bars: [("a", .max, nil), ("b", .min, nil)])
        #expect(extremes.has("width=\"400\" height=\"8\""))
    }

    private func dots(_ count: Int) -> [MapDot] {
        (0..<count).map { index in
            MapDot(
                latitude: 8.6 + Double(index % 97) * 0.15, longitude: 102.2 + Double(index % 53) * 0.13,
                tone: [.good, .warn, .bad][index % 3], label: "Xã \(index)", href: "/units/\(index)")
        }
    }

    private let islands = [
        MapDot(latitude: 16.568, longitude: 112.135, tone: .good, label: "Đặc khu Hoàng Sa"),
        MapDot(latitude: 9.71, longitude: 114.45, tone: .good, label: "Đặc khu Trường Sa"),
    ]

    @Test func theFarIslandsAreInsideTheFrame() throws {
        let frame = try #require(MapFrame(dots(3_000) + islands))
        for island in islands {
            let (x, y) = frame.point(island)
            #expect((10...(frame.width - 10)).contains(x) && (10...(frame.height - 10)).contains(y))
        }
        let (hoangSa, truongSa) = (frame.point(islands[0]), frame.point(islands[1]))
        #expect(hoangSa.x < truongSa.x && hoangSa.y < truongSa.y)
        let shore = frame.point(MapDot(latitude: 16.07, longitude: 108.2, tone: .good, label: "Đà Nẵng"))
        #expect(shore.x < hoangSa.x)
    }

    @Test func aDegreeEastIsShorterThanADegreeNorth() throws {
        let corners = [(60.0, 10.0), (61.0, 11.0)].map {
            MapDot(latitude: $0.0, longitude: $0.1, tone: .good, label: "")
        }
        let frame = try #require(MapFrame(corners))
        let margins = Int(2 * MapFrame.margin)
        let ratio = Double(frame.width - margins) / Double(frame.height - margins)
        #expect(abs(ratio - 0.492) < 0.01)
    }

    @Test func aCountryIsOnePathATone() throws {
        let html = dotMap(
            try SamplePage.context(), title: "Xã", dots: dots(3_319) + islands,
            legend: [(.good, "đạt"), (.warn, "chậm"), (.bad, "không đạt")], list: "/units?level=commune")
        #expect(html.count(of: "<path class=\"dots") == 3 && html.text.utf8.count < 40_000)
        let places = html.text.matches(of: /m-?\d+[ -]\d+h[06]/).count
        #expect(places == 3_321)
        // The far islands bear their names; nothing else does.
        #expect(html.has(">Đặc khu Hoàng Sa</text>") && html.has(">Đặc khu Trường Sa</text>"))
        #expect(html.count(of: "class=\"mark") == 2)
        #expect(
            html.has("3.321</td>") && html.has("href=\"/units?level=commune\"") && !html.has("<a href=\"/units/1\""))
    }

    @Test func aProvinceHasALinkForEachPlaceAndTheTableNamesThem() throws {
        let html = dotMap(try SamplePage.context(), title: "Xã", dots: dots(400))
        #expect(html.count(of: "tabindex=\"-1\"><title>Xã ") == 400 && html.count(of: "<tr>") == 401)
        #expect(!html.has("class=\"mark"))
        #expect(html.has("<a href=\"/units/399\">Xã 399</a>"))
    }

    @Test func everyToneHasAShapeOfItsOwn() throws {
        let shapes = try Tone.allCases.map { tone -> String in
            let dot = MapDot(latitude: 21, longitude: 105, tone: tone, label: "")
            let frame = try #require(MapFrame([dot]))
            return MapParts.links([dot], frame).text.replacing(tone.rawValue, with: "")
        }
        #expect(Set(shapes).count == Tone.allCases.count)
    }

    @Test func placesThatAreNoneAreLeftOut() throws {
        let odd = [
            MapDot(latitude: .nan, longitude: 105, tone: .good, label: "a"),
            MapDot(latitude: .infinity, longitude: 105, tone: .good, label: "b"),
            MapDot(latitude: 91, longitude: 105, tone: .good, label: "d"),
            MapDot(latitude: 21, longitude: 1_000, tone: .good, label: "c"),
        ]
        let page = try SamplePage.context()
        let together = MapParts.apart(Array(repeating: islands[0], count: 40))
        #expect(Set(together.map { "\($0.latitude) \($0.longitude)" }).count == 40, "one place, forty dots to be seen")
        #expect(together.allSatisfy { abs($0.latitude - islands[0].latitude) < 0.2 })
        #expect(dotMap(page, title: "Xã", dots: odd).has("class=\"empty\""))
        #expect(dotMap(page, title: "Xã", dots: odd + [islands[0]]).count(of: "<circle") == 1)
    }
}
