import Testing

@testable import App

/// Closure and reach from lives and edges alone.
@Suite struct UnitTreeTests {
    private let year = (0...6).map { Day(number: 20_000 + $0 * 365) ?? .never }

    /// 1 country; 2 and 3 provinces; 4 a commune that moves from 2 to 3 in the third year and ends in the sixth.
    private func tree() -> UnitTree {
        let lives: [Int64: UnitTree.Life] = [
            1: .init(from: .beginning, to: .never), 2: .init(from: year[0], to: .never),
            3: .init(from: year[1], to: .never), 4: .init(from: year[1], to: year[6]),
        ]
        let edges: [Int64: [UnitTree.Edge]] = [
            2: [.init(parent: 1, from: year[0], to: .never)], 3: [.init(parent: 1, from: year[1], to: .never)],
            4: [.init(parent: 2, from: year[1], to: year[3]), .init(parent: 3, from: year[3], to: year[6])],
        ]
        return UnitTree(life: { lives[$0] }, edges: { edges[$0] ?? [] })
    }

    @Test func aMoveSplitsTheDaysBetweenTheParents() throws {
        var tree = tree()
        let above = try tree.above(4)
        #expect(above.contains(.init(ancestor: 4, depth: 0, from: year[1], to: year[6])))
        #expect(above.contains(.init(ancestor: 2, depth: 1, from: year[1], to: year[3])))
        #expect(above.contains(.init(ancestor: 3, depth: 1, from: year[3], to: year[6])))
        #expect(above.filter { $0.ancestor == 1 }.map(\.depth) == [2, 2])
        #expect(above.count == 5)
    }

    @Test(arguments: [(2, [Int64(4), 2, 1]), (4, [4, 3, 1]), (6, [4, 3, 1]), (0, [4, 2, 1])])
    func reachFollowsTodaysMapAndTheLastParentsAfterTheEnd(_ today: Int, _ expected: [Int64]) throws {
        var tree = tree()
        #expect(try tree.reach(4, on: year[today]) == expected)
    }

    @Test func aCircleThatSlippedInEndsTheWalk() throws {
        let edges: [Int64: [UnitTree.Edge]] = [
            1: [.init(parent: 2, from: .beginning, to: .never)], 2: [.init(parent: 1, from: .beginning, to: .never)],
        ]
        var tree = UnitTree(life: { _ in .init(from: .beginning, to: .never) }, edges: { edges[$0] ?? [] })
        #expect(try tree.above(1).count <= UnitTree.deepest + 1)
        #expect(try Set(tree.reach(1, on: year[0])) == [1, 2])
    }

    @Test func aNameIsFoundFromEachOfItsWordsOn() {
        #expect(UnitTerms.of("xa tan phu") == ["xa tan phu", "tan phu", "phu"])
        #expect(UnitTerms.of("").isEmpty)
    }
}
