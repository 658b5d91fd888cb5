import Dispatch
import Synchronization

/// Lets a fixed number of callers in at a time, first come, first served.
///
/// Waiting costs no thread. A caller that waits too long, or whose task is cancelled, leaves the queue with an error.
final class Gate: Sendable {
    private struct Waiter {
        let ticket: UInt64
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var free: Int
        var lastTicket: UInt64 = 0
        var waiters: [Waiter] = []
        var closed: StorageError?
    }

    private let state: Mutex<State>

    init(permits: Int) { state = Mutex(State(free: max(1, permits))) }

    /// Returns once a permit is ours; throws `late` after `patience`, ``StorageError/cancelled`` when the task is.
    func enter(within patience: Duration, late: StorageError) async throws {
        if try takeFree() { return }
        let ticket = state.withLock { state in
            state.lastTicket &+= 1
            return state.lastTicket
        }
        let timer = DispatchWorkItem { [weak self] in self?.dismiss(ticket, late) }
        defer { timer.cancel() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                queue(Waiter(ticket: ticket, continuation: continuation))
                DispatchQueue.global().asyncAfter(deadline: .now() + patience.seconds, execute: timer)
                // The handler below may have run before there was anything to dismiss.
                if Task.isCancelled { dismiss(ticket, .cancelled) }
            }
        } onCancel: {
            dismiss(ticket, .cancelled)
        }
    }

    /// Gives the permit to the next in line, or back.
    func leave() {
        let next: Waiter? = state.withLock { state in
            guard state.waiters.isEmpty else { return state.waiters.removeFirst() }
            state.free += 1
            return nil
        }
        next?.continuation.resume()
    }

    /// Sends everybody away, now and from now on.
    func close(_ reason: StorageError) {
        let waiters = state.withLock { state in
            state.closed = reason
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume(throwing: reason) }
    }

    private func takeFree() throws -> Bool {
        try state.withLock { state in
            if let reason = state.closed { throw reason }
            guard state.free > 0 else { return false }
            state.free -= 1
            return true
        }
    }

    private func queue(_ waiter: Waiter) {
        let answer: Result<Void, any Error>? = state.withLock { state in
            if let reason = state.closed { return .failure(reason) }
            if state.free > 0 {
                state.free -= 1
                return .success(())
            }
            state.waiters.append(waiter)
            return nil
        }
        if let answer { waiter.continuation.resume(with: answer) }
    }

    private func dismiss(_ ticket: UInt64, _ reason: StorageError) {
        let waiter: Waiter? = state.withLock { state in
            guard let index = state.waiters.firstIndex(where: { $0.ticket == ticket }) else { return nil }
            return state.waiters.remove(at: index)
        }
        waiter?.continuation.resume(throwing: reason)
    }
}

extension Duration {
    /// Seconds with their fraction.
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }

    /// Whole milliseconds, never negative, at most what PostgreSQL's settings hold.
    var milliseconds: Int32 { Int32(clamping: Int64(min(max(0, seconds * 1000), 2_000_000_000))) }

    /// Whole nanoseconds, never negative.
    var nanoseconds: UInt64 { UInt64(min(max(0, seconds * 1e9), 9e18)) }
}
