/// The most recently used prepared statements of one connection, never more than `capacity`.
struct StatementCache<Statement> {
    /// A statement's text with a `?` for each value, and the types of the values where an engine tells them apart.
    struct Key: Hashable {
        let text: String
        var types: [UInt32] = []
    }

    /// A place in the cache. Whoever takes it has the statement alone until it is given back.
    final class Slot {
        let statement: Statement
        fileprivate var used: UInt64 = 0
        var isTaken = false

        fileprivate init(_ statement: Statement) { self.statement = statement }
    }

    private var slots: [Key: Slot] = [:]
    private var time: UInt64 = 0
    let capacity: Int

    init(capacity: Int) { self.capacity = max(1, capacity) }

    var count: Int { slots.count }

    /// The place of a statement, which thereby becomes the newest one.
    mutating func slot(_ key: Key) -> Slot? {
        guard let slot = slots[key] else { return nil }
        time &+= 1
        slot.used = time
        return slot
    }

    /// Keeps a statement; returns its place and what had to leave for it.
    mutating func keep(_ key: Key, _ statement: Statement) -> (slot: Slot, left: Statement?) {
        let slot = Slot(statement)
        time &+= 1
        slot.used = time
        let replaced = slots.updateValue(slot, forKey: key)?.statement
        guard replaced == nil, slots.count > capacity else { return (slot, replaced) }
        guard let oldest = slots.min(by: { $0.value.used < $1.value.used })?.key else { return (slot, nil) }
        return (slot, slots.removeValue(forKey: oldest)?.statement)
    }

    /// Forgets everything.
    mutating func removeAll() { slots.removeAll() }
}
