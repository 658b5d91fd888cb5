import Storage

/// In which order the tasks of one act are taken: what has to be so first comes first, whatever order they were chosen in.
extension TaskWorkflow.Act {
    /// Whether a whole comes before its parts, or after them; nil of an act to which it makes no difference.
    fileprivate var takesWholeFirst: Bool? {
        switch self {
        case .verify, .close, .cancel: false
        case .issue, .reopen: true
        case .accept, .refuse, .progress, .declare, .return, .pause, .resume: nil
        }
    }
}

extension TaskStore {
    /// The tasks that are chosen, whole and parts in the order in which the act can be done to them; otherwise as they
    /// were chosen.
    func ordered(_ bulk: TaskBulkAct) throws -> [TaskBulkAct.Chosen] {
        guard let wholeFirst = bulk.act.takesWholeFirst else { return bulk.tasks }
        let depths = try depths(of: bulk.tasks.map(\.uid))
        let places = bulk.tasks.enumerated().map { place, chosen in
            let depth = depths[chosen.uid, default: 0]
            return (rank: wholeFirst ? depth : -depth, place: place, chosen: chosen)
        }
        return places.sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }.map(\.chosen)
    }

    /// How many of the tasks stand above each of them.
    private func depths(of uids: [UID]) throws -> [UID: Int] {
        let rows = try rows("t.uid IN (\(list: uids))", order: "t.id", limit: uids.count).map(\.task)
        let above = Dictionary(rows.map { ($0.id, $0.parent) }) { first, _ in first }
        var depths: [UID: Int] = [:]
        for task in rows {
            var (next, depth) = (task.parent, 0)
            while let whole = next, let higher = above[whole], depth <= TaskStore.deepest {
                (next, depth) = (higher, depth + 1)
            }
            depths[task.uid] = depth
        }
        return depths
    }
}
