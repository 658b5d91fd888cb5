/// What the unit, the document, the person and the task of a filter are called.
struct TaskFilterNames: Sendable {
    let unit: String?
    let document: String?
    let person: String?
    let parent: TaskRow?

    /// Throws ``AppError/notFound`` when the viewer may not know of one of them.
    init(_ filter: TaskFilter, _ store: TaskStore) throws {
        unit = try filter.unit.map { try store.units.find($0).name }
        document = try filter.document.map { try store.documents.find($0).name }
        person = try filter.person.map { try store.people.find($0).person.name }
        parent = try filter.parent.map { try store.find($0) }
    }

    /// What the tasks are of; nil when nothing of the kind is asked for.
    func title(_ page: PageContext) -> String? {
        if let parent { return page.t("task.of_parent", ["name": parent.task.title]) }
        if let unit { return page.t("task.of_unit", ["name": unit]) }
        if let document { return page.t("task.of_document", ["name": document]) }
        return person.map { page.t("task.of_person", ["name": page.name($0)]) }
    }
}
