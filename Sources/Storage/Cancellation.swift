import Synchronization

/// Carries "the one who asked has gone away" from a task to the thread that runs its statements.
final class Cancellation: Sendable {
    private struct State {
        var cancelled = false
        var action: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    var isCancelled: Bool { state.withLock { $0.cancelled } }

    /// Remembers the request and runs the action that ends the statement now running, if there is one.
    func cancel() {
        let action = state.withLock { state in
            state.cancelled = true
            return state.action
        }
        action?()
    }

    /// What to do when the request comes; nil when nothing is left to end.
    func onCancel(_ action: (@Sendable () -> Void)?) {
        let late = state.withLock { state in
            state.action = action
            return state.cancelled
        }
        if late { action?() }
    }

    /// Runs `work` with a cancellation that follows the calling task.
    static func following<T: Sendable>(_ work: (Cancellation) async throws -> T) async throws -> T {
        let cancellation = Cancellation()
        return try await withTaskCancellationHandler {
            try await work(cancellation)
        } onCancel: {
            cancellation.cancel()
        }
    }
}
