import Storage

/// Puts the tasks of a roadmap together by what they have in common; those that have none of it come last.
struct RoadmapGroups {
    let store: TaskStore
    let fields: [WorkField]

    func of(_ tasks: [TaskRow], by grouping: TaskRoadmap.Grouping) throws -> [TaskRoadmap.Group] {
        let tasks = tasks.sorted { ($0.task.due, $0.task.id.value) < ($1.task.due, $1.task.id.value) }
        switch grouping {
        case .pillar:
            let pillars = fields.filter { $0.family == .pillar }
            return groups(tasks, by: { $0.task.pillar }, pillars.map { ($0.code, .pillar($0)) })
        case .document:
            let known = try documents(of: tasks)
            return groups(tasks, by: { $0.task.document }, known.map { (.some($0.document.id), .document($0)) })
        case .unit:
            var units: [UID: UnitLink] = [:]
            for row in tasks { units[row.leadUnit.uid] = row.leadUnit }
            let named = units.values.map { (key: SortKey.vietnamese($0.name), unit: $0) }
                .sorted { ($0.key, $0.unit.uid.text) < ($1.key, $1.unit.uid.text) }
            return groups(tasks, by: { $0.leadUnit.uid }, named.map { ($0.unit.uid, .unit($0.unit)) })
        }
    }

    private func groups<Key: Hashable>(
        _ tasks: [TaskRow], by key: (TaskRow) -> Key, _ headings: [(key: Key, heading: TaskRoadmap.Heading)]
    ) -> [TaskRoadmap.Group] {
        let alike = Dictionary(grouping: tasks, by: key), named = Set(headings.map(\.key))
        let groups = headings.compactMap { entry in
            alike[entry.key].map { TaskRoadmap.Group(heading: entry.heading, tasks: $0) }
        }
        let rest = tasks.filter { !named.contains(key($0)) }
        return rest.isEmpty ? groups : groups + [TaskRoadmap.Group(heading: .none, tasks: rest)]
    }

    /// The documents that the tasks come from and the viewer may know of, the newest first.
    private func documents(of tasks: [TaskRow]) throws -> [DocumentRow] {
        let ids = Set(tasks.compactMap(\.task.document)).sorted { $0.value < $1.value }
        guard !ids.isEmpty else { return [] }
        return try store.documents.rows(
            "d.id IN (\(list: ids)) AND \(store.documents.scope.condition())", limit: ids.count)
    }
}
