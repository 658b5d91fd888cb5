import Storage
import Synchronization

/// Remembers which sessions and tokens were used, and writes it down beside the requests, many in one transaction.
///
/// No request waits for this: while one write is under way the next marks gather, and a mark that is lost with the
/// process costs nobody more than a minute of idle time.
final class SeenMarks: Sendable {
    enum Kind: Hashable { case session, token }

    struct Mark: Hashable {
        let kind: Kind
        let id: Int64
    }

    private struct State {
        var pending: [Mark: Instant] = [:]
        var isWriting = false
    }

    /// What was written so recently is not written again.
    static let interval = Duration.seconds(60)

    private let database: Database
    private let state = Mutex(State())

    init(_ database: Database) { self.database = database }

    /// Notes the use when the last one noted is a minute old; returns at once.
    func mark(_ kind: Kind, _ id: Int64, seenAt: Instant?, now: Instant) {
        if let seenAt, now < seenAt.adding(Self.interval) { return }
        let starts = state.withLock { state in
            state.pending[Mark(kind: kind, id: id)] = now
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if starts { Task { await write() } }
    }

    /// Writes until nothing is pending. A failure is forgotten: the next request marks again.
    private func write() async {
        while let marks = next() {
            _ = try? await database.write { tx in
                for (mark, instant) in marks {
                    switch mark.kind {
                    case .session:
                        try tx.run(
                            "UPDATE session SET seen_at = \(instant) WHERE id = \(mark.id) AND seen_at < \(instant)")
                    case .token: try tx.run("UPDATE api_token SET seen_at = \(instant) WHERE id = \(mark.id)")
                    }
                }
            }
        }
    }

    private func next() -> [(key: Mark, value: Instant)]? {
        state.withLock { state in
            guard !state.pending.isEmpty else {
                state.isWriting = false
                return nil
            }
            defer { state.pending = [:] }
            // Sorted, so that two nodes lock in the same order.
            return state.pending.sorted { $0.key.id < $1.key.id }
        }
    }
}
