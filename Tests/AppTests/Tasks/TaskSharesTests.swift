import Foundation
import Storage
import TestSupport
import Testing

@testable import App

/// Weights are shares of their sum, whatever that is.
@Suite struct TaskSharesTests {
    private func part(_ weight: Int, cancelled: Bool = false) -> TaskProgress.Part {
        TaskProgress.Part(weight: weight, percent: 0, isCancelled: cancelled)
    }

    @Test func sharesNeedNotAddUpToAHundred() {
        let shares = TaskShares([part(0), part(70), part(70)])
        #expect(shares.share(of: 70) == 70 && shares.whole == 140 && shares.tenths(of: 70) == 500)
        #expect(shares.share(of: 0) == nil && shares.tenths(of: 0) == nil)
        #expect(shares.areWeighed && shares.hasWeightless)
        let three = TaskShares([part(1), part(1), part(1)])
        #expect(three.share(of: 1) == 1 && three.whole == 3 && three.tenths(of: 1) == 333 && !three.hasWeightless)
    }

    @Test func withoutWeightsAllAreEqualAndCancelledOnesDoNotCount() {
        let equal = TaskShares([part(0), part(0), part(0), part(0)])
        #expect(equal.share(of: 0) == 1 && equal.whole == 4 && equal.tenths(of: 0) == 250)
        #expect(!equal.areWeighed && !equal.hasWeightless)
        let one = TaskShares([part(9, cancelled: true), part(1)])
        #expect(one.tenths(of: 1) == 1_000 && one.share(of: 9, isCancelled: true) == nil)
        #expect(TaskShares([]).share(of: 1) == nil)
        let huge = TaskShares(Array(repeating: part(.max), count: 300) + [part(1)])
        #expect(huge.tenths(of: 1) == 0 && huge.tenths(of: .max) == 3 && huge.whole == .max)
    }

    @Test(arguments: Engine.allCases) func pageAndAPITellStatesAndShares(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let whole = try await tasks.issued().uid
            for (title, weight) in [("Phần không tính điểm", 0), ("Phần thứ nhất", 70), ("Phần thứ hai", 70)] {
                let part = try await tasks.issued { ($0.title, $0.weight, $0.parent) = (title, weight, whole) }.uid
                if weight == 0 { continue }
                try await tasks.does(.accept, part, as: tasks.performer.viewer)
                if title == "Phần thứ nhất" { try await tasks.does(.progress, part, as: tasks.performer.viewer) }
            }
            let page = try await tasks.world.browser(as: .secretariat).get("/tasks/\(whole)").text
            #expect(page.contains("70/140 (50%)") && page.contains("0 (không tính)"), "shares beside the parts")
            let json = try await tasks.world.api(as: .secretariat).get("/api/v1/tasks/\(whole)").json
            let parts = try #require(json["parts"] as? [String: Any])
            #expect(parts["percent"] as? Int == 20)
            let states = try #require(parts["states"] as? [String: Int])
            #expect(states["issued"] == 1 && states["accepted"] == 1 && states["in_progress"] == 1)
            #expect(states["verified"] == 0)
            let alone = try await tasks.issued().uid
            let none = try await tasks.world.api(as: .secretariat).get("/api/v1/tasks/\(alone)").json
            #expect((none["parts"] as? [String: Any])?["percent"] is NSNull)
        }
    }
}
