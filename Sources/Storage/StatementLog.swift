import Synchronization

/// Collects every distinct statement that succeeds while it is on, so that a test can prepare each of them on the
/// other engine. Off in production: then it costs one atomic load a statement.
public enum StatementLog {
    /// A statement and the engine it ran on.
    public struct Entry: Sendable {
        public let engine: Engine
        public let sql: SQL
    }

    private static let isOn = Atomic(false)
    private static let collected = Mutex<[String: Entry]>([:])

    /// Starts collecting; what was collected before stays.
    public static func start() { isOn.store(true, ordering: .relaxed) }

    /// Lets go of what was collected.
    public static func forget() { collected.withLock { $0 = [:] } }

    public static func stop() { isOn.store(false, ordering: .relaxed) }

    /// What has been collected, in the order of the text.
    public static var statements: [Entry] {
        collected.withLock { entries in entries.sorted { $0.key < $1.key }.map(\.value) }
    }

    static func record(_ sql: SQL, _ engine: Engine) {
        guard isOn.load(ordering: .relaxed) else { return }
        collected.withLock { $0[engine.rawValue + " " + sql.shape] = Entry(engine: engine, sql: sql) }
    }
}
