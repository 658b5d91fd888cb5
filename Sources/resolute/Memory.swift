import CMalloc

/// How the allocator goes about memory.
enum Memory {
    /// glibc gives nearly every thread a store of its own and keeps what was freed there: with many threads the process
    /// holds many times what it uses at once. As many stores as a small machine has processors are enough.
    static func shareStores() { _ = mallopt(M_ARENA_MAX, 2) }
}
