import Storage

extension TaskStore {
    /// What the gate would find of a draft that is not stored yet.
    func clarity(
        of draft: TaskDraft, _ known: KnownParts, assigning: ID<OrgUnit>, rules: CommitteeRules
    ) throws -> TaskClarity {
        guard let workflow = TaskWorkflow(.draft, before: nil) else {
            throw StorageError.decoding("a draft without a state")
        }
        let task = TaskItem(
            id: ID(0), uid: draft.leadUnit, title: draft.title, description: draft.description,
            leadUnit: known.lead, assigningUnit: assigning, performer: known.performer, leader: known.leader,
            authority: known.authority, document: known.document, paragraph: draft.paragraph, parent: known.parent,
            priority: draft.priority, isKey: draft.isKey, pillar: draft.pillar, group: draft.group,
            field: known.field, secrecy: known.secrecy, deadline: draft.deadline, originalDue: .never,
            start: draft.start ?? .never, weight: draft.weight, workflow: workflow, percent: 0, declaredOn: nil,
            hasEvidence: false, extensions: 0, updatedAt: Instant(milliseconds: 0), version: 1)
        return TaskClarity(try facts(task, draft.products), rules: rules)
    }

    /// Tasks above this one, itself included.
    func depth(of uid: UID) throws -> Int {
        var above = try ifKnown(find(uid))?.task
        var depth = 0
        while let next = above, depth <= TaskStore.deepest {
            depth += 1
            above = try next.parent.map { try made($0).task }
        }
        return depth
    }
}
