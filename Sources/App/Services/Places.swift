import Synchronization

/// A fixed number of places, of which whoever finds none free is turned away at once.
final class Places: Sendable {
    private let free: Mutex<Int>

    init(_ count: Int) { free = Mutex(max(0, count)) }

    /// Takes a place, to be left with ``leave()``; throws ``AppError/unavailable(retryAfter:)`` when all are taken.
    func enter() throws(AppError) {
        let isOurs = free.withLock { free in
            guard free > 0 else { return false }
            free -= 1
            return true
        }
        guard isOurs else { throw AppError.unavailable(retryAfter: .seconds(5)) }
    }

    func leave() { free.withLock { $0 += 1 } }
}
