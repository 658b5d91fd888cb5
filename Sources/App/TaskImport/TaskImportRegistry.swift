import Storage

/// What an import asks of units, documents and fields on record: each question once.
final class TaskImportRegistry {
    private let store: TaskStore
    private let assigning: ID<OrgUnit>
    private var units: [String: UnitRow?] = [:]
    private var papers: [String: [UID]] = [:]
    private let fields: [WorkField]
    /// Of what the unit assigns, the highest level that the viewer may know of.
    let ceiling: Secrecy
    let rules: CommitteeRules

    init(_ store: TaskStore, assigning: ID<OrgUnit>) throws {
        self.store = store
        self.assigning = assigning
        fields = try store.workFields(assigning: assigning)
        ceiling = try store.ceiling(ofDraftsOf: assigning)
        rules = try store.rules(assigning: assigning)
    }

    /// By code, uid or name, when only one that the viewer may know is called so.
    func unit(_ typed: String) throws -> UnitRow? {
        if let known = units[typed] { return known }
        let found = try store.units.find(typed: typed)
        units[typed] = .some(found)
        return found
    }

    /// By number, title or uid; several papers may have one number.
    func documents(_ typed: String) throws -> [UID] {
        if let known = papers[typed] { return known }
        let found = try store.documents.named(typed).map(\.uid)
        papers[typed] = found
        return found
    }

    /// The code of a pillar or group that is called so.
    func field(_ typed: String, _ family: WorkField.Family) -> String? {
        let all = fields.filter { $0.family == family }
        if let coded = all.first(where: { $0.code.lowercased() == typed.lowercased() }) { return coded.code }
        let wanted = TextFold.fold(typed)
        return all.first { TextFold.fold($0.name) == wanted || TextFold.fold($0.english) == wanted }?.code
    }

    /// What the pillars or the groups are called in Vietnamese, for whoever typed none of them.
    func names(_ family: WorkField.Family) -> String {
        fields.filter { $0.family == family }.map(\.name).joined(separator: "; ")
    }

    /// A field of a committee that binds the unit: by uid, or by a name that only one has.
    func ownField(_ typed: String) -> UID? {
        let own = fields.filter { $0.family == .own }
        if let uid = UID(parsing: typed) { return own.first { $0.uid == uid }?.uid }
        let wanted = TextFold.fold(typed)
        let called = own.filter { TextFold.fold($0.name) == wanted || TextFold.fold($0.english) == wanted }
        return called.count == 1 ? called.first?.uid : nil
    }
}

extension TaskStore {
    /// The highest level at which the viewer would know of a draft of this unit: by what ``TaskScope`` decides.
    func ceiling(ofDraftsOf assigning: ID<OrgUnit>) throws -> Secrecy {
        if viewer.isSystem { return .restricted }
        var scopes: Set = [TaskScope.Way.office.scope(of: assigning)]
        for row in try tx.all(
            "SELECT ancestor_id, hierarchy FROM unit_reach WHERE unit_id = \(assigning) ORDER BY ancestor_id, hierarchy"
        ) {
            guard let hierarchy = Hierarchy(rawValue: try row.text(1)) else { continue }
            scopes.insert(TaskScope.Way(hierarchy).scope(of: try row.id(0)))
        }
        return scope.branches.filter { scopes.contains($0.id) }.map(\.ceiling).max() ?? .public
    }
}
