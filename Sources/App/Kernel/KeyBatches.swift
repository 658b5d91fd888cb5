/// Keys in portions that one statement lists: few statements, and far fewer values than either engine binds.
enum KeyBatches {
    static let size = 500

    static func of<Key>(_ keys: [Key]) -> [[Key]] {
        stride(from: 0, to: keys.count, by: size).map { Array(keys[$0..<min($0 + size, keys.count)]) }
    }
}
