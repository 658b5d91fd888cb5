/// Who is in charge of what in a committee on a day: what nobody covers and what two cover.
public struct PortfolioCoverage: Sendable {
    /// The seats of that day, in the order of positions.
    public let members: [SeatRow]
    public let fields: [Entry<WorkField>]
    /// The units directly below the host, and further ones that somebody is in charge of.
    public let localities: [Entry<Locality>]
    /// What members are in charge of by name, and the open key tasks that the committee has given.
    public let tasks: [Entry<ChargedTask>]
    /// There are more key tasks than are put beside the members.
    public let hasMoreTasks: Bool
    public let lines: [PortfolioLine]

    public enum State: String, Sendable, CaseIterable {
        case nobody, single, several
    }

    public struct Entry<What: Sendable>: Sendable {
        public let what: What
        /// Who covers it.
        public let members: [SeatRow]
        /// No notice names the task: they cover it because they are in charge of a field that it belongs to.
        public var isThroughField = false

        public var state: State {
            switch members.count {
            case 0: .nobody
            case 1: .single
            default: .several
            }
        }
    }

    public struct Locality: Sendable, Equatable {
        public let id: ID<OrgUnit>
        public let unit: UnitLink
    }

    /// Puts lines beside members and what they could be in charge of. A line of a seat that is not there counts for
    /// nothing, so that whoever left covers nothing any more.
    init(
        members: [SeatRow], fields: [WorkField], localities: [Locality], tasks: [ChargedTask] = [],
        hasMoreTasks: Bool = false, lines: [PortfolioLine]
    ) {
        self.members = members
        self.hasMoreTasks = hasMoreTasks
        self.lines = lines.filter { line in members.contains { $0.seat.id == line.seat } }
        let held = Dictionary(grouping: self.lines, by: \.charge)
        func covering(_ charge: PortfolioLine.Charge) -> [SeatRow] {
            let seats = Set((held[charge] ?? []).map(\.seat))
            return seats.isEmpty ? [] : members.filter { seats.contains($0.seat.id) }
        }
        self.fields = fields.map { Entry(what: $0, members: covering(.field($0.id))) }
        self.localities = localities.map { Entry(what: $0, members: covering(.locality($0.id))) }
        self.tasks = tasks.map { task in
            let named = covering(.task(task.id))
            if !named.isEmpty { return Entry(what: task, members: named) }
            let fields = Set(task.fields.flatMap { held[.field($0)] ?? [] }.map(\.seat))
            let through = members.filter { fields.contains($0.seat.id) }
            return Entry(what: task, members: through, isThroughField: !through.isEmpty)
        }
    }

    /// Fields, localities and tasks together.
    public func count(_ state: State) -> Int {
        fields.count { $0.state == state } + localities.count { $0.state == state }
            + tasks.count { $0.state == state }
    }

    public func fields(of seat: ID<Seat>) -> [WorkField] {
        fields.filter { entry in entry.members.contains { $0.seat.id == seat } }.map(\.what)
    }

    public func localities(of seat: ID<Seat>) -> [Locality] {
        localities.filter { entry in entry.members.contains { $0.seat.id == seat } }.map(\.what)
    }

    /// Those that a notice names.
    public func tasks(of seat: ID<Seat>) -> [ChargedTask] {
        tasks.filter { entry in !entry.isThroughField && entry.members.contains { $0.seat.id == seat } }.map(\.what)
    }

    /// The notices by which a member is in charge of anything, each once.
    public func notices(of seat: ID<Seat>) -> [String] {
        lines.filter { $0.seat == seat }.map(\.notice).reduce(into: []) { known, notice in
            if !known.contains(notice) { known.append(notice) }
        }
    }
}
