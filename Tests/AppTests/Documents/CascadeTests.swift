import Foundation
import Storage
import TestSupport
import Testing

@testable import App

/// How a cascade is put together and laid out, from keys alone.
@Suite struct CascadeTests {
    private struct Edge {
        let lower: Int64
        let upper: Int64
        let kind: DocumentLink.Kind
    }

    private func edge(_ lower: Int64, _ upper: Int64, _ kind: DocumentLink.Kind = .implements) -> Edge {
        Edge(lower: lower, upper: upper, kind: kind)
    }

    /// A graph below document 1, as it is read level by level; the higher the key, the later the day.
    private func graph(_ edges: [Edge], type: (Int64) -> DocumentType = { _ in .plan }) -> CascadeGraph {
        var graph = CascadeGraph(root: 1), level: [Int64] = [1]
        while !level.isEmpty {
            let found = edges.filter { level.contains($0.upper) }.sorted { ($0.lower, $0.upper) < ($1.lower, $1.upper) }
            level = found.filter { graph.add($0.lower, type($0.lower), $0.kind, on: $0.upper) }.map(\.lower)
            graph.addBelow(level)
        }
        return graph
    }

    private func places(_ edges: [Edge]) -> [CascadeLayout.Place] {
        CascadeLayout(CascadeSketch(graph(edges))).places
    }

    private func told(_ place: CascadeLayout.Place) -> String { told(place.branch) }

    private func told(_ branch: CascadeSketch.Branch) -> String {
        switch branch.box {
        case .document(let id): "\(id)\(branch.isMember ? " of these" : "")"
        case .several(let group):
            (["\(group.count) \(group.type.rawValue) on \(group.on)"] + group.through.map(\.rawValue))
                .joined(separator: " through ")
        }
    }

    @Test func eachStandsOneColumnToTheRightOfWhatItHangsOn() {
        // 1 ← 2 ← 3, and 3 rests on 1 as well; 4 rests on 1.
        let places = places([edge(2, 1), edge(3, 2), edge(3, 1), edge(4, 1)])
        #expect(places.map(told) == ["1", "2", "3", "4"])
        #expect(places.map(\.above) == [nil, 0, 1, 0])
        for place in places {
            guard let above = place.above.map({ places[$0] }) else { continue }
            #expect(place.x == above.x + CascadeLayout.box.width + CascadeLayout.gap.across && place.y >= above.y)
        }
    }

    @Test func noTwoBoxesTouch() {
        var edges: [Edge] = []
        for lower in Int64(2)...60 { edges.append(edge(lower, max(1, lower / 3))) }
        let layout = CascadeLayout(CascadeSketch(graph(edges)))
        #expect(layout.places.count == 60)
        for places in Dictionary(grouping: layout.places, by: \.x).values {
            let sorted = places.map(\.y).sorted()
            for (upper, lower) in zip(sorted, sorted.dropFirst()) {
                #expect(lower - upper >= CascadeLayout.box.height + CascadeLayout.gap.down)
            }
            #expect((sorted.last ?? 0) + CascadeLayout.box.height <= layout.height)
        }
    }

    /// Nine plans below one document are one box, and so are the nine that rest on one of them each; when only two of
    /// the first lead further, these two stand apart.
    @Test func manyOfOneTypeStandTogether() {
        let many = (Int64(2)...10).flatMap { [edge($0, 1), edge($0 + 9, $0)] }
        #expect(places(many).map(told) == ["1", "9 plan on 1", "9 plan on 1 through plan"])
        let few = (Int64(2)...10).map { edge($0, 1) } + (Int64(11)...15).flatMap { [edge($0, 4), edge($0 + 5, 7)] }
        #expect(
            places(few).map(told)
                == ["1", "9 plan on 1", "4 of these", "5 plan on 4", "7 of these", "5 plan on 7"])
        #expect(places((Int64(2)...5).map { edge($0, 1) }).map(told) == ["1", "2", "3", "4", "5"])
    }

    @Test func typesStandApart() {
        let edges = (Int64(2)...13).map { edge($0, 1) }
        let sketch = CascadeSketch(graph(edges) { $0.isMultiple(of: 2) ? .plan : .notice })
        #expect(CascadeLayout(sketch).places.map(told) == ["1", "6 plan on 1", "6 notice on 1"])
    }

    @Test func theListTellsWhatRestsOnSeveralOnce() throws {
        let sketch = CascadeSketch(graph([edge(2, 1), edge(3, 1), edge(4, 2), edge(4, 3, .concretises)]))
        let top = try #require(sketch.tops.first)
        #expect(sketch.tops.count == 1 && top.below.map(told) == ["2", "3"])
        #expect(top.below.map { $0.below.map(\.isRepeated) } == [[false], [true]])
        #expect(top.below[1].below[0].kinds == [.concretises])
    }

    /// Whatever hangs together, each document has a box or is counted, and the page stays light.
    @Test func nothingIsLeftOut() {
        for (count, divisor) in [(Int64(40), Int64(2)), (400, 2), (400, 5), (3_000, 40), (3_000, 7)] {
            let types = DocumentType.allCases
            let edges = (2...count).map { edge($0, max(1, $0 / divisor)) }
            for variety in [1, 3, types.count] {
                let sketch = CascadeSketch(graph(edges) { types[Int($0) % variety] })
                var apart = 0, together = 0
                for branch in sketch.tops.flatMap(\.all) where !branch.isRepeated {
                    switch branch.box {
                    case .document: apart += branch.isMember ? 0 : 1
                    case .several(let group): together += group.count
                    }
                }
                let boxes = sketch.tops.flatMap(\.all).count
                #expect(sketch.isCut || apart + together == Int(count), "\(count) \(divisor) \(variety)")
                #expect(boxes <= CascadeSketch.boxes + CascadeSketch.apart, "\(boxes)")
                #expect(sketch.shown.count <= CascadeSketch.limit + CascadeSketch.apart)
                if variety == 1 { #expect(!sketch.isCut, "\(count) \(divisor) \(variety)") }
            }
        }
    }
}
