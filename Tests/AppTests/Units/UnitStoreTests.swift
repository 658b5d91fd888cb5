import Storage
import TestSupport
import Testing

@testable import App

@Suite struct UnitStoreTests {
    /// Many that are named by their uid are looked up together, and one that is hidden is like one that never was.
    @Test(arguments: Engine.allCases) func ofManyThoseAreKnownThatTheViewerMaySee(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let (open, hidden) = (try world.uid(.science), try world.uid(.otherCommittee))
            let (viewer, today, never) = (try await world.viewer(.focal), world.today, UID.new(at: World.start))
            let asked = [hidden, open, never, open]
            let (known, all) = try await world.database.read { tx in
                (
                    try UnitStore(tx: tx, viewer: viewer, today: today).known(asked),
                    try UnitStore(tx: tx, viewer: .system("test"), today: today).known(asked)
                )
            }
            #expect(known == [open] && all == [open, hidden])
        }
    }
}
