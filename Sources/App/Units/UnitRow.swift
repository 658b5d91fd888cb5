import Storage

/// A unit as lists show it on one day: its name, kind and parent then.
public struct UnitRow: Sendable, Equatable {
    public let unit: OrgUnit
    public let name: String
    public let kind: UnitKind
    /// In the first scheme by name; nil for bodies without one.
    public let code: String?
    /// Its superior in the territory, when the viewer may know of it.
    public let parent: UnitLink?

    public var uid: UID { unit.uid }
    var subject: Subject { Subject(.unit, id: unit.id.value, uid: uid) }
    /// No longer there on the day that was asked for.
    public func hasEnded(on day: Day) -> Bool { unit.to <= day }
}

/// Enough of a unit to name it and to go there.
public struct UnitLink: Sendable, Equatable, Hashable {
    public let uid: UID
    public let name: String

    public var href: String { "/units/\(uid)" }
}

extension UnitRow {
    /// The columns that ``init(_:)`` reads, for the aliases of ``UnitQuery``.
    static let columns: SQL = """
        u.id, u.uid, u.from_day, u.to_day, u.secrecy, u.version, u.latitude, u.longitude, u.area, v.name, v.kind, \
        (SELECT MIN(c.code) FROM unit_code c WHERE c.unit_id = u.id), p.uid, pv.name
        """

    init(_ row: Row) throws {
        guard let kind = UnitKind(rawValue: try row.text(10)) else { throw StorageError.decoding("a kind of unit") }
        var place: OrgUnit.Place?
        if let latitude = try row.optionalInt64(6), let longitude = try row.optionalInt64(7) {
            place = OrgUnit.Place(latitude: latitude, longitude: longitude)
        }
        var parent: UnitLink?
        if try !row.isNull(12) { parent = UnitLink(uid: try row.uid(12), name: try row.text(13)) }
        self.init(
            unit: OrgUnit(
                id: try row.id(0), uid: try row.uid(1), from: try row.day(2), to: try row.day(3),
                secrecy: Secrecy(rawValue: try row.int(4)) ?? .restricted, version: try row.int(5), place: place,
                area: try row.optionalInt64(8)),
            name: try row.text(9), kind: kind, code: try row.optionalText(11), parent: parent)
    }
}
