import Storage
import TestSupport
import Testing

@testable import App

/// Who may know of which task, against the rule as it is told, written here a second time without any table.
@Suite struct TaskScopeTests {
    @Test(arguments: Engine.allCases) func everybodyKnowsWhatTheRuleSays(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let given = try await Given.fill(tasks)
            #expect(given.count == 45)
            try await compare(tasks, given, Rule(tasks.world))
        }
    }

    /// Today's map decides, whatever it was when the task was given.
    @Test(arguments: Engine.allCases) func aReorganisationMovesWhoKnows(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let given = try await Given.fill(tasks)
            var rule = try Rule(tasks.world)
            try await move(tasks, .pleiku, .territory, below: .tayNinh)
            rule.territory[.pleiku] = .tayNinh
            try await move(tasks, .wardCommittee, .state, below: .otherCommittee)
            rule.state[.wardCommittee] = .otherCommittee
            #expect(try await tasks.disorder() == [])
            try await compare(tasks, given, rule)
            let (front, today, now) = (try tasks.world.uid(.front), tasks.today, tasks.now)
            try await tasks.act { store in
                _ = try store.units.dissolve(
                    front, UnitDissolution(from: today, basis: "Nghị quyết 2"), seen: nil, at: now)
            }
            #expect(try await tasks.disorder() == [])
        }
    }

    @Test(arguments: Engine.allCases) func aMoveThatWasDecidedEarlierTakesPlaceAtMidnight(_ engine: Engine) async throws
    {
        try await TaskWorld.with(engine) { tasks in
            let given = try await Given.fill(tasks)
            var rule = try Rule(tasks.world)
            try await move(tasks, .pleiku, .territory, below: .tayNinh, inDays: 3)
            try await compare(tasks, given, rule)
            tasks.pass(days: 3)
            let today = tasks.today
            let moved = try await tasks.act { try UnitMap(tx: $0.tx).refreshReach(today: today) }
            #expect(moved > 0)
            #expect(try await tasks.disorder() == [])
            rule.territory[.pleiku] = .tayNinh
            try await compare(tasks, given, rule)
        }
    }

    private func move(
        _ tasks: TaskWorld, _ place: Place, _ hierarchy: Hierarchy, below parent: Place, inDays days: Int = 0
    ) async throws {
        let change = UnitMove(
            hierarchy: hierarchy, parent: try tasks.world.uid(parent), from: tasks.today.adding(days: days),
            basis: "Nghị quyết 1")
        let (unit, now) = (try tasks.world.uid(place), tasks.now)
        try await tasks.act { store in _ = try store.units.move(unit, change, seen: nil, at: now) }
    }

    // MARK: - Comparing

    private func viewers(_ tasks: TaskWorld) async throws -> [(String, Viewer)] {
        let documents = DocumentWorld(world: tasks.world)
        var all: [(String, Viewer)] = [("anonymous", .anonymous), ("system", .system("test"))]
        // Anew: what they hold follows the map of the day.
        for who in Who.allCases { all.append((who.rawValue, try await tasks.world.viewer(who))) }
        for place in [Place.science, .steering, .otherCommittee, .wardCommittee, .communeCommittee] {
            all.append(("staff of \(place)", try await documents.staff(place)))
        }
        for hired in [tasks.performer, tasks.chief, tasks.colleague, tasks.chairman] {
            all.append((hired.person.name, hired.viewer))
        }
        func holding(_ role: Role, _ hierarchy: Hierarchy, _ place: Place, _ ceiling: Secrecy) throws -> Viewer {
            let grant = Viewer.Grant(
                role: role, hierarchy: hierarchy, unit: try tasks.world.id(place), ceiling: ceiling)
            return Viewer(identity: tasks.chief.viewer.identity, grants: [grant], day: tasks.today)
        }
        all.append(("restricted in the state", try holding(.member, .state, .committee, .restricted)))
        all.append(("restricted in the province", try holding(.member, .territory, .giaLai, .restricted)))
        all.append(("public in the province", try holding(.secretariat, .territory, .giaLai, .public)))
        all.append(("over the ward", try holding(.focal, .territory, .pleiku, .internal)))
        all.append(("in the Party", try holding(.leader, .party, .finance, .restricted)))
        let delegations = try await tasks.number("SELECT COUNT(*) FROM delegation WHERE authority = 'Quyết định 8'")
        if delegations == 0 {
            let ward = try tasks.world.staff(.wardCommittee).office
            all.append(("for the ward", try await tasks.viewer(tasks.performer.office.uid, for: ward)))
        }
        return all
    }

    private func compare(_ tasks: TaskWorld, _ given: [Given], _ rule: Rule) async throws {
        for (name, viewer) in try await viewers(tasks) {
            let known = Set(given.filter { rule.knows(viewer, $0) }.map(\.title))
            let found = try await tasks.act(as: viewer) { store in
                Set(try given.filter { try ifKnown(store.find($0.uid)) != nil }.map(\.title))
            }
            #expect(found == known, "\(name) \(found.symmetricDifference(known).sorted())")
            let told = try await tasks.act(as: viewer) { store in
                let events = try ActivityStore(tx: store.tx, viewer: viewer, today: store.today)
                    .recent(EventFilter(kind: .task), page: PageRequest(after: nil, limit: 200))
                return Set(events.items.map(\.subject))
            }
            let heard = Set(given.filter { told.contains($0.uid) }.map(\.title))
            #expect(heard.isSubset(of: known), "\(name) hears of \(heard.subtracting(known).sorted())")
            for which in TaskFilter.Which.allCases {
                let of = given.filter { $0.which == which }
                for order in TaskFilter.Order.allCases where order != .updated || which == .open {
                    let expected = Set(of.filter { rule.lists(viewer, $0) }.map(\.title))
                    let listed = try await list(tasks, viewer, which, order)
                    #expect(
                        listed == expected,
                        "\(name) \(which) \(order) \(listed?.symmetricDifference(expected).sorted() ?? [])")
                }
                try await compareUnits(tasks, of, rule, name, viewer, which, known)
            }
        }
    }

    private func compareUnits(
        _ tasks: TaskWorld, _ given: [Given], _ rule: Rule, _ name: String, _ viewer: Viewer,
        _ which: TaskFilter.Which, _ known: Set<String>
    ) async throws {
        for unit in [Place.vietnam, .giaLai, .tayNinh, .pleiku, .finance, .science, .committee, .wardCommittee] {
            let expected = Set(given.filter { rule.reaches(viewer, $0, in: unit) }.map(\.title))
            for order in TaskFilter.Order.allCases where order != .updated || which == .open {
                // A unit that is unknown has no list.
                guard let listed = try await list(tasks, viewer, which, order, unit: unit) else { continue }
                #expect(
                    listed.isSubset(of: known),
                    "\(name) \(which) of \(unit) tells of \(listed.subtracting(known).sorted())")
                #expect(
                    listed == expected,
                    "\(name) \(which) of \(unit) \(order) \(listed.symmetricDifference(expected).sorted())")
            }
        }
    }

    private func list(
        _ tasks: TaskWorld, _ viewer: Viewer, _ which: TaskFilter.Which, _ order: TaskFilter.Order, unit: Place? = nil
    ) async throws -> Set<String>? {
        let uid = try unit.map { try tasks.world.uid($0) }
        return try await tasks.act(as: viewer) { store in
            var filter = TaskFilter()
            (filter.which, filter.order, filter.unit) = (which, order, uid)
            let page = try ifKnown(store.list(filter, page: PageRequest(after: nil, limit: 200)))
            return page.map { Set($0.items.map(\.task.title)) }
        }
    }
}

// MARK: - What was given

/// A task with what the rule looks at.
private struct Given: Sendable {
    let uid: UID
    let title: String
    let which: TaskFilter.Which
    let secrecy: Secrecy
    let assigning: Place
    let concerned: [Place]
    let named: [ID<Office>]

    static func fill(_ tasks: TaskWorld) async throws -> [Given] {
        let world = tasks.world
        let centre = try await tasks.hire(.wardCentre, "Cán bộ văn hóa")
        let (ward, commune) = (try world.staff(.wardCommittee), try world.staff(.communeCommittee))
        let judge = try await tasks.hire(.party, "Chánh văn phòng")
        typealias Kind = (assigning: Place, lead: Place, others: [Place], performer: UID, leader: UID, authority: UID?)
        let kinds: [Kind] = [
            (.science, .finance, [.front], tasks.performer.office.uid, tasks.chief.office.uid, judge.office.uid),
            (.otherCommittee, .communeCommittee, [], commune.office, commune.deputyOffice, nil),
            (.steering, .giaLai, [.tanBien], try world.office(.focal), tasks.chairman.office.uid, nil),
            (.science, .pleiku, [], centre.office.uid, tasks.chairman.office.uid, ward.office),
            (.committee, .wardCommittee, [.science], ward.office, ward.deputyOffice, nil),
        ]
        var all: [Given] = []
        for (number, kind) in kinds.enumerated() {
            for secrecy in Secrecy.allCases {
                for which in TaskFilter.Which.allCases {
                    let title = "Việc số \(number) \(secrecy.name) \(which.rawValue)"
                    let task = try await tasks.given(by: kind.assigning, which) { draft in
                        draft = TaskDraft(title: title, leadUnit: try world.uid(kind.lead))
                        draft.products = try tasks.draft().products
                        draft.deadline = .day(tasks.due.adding(days: number))
                        draft.secrecy = secrecy
                        draft.coordinating = try kind.others.map { try world.uid($0) }
                        (draft.performer, draft.leader, draft.authority) = (kind.performer, kind.leader, kind.authority)
                    }.task
                    // A body is internal, and so is what it is asked for.
                    let isTerritory = kind.lead == .giaLai || kind.lead == .pleiku
                    all.append(
                        Given(
                            uid: task.uid, title: title, which: which,
                            secrecy: isTerritory ? secrecy : max(secrecy, .internal), assigning: kind.assigning,
                            concerned: [kind.lead, kind.assigning] + kind.others,
                            named: [task.performer, task.leader, task.authority].compactMap(\.self)))
                }
            }
        }
        return all
    }
}

// MARK: - The rule

/// A public task that is issued is known to everybody. Any other is known, up to internal, to the offices of the units
/// that lead it, coordinate or have assigned it, and of the bodies that stand in these; through a grant over such a
/// unit whose ceiling reaches its secrecy; and to the people that it names. A draft is known on the assigning side alone.
private struct Rule: Sendable {
    /// Who stands directly below whom, from the picture of the world.
    var territory: [Place: Place] = [
        .giaLai: .vietnam, .tayNinh: .vietnam, .quyNhon: .giaLai, .pleiku: .giaLai, .tanBien: .tayNinh,
        .committee: .giaLai, .science: .giaLai, .finance: .giaLai, .front: .giaLai, .party: .giaLai,
        .wardCommittee: .quyNhon, .wardCentre: .pleiku, .steering: .vietnam, .steeringOffice: .vietnam,
        .otherCommittee: .tayNinh, .otherCentre: .tayNinh, .communeCommittee: .tanBien, .communeClinic: .tanBien,
    ]
    var state: [Place: Place] = [
        .steeringOffice: .steering, .committee: .steering, .science: .committee, .finance: .committee,
        .wardCommittee: .committee, .communeCommittee: .otherCommittee,
    ]
    private let places: [ID<OrgUnit>: Place]

    init(_ world: World) throws {
        places = Dictionary(uniqueKeysWithValues: try Place.allCases.map { (try world.id($0), $0) })
    }

    /// With the unit itself.
    private func above(_ place: Place, _ hierarchy: Hierarchy) -> Set<Place> {
        var found: Set<Place> = [place], next: Place? = place
        while let present = next {
            next = hierarchy == .territory ? territory[present] : hierarchy == .state ? state[present] : nil
            if let next { found.insert(next) }
        }
        return found
    }

    private func place(_ unit: ID<OrgUnit>?) -> Place? { unit.flatMap { places[$0] } }

    /// The unit of the office, and the lowest territory in which it stands.
    private func own(_ viewer: Viewer) -> [Place] {
        guard let unit = place(viewer.office?.unit) else { return [] }
        let isTerritory = [Place.vietnam, .giaLai, .quyNhon, .pleiku, .tayNinh, .tanBien].contains(unit)
        return [unit] + (isTerritory ? [] : territory[unit].map { [$0] } ?? [])
    }

    private func concerned(_ task: Given) -> [Place] { task.which == .draft ? [task.assigning] : task.concerned }
    private func isForAll(_ task: Given) -> Bool { task.which != .draft && task.secrecy == .public }

    func knows(_ viewer: Viewer, _ task: Given) -> Bool { isForAll(task) || lists(viewer, task) }

    /// Known otherwise than as everybody does.
    func lists(_ viewer: Viewer, _ task: Given) -> Bool {
        if viewer.isSystem { return true }
        let units = concerned(task)
        if task.secrecy <= .internal, own(viewer).contains(where: units.contains) { return true }
        for grant in viewer.grants where task.secrecy <= grant.ceiling {
            guard let top = place(grant.unit) else { continue }
            if units.contains(where: { above($0, grant.hierarchy).contains(top) }) { return true }
        }
        guard task.which != .draft, let office = viewer.office else { return false }
        return task.named.contains(office.id) || office.onBehalf.map { task.named.contains($0.office) } ?? false
    }

    /// In the list of a unit and those below it: what the viewer's rights over it reach, their own unit's, and what
    /// everybody may know.
    func reaches(_ viewer: Viewer, _ task: Given, in unit: Place) -> Bool {
        let units = concerned(task)
        func isBelow(_ hierarchy: Hierarchy) -> Bool { units.contains { above($0, hierarchy).contains(unit) } }
        if viewer.isSystem { return isBelow(.territory) }
        if isForAll(task), Hierarchy.allCases.contains(where: isBelow) { return true }
        if task.secrecy <= .internal, own(viewer).contains(unit), units.contains(unit) { return true }
        return viewer.grants.contains { grant in
            guard task.secrecy <= grant.ceiling, let top = place(grant.unit) else { return false }
            return above(unit, grant.hierarchy).contains(top) && isBelow(grant.hierarchy)
        }
    }
}
