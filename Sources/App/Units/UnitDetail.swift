import Storage

/// All that the page of one unit shows besides the row itself.
public struct UnitDetail: Sendable {
    public let row: UnitRow
    /// The territory from the top down.
    public let path: [UnitLink]
    public let versions: [Version]
    public let codes: [Code]
    /// In all three hierarchies, newest first.
    public let parents: [Parent]
    /// The first ones; the list has all.
    public let children: Page<UnitRow>
    /// Units directly below that have a place.
    public let dots: [UnitDot]
    public let rights: UnitAbilities
    /// The steering committee whose body it is.
    public let committee: UID?
    /// Where the bases of its versions lead to.
    let cited: CitedDocuments

    public struct Version: Sendable, Equatable {
        public let name: String
        public let kind: UnitKind
        public let from: Day
        public let to: Day
        public let basis: String
        /// Names in other languages by BCP 47 tag.
        public let names: [(language: String, name: String)]

        public static func == (left: Version, right: Version) -> Bool {
            left.name == right.name && left.from == right.from && left.to == right.to
        }
    }

    public struct Code: Sendable, Equatable {
        public let scheme: String
        public let code: String
    }

    public struct Parent: Sendable, Equatable {
        public let hierarchy: Hierarchy
        /// Nil when the viewer may not know of it.
        public let unit: UnitLink?
        public let from: Day
        public let to: Day
        public let basis: String
    }
}

extension UnitStore {
    /// Everything about one unit on a day. ``AppError/notFound`` also when the viewer may not know of it.
    public func detail(_ uid: UID, on day: Day? = nil) throws -> UnitDetail {
        let row = try find(uid, on: day)
        var below = UnitFilter()
        below.parent = uid
        below.order = .level
        below.state = row.hasEnded(on: day ?? today) ? .all : .live
        let versions = try versions(of: row.unit.id)
        return UnitDetail(
            row: row, path: try path(of: row.unit.id, on: day), versions: versions,
            codes: try codes(of: row.unit.id), parents: try parents(of: row.unit.id),
            children: try list(below, on: day, page: .first),
            dots: try dots(below: row.unit.id, on: day ?? today),
            rights: try UnitAbilities(tx: tx, viewer: viewer, row: row, today: today),
            committee: row.kind == .steeringCommittee
                ? try tx.first("SELECT uid FROM committee WHERE unit_id = \(row.unit.id)")?.uid(0) : nil,
            cited: try CitedDocuments(versions.map(\.basis), tx, viewer))
    }

    func versions(of unit: ID<OrgUnit>) throws -> [UnitDetail.Version] {
        var names: [Int64: [(String, String)]] = [:]
        let others = try tx.all(
            """
            SELECT n.version_id, n.language, n.name FROM unit_name n JOIN unit_version v ON v.id = n.version_id
            WHERE v.unit_id = \(unit) ORDER BY n.version_id, n.language
            """)
        for row in others { names[try row.int64(0), default: []].append((try row.text(1), try row.text(2))) }
        return try tx.all(
            """
            SELECT id, name, kind, from_day, to_day, basis FROM unit_version WHERE unit_id = \(unit)
            ORDER BY from_day DESC
            """
        ).map { row in
            UnitDetail.Version(
                name: try row.text(1), kind: UnitKind(rawValue: try row.text(2)) ?? .otherBody, from: try row.day(3),
                to: try row.day(4), basis: try row.text(5),
                names: names[try row.int64(0), default: []].map { (language: $0.0, name: $0.1) })
        }
    }

    func codes(of unit: ID<OrgUnit>) throws -> [UnitDetail.Code] {
        try tx.all("SELECT scheme, code FROM unit_code WHERE unit_id = \(unit) ORDER BY scheme, code")
            .map { UnitDetail.Code(scheme: try $0.text(0), code: try $0.text(1)) }
    }

    func parents(of unit: ID<OrgUnit>) throws -> [UnitDetail.Parent] {
        try tx.all(
            """
            SELECT e.hierarchy, u.uid, v.name, e.from_day, e.to_day, e.basis FROM unit_edge e
            LEFT JOIN unit u ON u.id = e.parent_id AND \(UnitScope(viewer).condition)
            LEFT JOIN unit_version v ON v.unit_id = u.id AND v.from_day =
                (SELECT MAX(w.from_day) FROM unit_version w WHERE w.unit_id = u.id AND w.from_day < e.to_day)
            WHERE e.unit_id = \(unit) ORDER BY e.hierarchy DESC, e.from_day DESC
            """
        ).map { row in
            UnitDetail.Parent(
                hierarchy: Hierarchy(rawValue: try row.text(0)) ?? .territory,
                unit: try row.isNull(1) ? nil : UnitLink(uid: try row.uid(1), name: try row.text(2)),
                from: try row.day(3), to: try row.day(4), basis: try row.text(5))
        }
    }
}
