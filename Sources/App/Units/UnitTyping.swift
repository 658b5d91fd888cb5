public import Storage

/// What is done to a unit that is there, by the name that the command line gives it.
public enum UnitAct: String, TypedAct {
    case change, rename, move, dissolve

    public var operation: APIOperation {
        switch self {
        case .change: UnitBodies.describe
        case .rename: UnitBodies.rename
        case .move: UnitBodies.move
        case .dissolve: UnitBodies.dissolve
        }
    }

    public var isPartial: Bool { self == .change }
}

/// Units as they are typed on the command line, for whoever has the data folder.
extension UnitStore {
    public static let founding = UnitBodies.create

    /// Makes the unit that the words tell of.
    @discardableResult
    public func create(typed body: TypedBody, at now: Instant) throws -> UnitRow {
        var form = UnitForm(try body.fields(Self.founding.body?.members ?? []), store: self)
        return try create(try form.draft(), at: now)
    }

    @discardableResult
    public func act(_ act: UnitAct, _ uid: UID, typed body: TypedBody, at now: Instant) throws -> UnitRow {
        let unit = try find(uid)
        let fields =
            act.isPartial
            ? try body.fields(act.members, over: UnitFormValues.facts(unit)) : try body.fields(act.members)
        var form = UnitForm(fields, store: self)
        return switch act {
        case .change: try describe(uid, try form.facts(), seen: nil, at: now)
        case .rename: try rename(uid, try form.renaming(of: unit), seen: nil, at: now)
        case .move: try move(uid, try form.move(), seen: nil, at: now)
        case .dissolve: try dissolve(uid, try form.dissolution(), seen: nil, at: now)
        }
    }

    /// Taken first in the transaction of a change.
    public static func wait(_ tx: Transaction) throws { try queue(tx) }
}

/// What stands in the forms of a unit when they are opened.
enum UnitFormValues {
    static func facts(_ row: UnitRow) -> [String: String] {
        let unit = row.unit
        return [
            "secrecy": unit.secrecy.name, "version": String(unit.version),
            "latitude": unit.place.map { DecimalText.text($0.latitude, places: 6) } ?? "",
            "longitude": unit.place.map { DecimalText.text($0.longitude, places: 6) } ?? "",
            "area_km2": unit.area.map { DecimalText.text($0, places: 6) } ?? "",
        ]
    }
}
