/// What the page asks that says which units below another have no committee yet, or an incomplete one.
public struct ComplianceFilter: Sendable, Equatable {
    /// Nil: the highest territory that the viewer has a right over.
    public var unit: UID?
    /// Only committees for this programme; any when empty.
    public var programme = ""
    /// At any depth below, of this level; nil: what lies directly below.
    public var level: UnitKind.Level?
    public var state: ComplianceState?

    public init() {}

    public init(_ query: inout Fields) {
        unit = query.uid("unit", required: false)
        programme = query.line("programme", max: 200, required: false)
        if let name = query.choice("level", of: TerritoryLevel.self, required: false) { level = name.level }
        state = query.choice("state", required: false)
    }

    public enum TerritoryLevel: String, Sendable, CaseIterable {
        case province, district, commune

        var level: UnitKind.Level {
            switch self {
            case .province: .province
            case .district: .district
            case .commune: .commune
            }
        }
    }

    var levelName: String { TerritoryLevel.allCases.first { $0.level == level }?.rawValue ?? "" }

    /// The address of the same list, of another part of it or further on.
    func link(_ path: String, state: ComplianceState?, on day: Day?, after: Cursor? = nil) -> String {
        URLText.link(
            path,
            [
                "unit": unit?.text ?? "", "programme": programme, "level": levelName, "state": state?.rawValue ?? "",
                "on": day?.text ?? "", "after": after?.text ?? "",
            ])
    }
}

public enum ComplianceState: String, Sendable, CaseIterable {
    /// No committee.
    case without = "none"
    /// A committee that lacks something of its checklist.
    case incomplete
    case complete
}

/// A unit with its committee, if it has one that the viewer may know of.
public struct ComplianceLine: Sendable, Equatable {
    public let uid: UID
    public let name: String
    public let kind: UnitKind
    public let place: OrgUnit.Place?
    public let committee: UID?
    public let progress: SetupProgress
    let sortKey: String

    public var state: ComplianceState {
        committee == nil ? .without : progress.isWhole ? .complete : .incomplete
    }

    var cursor: Cursor { Cursor([sortKey, uid.text]) }
}

/// The units below one, each with its state. Figures, list, map and file are made from these lines, so that they agree.
public struct Compliance: Sendable {
    public let unit: UnitRow
    public let day: Day
    /// By name.
    public let lines: [ComplianceLine]
    /// Programmes of committees of the unit itself, to choose from.
    public let programmes: [String]

    public func count(_ state: ComplianceState) -> Int { lines.count { $0.state == state } }
    /// Units that have a committee, complete or not.
    public var established: Int { lines.count - count(.without) }

    public func lines(_ state: ComplianceState?) -> [ComplianceLine] {
        guard let state else { return lines }
        return lines.filter { $0.state == state }
    }

    public func page(_ state: ComplianceState?, _ request: PageRequest) -> Page<ComplianceLine> {
        let all = lines(state)
        var rest = all[...]
        if let after = request.after, after.parts.count == 2 {
            rest = rest.drop { ($0.sortKey, $0.uid.text) <= (after.parts[0], after.parts[1]) }
        }
        let shown = Array(rest.prefix(request.limit))
        return Page(
            items: shown, next: rest.count > shown.count ? shown.last?.cursor : nil, total: all.count)
    }
}
