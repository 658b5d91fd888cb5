import Dispatch
import Synchronization

/// Work that must not crowd out everything else: so many at once, so many waiting in order, no more.
final class BoundedQueue: Sendable {
    typealias Work = @Sendable () -> Void

    private struct State {
        var running = 0
        var waiting: [Work] = []
    }

    private let atOnce: Int
    private let waiting: Int
    private let threads: DispatchQueue
    private let state = Mutex(State())

    init(label: String, atOnce: Int, waiting: Int) {
        self.atOnce = max(1, atOnce)
        self.waiting = max(0, waiting)
        threads = DispatchQueue(label: label, qos: .userInitiated, attributes: .concurrent)
    }

    /// Runs the work soon, off the caller's thread. False, and the work is dropped, when too many wait already.
    func submit(_ work: @escaping Work) -> Bool {
        let (accepted, starts) = state.withLock { state -> (Bool, Bool) in
            if state.running < atOnce {
                state.running += 1
                return (true, true)
            }
            guard state.waiting.count < waiting else { return (false, false) }
            state.waiting.append(work)
            return (true, false)
        }
        if starts { start(work) }
        return accepted
    }

    private func start(_ work: @escaping Work) {
        threads.async { [self] in
            work()
            let next = state.withLock { state -> Work? in
                guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
                state.running -= 1
                return nil
            }
            if let next { start(next) }
        }
    }
}
