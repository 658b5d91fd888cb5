private import CSQLite

/// How SQLite keeps its memory, set once for the process before its first use.
enum SQLiteMemory {
    /// Without counting it: the counter is one lock over all connections, and every reader waits there with each of its
    /// allocations (measured: a fifth of the CPU of a page under eight connections). Nothing here asks for the count.
    ///
    /// Has no effect when something in the process has used SQLite before; then it is as slow as it was, and as right.
    static let isUncounted: Bool = csqlite_config_memstatus(0) == SQLITE_OK
}
