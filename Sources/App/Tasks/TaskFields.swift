import Storage

/// The field of work that a task belongs to, as its page shows it.
public struct TaskField: Sendable, Equatable {
    public let uid: UID
    /// In Vietnamese.
    public let name: String
    public let english: String

    func name(in language: Language) -> String { language == .english && !english.isEmpty ? english : name }
}

/// Which field a list is asked for: each is stored in a place of its own.
enum TaskFieldChoice {
    /// Codes of the fields that every committee has.
    case pillar(String), group(String)
    case own(ID<WorkField>)

    /// On `task t`.
    var condition: SQL {
        switch self {
        case .pillar(let code): "t.pillar = \(code)"
        case .group(let code): "t.task_group = \(code)"
        case .own(let field): "t.field_id = \(field)"
        }
    }
}

/// The fields of tasks are those of the portfolios, so that whoever is in charge of one finds what belongs to it.
extension TaskStore {
    /// The fields that the committees which bind a unit have of their own, as far as the viewer knows these.
    func ownFields(of unit: ID<OrgUnit>?) throws -> [WorkField] {
        guard let unit else { return [] }
        return try WorkField.own(
            tx, viewer, "f.committee_id IN (SELECT m.committee_id FROM (\(bindings(of: [unit]))) m)")
    }

    /// The own field that a draft names: of a committee that binds the assigning unit, or the one that it or the task
    /// of which it is a part has already.
    func field(
        _ uid: UID, assigning: ID<OrgUnit>, of task: TaskItem?, in parent: ID<TaskItem>?
    ) throws -> ID<WorkField>? {
        if let known = try ownFields(of: assigning).first(where: { $0.uid == uid }) { return known.id }
        let present = [task?.id, parent].compactMap(\.self)
        guard !present.isEmpty else { return nil }
        return try tx.first(
            """
            SELECT f.id FROM task t JOIN work_field f ON f.id = t.field_id
            WHERE t.id IN (\(list: present)) AND f.uid = \(uid) LIMIT 1
            """)?.id(0)
    }

    /// Throws ``AppError/notFound`` for a field of a committee that the viewer does not know.
    func fieldChoice(_ uid: UID) throws -> TaskFieldChoice {
        if let common = try WorkField.common(tx).first(where: { $0.uid == uid }) {
            return common.family == .pillar ? .pillar(common.code) : .group(common.code)
        }
        guard let own = try WorkField.own(tx, viewer, "f.uid = \(uid)").first else { throw AppError.notFound }
        return .own(own.id)
    }
}
