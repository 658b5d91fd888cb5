public import Storage

/// Which documents a viewer may know of. The one place where it is decided; every query of documents splices this in.
///
/// A public document is known to everybody. An internal one is known to an office in the issuing unit or in a unit it is
/// addressed to, any through a grant that reaches one of these by today's map and whose ceiling reaches its secrecy, and
/// to the offices that it names. A restricted one is so known to named people, and in the units that it concerns to
/// offices that are trusted with what is restricted; see docs/decisions/0024.
/// An internal one is known too to the units of which something is required under it; and what reaches a commune or a
/// province in this way, to the offices of the bodies that stand in it: a letter to the commune is read in its People's
/// Committee.
/// A draft is known, up to the same level, to the offices of the issuing unit, to administrator, secretariat and leader
/// over it, and to whoever was asked for an opinion or is named. The table `document_scope`, kept by ``DocumentMap``, holds one row for each scope
/// in which a document stands; a viewer is a handful of such scopes. Name and holder of a scope in one number are its
/// `scope_id`, so that one document is asked about all of them at once: PostgreSQL pays for every subquery of a
/// statement each time it starts it, also for those that are never asked.
public struct DocumentScope: Sendable {
    let viewer: Viewer

    public init(_ viewer: Viewer) { self.viewer = viewer }

    /// What a scope is called in `document_scope.scope`.
    enum Name: String, Sendable, CaseIterable {
        case everyone, office, place, asked, territory, state, party
        case draftTerritory = "draft-territory"
        case draftState = "draft-state"
        case draftParty = "draft-party"
        // Drafts that were given up: their history alone is still known.
        case goneOffice = "gone-office"
        case goneTerritory = "gone-territory"
        case goneState = "gone-state"
        case goneParty = "gone-party"
        /// The offices that a document names.
        case named

        /// Its part of a scope's id. Stored: a number is never given anew.
        var number: Int64 {
            switch self {
            case .everyone: 0
            case .office: 1
            case .place: 2
            case .asked: 3
            case .territory: 4
            case .state: 5
            case .party: 6
            case .draftTerritory: 7
            case .draftState: 8
            case .draftParty: 9
            case .goneOffice: 10
            case .goneTerritory: 11
            case .goneState: 12
            case .goneParty: 13
            case .named: 14
            }
        }

        fileprivate static func issued(_ hierarchy: Hierarchy) -> Name {
            switch hierarchy {
            case .territory: .territory
            case .state: .state
            case .party: .party
            }
        }

        fileprivate var isOfDrafts: Bool { self == .draftTerritory || self == .draftState || self == .draftParty }

        fileprivate static func draft(_ hierarchy: Hierarchy) -> Name {
            switch hierarchy {
            case .territory: .draftTerritory
            case .state: .draftState
            case .party: .draftParty
            }
        }

        fileprivate static func gone(_ hierarchy: Hierarchy) -> Name {
            switch hierarchy {
            case .territory: .goneTerritory
            case .state: .goneState
            case .party: .goneParty
            }
        }
    }

    /// One scope of the viewer's: rows of this name and holder up to the ceiling.
    struct Key: Sendable, Hashable {
        let name: Name
        /// A unit; of ``Name/asked`` and ``Name/named`` an office; 0 of ``Name/everyone``.
        let holder: Int64
        /// Nil: whatever the secrecy.
        var ceiling: Secrecy?

        /// How many names a holder has room for in ``scopeID``.
        static let names: Int64 = 16

        /// As in `document_scope.scope_id`: both engines look for the lowest first, and that is ``Name/everyone``.
        var scopeID: Int64 { holder &* Key.names &+ name.number }
        var limit: Secrecy { ceiling ?? .restricted }

        /// A condition on `document_scope s`.
        var condition: SQL {
            let named: SQL = "s.scope = \(name.rawValue) AND s.holder_id = \(holder)"
            guard let ceiling, ceiling < .restricted else { return named }
            return "\(named) AND s.secrecy <= \(ceiling.rawValue)"
        }
    }

    /// Roles that know of the drafts of a unit.
    static let drafters: [Role] = [.administrator, .secretariat, .leader]

    /// The viewer's scopes, those first in which most documents are found: a seek that finds one saves the others. None
    /// for the system, which knows everything.
    var keys: [Key] {
        guard !viewer.isSystem else { return [] }
        var reached: [Key: Secrecy] = [:]
        for grant in viewer.grants {
            var names = grant.ceiling > .public ? [Name.issued(grant.hierarchy)] : []
            if DocumentScope.drafters.contains(grant.role) { names.append(.draft(grant.hierarchy)) }
            for name in names {
                let key = Key(name: name, holder: grant.unit.value)
                reached[key] = max(reached[key] ?? .public, grant.ceiling)
            }
        }
        let granted = reached.sorted { ($0.key.name.rawValue, $0.key.holder) < ($1.key.name.rawValue, $1.key.holder) }
            .map { Key(name: $0.key.name, holder: $0.key.holder, ceiling: $0.value) }
        return granted.filter { !$0.name.isOfDrafts } + personal + granted.filter(\.name.isOfDrafts)
    }

    /// What everybody sees, and what comes with the office.
    private var personal: [Key] {
        var keys = viewer.isSignedIn ? [Key(name: .everyone, holder: 0)] : []
        if let office = viewer.office {
            keys.append(Key(name: .office, holder: office.unit.value, ceiling: trust))
            if let place = office.place { keys.append(Key(name: .place, holder: place.value)) }
            let asked = [office.id] + (office.onBehalf.map { [$0.office] } ?? [])
            keys += asked.map { Key(name: .asked, holder: $0.value) }
            keys += asked.map { Key(name: .named, holder: $0.value) }
        }
        return keys
    }

    /// How secret the own unit's papers may be that come with the office alone: a right of the office that reaches
    /// further says that it is trusted with more. Restricted papers are for named people.
    private var trust: Secrecy { max(.internal, viewer.grants.map(\.ceiling).max() ?? .internal) }

    /// A condition on a row of `document` under an alias: it stands in one of the viewer's scopes. That everybody may
    /// know of it stands in the row itself.
    public func condition(on alias: StaticString = "d") -> SQL {
        if viewer.isSystem { return SQL(static: alias) + ".state <> 'discarded'" }
        let row = SQL(static: alias), keys = keys
        let closed = known(row + ".id", keys.filter { $0.name != .everyone })
        guard keys.contains(where: { $0.name == .everyone }) else {
            return "(\(row).state <> 'discarded' AND \(closed))"
        }
        return """
            (\(row).state <> 'discarded' AND ((\(row).secrecy = 0 AND \(row).state IN ('issued', 'withdrawn')) \
            OR \(closed)))
            """
    }

    /// A condition on `event e` of a document: the document is known, and what was done before its issue is for those
    /// who knew of the draft. `insider` says whether the viewer has to do with the issuer. Where all events are of one
    /// `document`, it is asked about once.
    func eventCondition(insider: SQL, of document: SQL = "e.subject_id") -> SQL {
        if viewer.isSystem { return "1 = 1" }
        let open = Event.Verb.ofIssuedDocuments.map(\.rawValue)
        let keys = keys
        let asked = known(document, keys.filter { $0.name == .asked })
        return """
            ((\(known(document, keys)) AND (e.verb IN (\(list: open)) OR \(insider) OR \(asked))) \
            OR \(known(document, goneKeys)))
            """
    }

    private var goneKeys: [Key] {
        var keys = viewer.office.map { [Key(name: .goneOffice, holder: $0.unit.value, ceiling: trust)] } ?? []
        for grant in viewer.grants where DocumentScope.drafters.contains(grant.role) {
            keys.append(Key(name: .gone(grant.hierarchy), holder: grant.unit.value, ceiling: grant.ceiling))
        }
        return keys
    }

    /// At most one seek for each scope, which the index answers alone. With a limit of its own PostgreSQL asks row by
    /// row, instead of reading a whole scope into a hash table (measured: 24 ms for the 70,000 public ones of 100,000).
    private func known(_ document: SQL, _ keys: [Key]) -> SQL {
        if viewer.isSystem { return "1 = 1" }
        if keys.isEmpty { return "1 = 0" }
        return """
            EXISTS (SELECT 1 FROM document_scope s WHERE s.document_id = \(document) \
            AND s.scope_id IN (\(list: keys.map(\.scopeID)))\(ceilings(keys)) LIMIT 1 OFFSET 0)
            """
    }

    /// What is above the ceiling of its scope does not count: for each ceiling, that secrecy at most or a scope that
    /// goes further.
    private func ceilings(_ keys: [Key]) -> SQL {
        var all: SQL = ""
        for ceiling in Secrecy.allCases where ceiling < .restricted && keys.contains(where: { $0.limit == ceiling }) {
            let further = keys.filter { $0.limit > ceiling }.map(\.scopeID)
            all +=
                further.isEmpty
                ? " AND s.secrecy <= \(ceiling.rawValue)"
                : " AND (s.secrecy <= \(ceiling.rawValue) OR s.scope_id IN (\(list: further)))"
        }
        return all
    }
}
