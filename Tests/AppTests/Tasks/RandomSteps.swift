import Foundation
import Storage
import TestSupport

/// Chance that is the same every time (SplitMix64).
struct RandomSteps: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
    mutating func once(in count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }
    mutating func one<All: Collection>(of all: All) -> All.Element? { all.randomElement(using: &self) }
    mutating func few<Element>(_ most: Int, of all: [Element]) -> [Element] {
        Array(all.shuffled(using: &self).prefix(number(0...most)))
    }

    /// Both, or the one that is asked for, so that two processes share them: `RESOLUTE_WALK_ENGINE=sqlite`.
    static var engines: [Engine] {
        let asked = ProcessInfo.processInfo.environment["RESOLUTE_WALK_ENGINE"].flatMap(Engine.init(rawValue:))
        return asked.map { [$0] } ?? Engine.allCases
    }

    /// How long a walk is: a few seconds, and more on request, `RESOLUTE_WALK_STEPS=10000`.
    static func asked(_ variable: String, usually: Int) -> Int {
        ProcessInfo.processInfo.environment[variable].flatMap { Int($0) } ?? usually
    }
}
