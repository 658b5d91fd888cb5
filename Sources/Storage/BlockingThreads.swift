import Dispatch
import Foundation
import Synchronization

/// Threads that may wait. Work that runs on them speaks to the database where it stands: elsewhere each question is
/// handed to another thread, which costs two changes of threads a question.
///
/// A few work at a time, for more would only take the processor from each other. When these get nowhere, because
/// statements are slow, further ones help, so that work which asks nothing does not wait for them.
public final class BlockingThreads: TaskExecutor {
    private struct State {
        /// First come, first served; there are never more jobs than requests.
        var jobs: [UnownedJob] = []
        /// Threads that work or have been called to.
        var busy = 0
        /// Jobs begun so far.
        var begun = 0
    }

    private let state = Mutex(State())
    private let called = DispatchSemaphore(value: 0)
    private let width: Int
    private let count: Int

    /// Starts the threads, which live as long as the process.
    /// - Parameters:
    ///   - count: all of them; more than there are connections to the database.
    ///   - width: how many work at a time as long as they get on.
    public init(count: Int, width: Int) {
        self.count = max(1, count)
        self.width = min(max(1, width), self.count)
        for number in 1...self.count { start("resolute-\(number)") { [self] in work() } }
        start("resolute-help") { [self] in help() }
    }

    /// As many as ask the database at once, one that writes on SQLite, and some that ask nothing. SQLite is work for this
    /// process, PostgreSQL is waiting.
    public convenience init(for database: DatabaseOptions) {
        let count = database.connections + 3
        let processors = ProcessInfo.processInfo.activeProcessorCount
        self.init(count: count, width: database.engine == .sqlite ? processors + 2 : count)
    }

    private func start(_ name: String, _ body: @escaping @Sendable () -> Void) {
        let thread = Thread(block: body)
        thread.name = name
        thread.start()
    }

    /// Whether the code that asks runs on such a thread.
    static var isCurrent: Bool { pthread_getspecific(mark) != nil }

    /// Set on our threads, and on no other.
    private static let mark: pthread_key_t = {
        var key = pthread_key_t()
        pthread_key_create(&key, nil)
        return key
    }()

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        call { state in
            state.jobs.append(job)
            return state.busy < width
        }
    }

    private func call(_ isWanted: (inout State) -> Bool) {
        let calls = state.withLock { state in
            guard isWanted(&state) else { return false }
            state.busy += 1
            return true
        }
        if calls { called.signal() }
    }

    private func work() {
        pthread_setspecific(BlockingThreads.mark, UnsafeRawPointer(bitPattern: 1))
        while true {
            called.wait()
            while let job = next() { job.runSynchronously(on: asUnownedTaskExecutor()) }
        }
    }

    /// Nil when there is none: the thread is not busy any more.
    private func next() -> UnownedJob? {
        state.withLock { state in
            guard !state.jobs.isEmpty else {
                state.busy -= 1
                return nil
            }
            state.begun += 1
            return state.jobs.removeFirst()
        }
    }

    /// Calls one more thread whenever jobs wait and none of them was begun for a while.
    private func help() {
        var begun = 0
        while true {
            Thread.sleep(forTimeInterval: BlockingThreads.patience)
            call { state in
                defer { begun = state.begun }
                return !state.jobs.isEmpty && state.begun == begun && state.busy < count
            }
        }
    }

    /// Seconds.
    private static let patience = 0.05
}
