import Storage
import TestSupport
import Testing

@testable import App

/// Events that are told afterwards come to stand where their moments belong, those that are sealed stay.
@Suite struct ActivityOrderTests {
    @Test(arguments: Engine.allCases) func whatIsNotSealedFollowsItsMoments(_ engine: Engine) async throws {
        try await ActivityWorld.with(engine) { world in
            try await world.record(world.event(.changed, .north, "sealed"), after: 40)
            try await world.seal()
            for seconds in [30, 10, 20, 10] as [Int64] {
                try await world.record(world.event(.changed, .north, "\(seconds)"), after: seconds)
            }
            try await world.database.write { tx in
                try ActivityStore(tx: tx, viewer: .system("test")).putInOrder()
            }
            try await world.seal()
            let told = try await world.recent(.system("test")).items
            #expect(told.map { $0.after["name"] } == ["new 30", "new 20", "new 10", "new 10", "new sealed"])
            #expect(Set(told.map(\.uid)).count == 5)
            let report = try await world.verify()
            #expect(report.isIntact && report.end == 5 && report.pending == 0)
        }
    }
}
