/// The most recently used prepared statements of one connection, never more than `capacity`.
struct StatementCache<Statement> {
    private var entries: [String: (statement: Statement, used: UInt64)] = [:]
    private var time: UInt64 = 0
    let capacity: Int

    init(capacity: Int) { self.capacity = max(1, capacity) }

    var count: Int { entries.count }

    /// Takes a statement out, so that whoever uses it has it alone.
    mutating func take(_ text: String) -> Statement? { entries.removeValue(forKey: text)?.statement }

    /// Puts a statement in; returns what had to leave for it.
    mutating func put(_ text: String, _ statement: Statement) -> Statement? {
        time &+= 1
        let replaced = entries.updateValue((statement, time), forKey: text)?.statement
        guard replaced == nil, entries.count > capacity else { return replaced }
        guard let oldest = entries.min(by: { $0.value.used < $1.value.used })?.key else { return nil }
        return entries.removeValue(forKey: oldest)?.statement
    }

    /// Forgets and returns everything.
    mutating func removeAll() -> [Statement] {
        defer { entries.removeAll() }
        return entries.values.map(\.statement)
    }
}
