import Storage

/// Who has issued what a higher document asks for: units against requirements.
public struct CoverageMatrix: Sendable {
    public let document: DocumentRow
    /// The columns: requirements that the viewer may know of.
    public let requirements: [RequirementRow]
    public let units: Page<UnitLine>
    public let counts: CoverageCounts
    public let mayRequire: Bool
    /// Requirements that the viewer may change.
    public let kept: Set<UID>

    /// One unit with its cells.
    public struct UnitLine: Sendable, Equatable {
        public let unit: UnitLink
        public let kind: UnitKind
        public let hasEnded: Bool
        public var cells: [ID<Requirement>: Cell]
    }

    /// How a unit stands with one requirement.
    public struct Cell: Sendable, Equatable {
        public let status: DutyStatus
        public let due: Day
        /// Nil as long as nothing was issued.
        public let issuedOn: Day?
        public let how: Duty.Way?
        /// The document that fulfils it, when the viewer may know of it.
        public let document: Link?
    }

    public struct Link: Sendable, Equatable {
        public let uid: UID
        public let name: String
        public var href: String { "/documents/\(uid)" }

        /// By number; by title as long as it has none.
        init(uid: UID, sign: String, title: String) {
            self.uid = uid
            name = sign.isEmpty ? title : sign
        }
    }
}

/// Duties by requirement and status.
public struct CoverageCounts: Sendable, Equatable {
    private var counts: [ID<Requirement>: [DutyStatus: Int]] = [:]

    public init() {}

    mutating func add(_ count: Int, _ status: DutyStatus, of requirement: ID<Requirement>) {
        counts[requirement, default: [:]][status, default: 0] += count
    }

    public var requirements: Set<ID<Requirement>> { Set(counts.keys) }
    public func count(_ status: DutyStatus, of requirement: ID<Requirement>? = nil) -> Int {
        if let requirement { return counts[requirement]?[status] ?? 0 }
        return counts.values.reduce(0) { $0 + ($1[status] ?? 0) }
    }
    public func total(of requirement: ID<Requirement>? = nil) -> Int {
        DutyStatus.allCases.reduce(0) { $0 + count($1, of: requirement) }
    }
    public func missing(of requirement: ID<Requirement>? = nil) -> Int {
        count(.due, of: requirement) + count(.late, of: requirement)
    }
    public func issued(of requirement: ID<Requirement>? = nil) -> Int {
        count(.done, of: requirement) + count(.doneLate, of: requirement)
    }

    /// Issued of those that must be, in tenths of a percent, rounded down so that 100 % means all; nil of none.
    public func share(of requirement: ID<Requirement>? = nil) -> Int? {
        let wanted = total(of: requirement) - count(.waived, of: requirement)
        guard wanted > 0 else { return nil }
        let issued = issued(of: requirement)
        // Rounded, but all is said of all alone.
        return issued == wanted ? 1_000 : min(999, (issued * 2_000 + wanted) / (2 * wanted))
    }
}

extension CoverageStore {
    /// The matrix of a document that the viewer may know of, as far as they may know of the units' duties.
    public func matrix(
        _ uid: UID, _ filter: CoverageFilter = CoverageFilter(), page: PageRequest = .first
    ) throws -> CoverageMatrix {
        let document = try documents.find(uid)
        let query = try query(document, filter)
        let counts = try counts(query)
        let all = try requirements(of: document.document.id)
        let known = all.filter { $0.isOwn || counts.requirements.contains($0.row.requirement.id) }
        return CoverageMatrix(
            document: document, requirements: known.map(\.row), units: try lines(query, page), counts: counts,
            mayRequire: mayRequireSomewhere() && document.document.state == .issued,
            kept: Set(known.filter(\.mayKeep).map(\.row.uid)))
    }

    /// Every line, for an export; read in pages, so that no more than one is held at a time.
    public func eachLine(
        _ uid: UID, _ filter: CoverageFilter, _ body: (CoverageMatrix.UnitLine) throws -> Void
    ) throws {
        let query = try query(try documents.find(uid), filter)
        var after: Cursor?
        repeat {
            let page = try lines(query, PageRequest(after: after, limit: 200))
            for line in page.items { try body(line) }
            after = page.next
        } while after != nil
    }

    func query(_ document: DocumentRow, _ filter: CoverageFilter) throws -> CoverageQuery {
        let requirement = try filter.requirement.map { try find($0).requirement }
        if let requirement, requirement.document != document.document.id { throw AppError.notFound }
        return CoverageQuery(
            viewer: viewer, today: today, document: document.document.id, filter: filter,
            requirement: requirement?.id, below: try filter.below.map { try units.find($0).unit.id })
    }

    func counts(_ query: CoverageQuery) throws -> CoverageCounts {
        var counts = CoverageCounts()
        for row in try tx.all(query.counts) {
            guard let status = DutyStatus(rawValue: try row.text(1)) else { continue }
            counts.add(try row.int(2), status, of: try row.id(0))
        }
        return counts
    }

    private func lines(_ query: CoverageQuery, _ page: PageRequest) throws -> Page<CoverageMatrix.UnitLine> {
        let rows = try tx.all(query.page(after: page.after, limit: page.limit + 1))
        var lines: [CoverageMatrix.UnitLine] = []
        var last: ID<OrgUnit>?
        var total = 0
        var cursor: Cursor?
        for row in rows {
            let unit: ID<OrgUnit> = try row.id(0)
            if unit != last {
                if lines.count == page.limit {
                    return Page(items: lines, next: cursor, total: total)
                }
                last = unit
                total = try row.int(7)
                cursor = Cursor([
                    String(try row.int(5)), String(try row.int(6)), try row.text(4), try row.text(1),
                ])
                lines.append(
                    CoverageMatrix.UnitLine(
                        unit: UnitLink(uid: try row.uid(1), name: try row.text(2)),
                        kind: UnitKind(rawValue: try row.text(3)) ?? .otherBody, hasEnded: try row.day(8) <= today,
                        cells: [:]))
            }
            lines[lines.count - 1].cells[try row.id(9)] = try CoverageMatrix.Cell(row, from: 10, today)
        }
        return Page(items: lines, next: nil, total: total)
    }
}

extension CoverageMatrix.Cell {
    /// Reads state, due_on, fulfilled_on, fulfilled_how, and uid, sign and title of the document.
    init(_ row: Row, from first: Int, _ today: Day) throws {
        let state = Duty.State(rawValue: try row.text(first)) ?? .open
        let due = try row.day(first + 1), on = try row.day(first + 2)
        self.due = due
        status = DutyStatus(state, due: due, fulfilledOn: on, on: today)
        issuedOn = on == .never ? nil : on
        how = Duty.Way(rawValue: try row.text(first + 3))
        document =
            try row.isNull(first + 4)
            ? nil
            : CoverageMatrix.Link(
                uid: try row.uid(first + 4), sign: try row.text(first + 5), title: try row.text(first + 6))
    }
}
