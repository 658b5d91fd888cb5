public import App
public import Foundation
import Synchronization

/// A clock that moves only when a test says so.
public final class TestClock: Sendable {
    private let time: Mutex<Instant>

    public init(_ start: Instant) { time = Mutex(start) }

    public var now: Instant {
        get { time.withLock { $0 } }
        set { time.withLock { $0 = newValue } }
    }

    public func advance(_ duration: Duration) { time.withLock { $0 = $0.adding(duration) } }

    /// What the product is handed.
    public func wall(zone: TimeZone) -> WallClock { WallClock(zone: zone) { self.now } }
}
