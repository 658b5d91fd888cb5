import Storage
import Synchronization

/// The drawing of all communes that everybody may know, kept in memory: drawing the country costs more than the rest of
/// the first page. It holds for a day, until the next event of a unit, and for a minute at most, since the last event
/// is no proof: one with a smaller number may be confirmed later.
final class CountryDots: Sendable {
    struct Key: Equatable {
        let day: Day
        /// The newest event of a unit or of an import.
        let event: Int64
        let minute: Int64

        init(_ tx: Transaction, day: Day, at now: Instant) throws {
            self.day = day
            let newest = try tx.first("SELECT MAX(id) FROM event WHERE subject_kind IN ('unit', 'installation')")
            event = try newest?.optionalInt64(0) ?? 0
            minute = now.milliseconds / 60_000
        }
    }

    private let kept = Mutex<(key: Key, drawing: MapDrawing?)?>(nil)

    func drawing(_ key: Key, _ draw: () throws -> MapDrawing?) rethrows -> MapDrawing? {
        if let kept = kept.withLock({ $0 }), kept.key == key { return kept.drawing }
        let drawing = try draw()
        kept.withLock { $0 = (key, drawing) }
        return drawing
    }
}
