public import Storage

/// What a viewer may do to one document: asked by the handler, by the API and by the buttons of the page.
///
/// Administrator and secretariat over the issuer keep its documents: draft, register, link, address, collect opinions.
/// So does a focal person over it in an office of the issuer itself: a commune's officer registers the commune's plan.
/// A leader over it issues, withdraws and answers opinions too. The ceiling of the right must reach the secrecy.
public struct DocumentAbilities: Sendable, Equatable {
    /// Keeps the issuer's documents, whatever the state.
    public let keeps: Bool
    /// Holds one of these or leader.
    public let leads: Bool
    public let mayEdit: Bool
    public let mayIssue: Bool
    public let mayDiscard: Bool
    public let mayWithdraw: Bool
    public let mayLink: Bool
    public let mayAddress: Bool
    public let mayWrite: Bool
    /// Says who may know of it beside those whom unit or right tells.
    public let mayName: Bool
    public let mayAsk: Bool
    public let mayAnswer: Bool
    /// Sees who was asked for an opinion, what was said, and who is named to know of it.
    public let seesOpinions: Bool

    public init(tx: Transaction, viewer: Viewer, row: DocumentRow) throws {
        let document = row.document
        let rights = UnitRights(viewer.reaching(document.secrecy))
        // Whoever keeps the documents of all units under them leads too, and is asked about once.
        let keepsAll = try rights.holds(UnitRights.documentKeepers, over: document.issuer, in: tx)
        keeps = try keepsAll || rights.keepOwnDocuments(of: document.issuer, in: tx)
        leads = try keepsAll || rights.holds([.leader], over: document.issuer, in: tx)
        let isDraft = document.state == .draft, isIssued = document.state == .issued
        mayEdit = keeps && (isDraft || isIssued)
        mayIssue = leads && isDraft
        mayDiscard = keeps && isDraft
        mayWithdraw = leads && isIssued
        mayLink = keeps && document.state != .withdrawn
        mayAddress = keeps && !document.isReference && (isDraft || isIssued)
        mayName = keeps && (isDraft || isIssued)
        mayWrite = keeps && !document.isReference && (isDraft || isIssued)
        mayAsk = keeps && isDraft
        mayAnswer = leads && isDraft
        seesOpinions = keeps || leads || viewer.office?.unit == document.issuer
    }
}

extension UnitRights {
    fileprivate static let documentKeepers: [Role] = [.administrator, .secretariat]

    /// Drafts, registers and links what the unit issues.
    func keepDocuments(of unit: ID<OrgUnit>, in tx: Transaction) throws -> Bool {
        try holds(UnitRights.documentKeepers, over: unit, in: tx) || keepOwnDocuments(of: unit, in: tx)
    }

    /// As focal person, in an office of the unit itself.
    fileprivate func keepOwnDocuments(of unit: ID<OrgUnit>, in tx: Transaction) throws -> Bool {
        try viewer.office?.unit == unit && holds([.focal], over: unit, in: tx)
    }
}

extension Viewer {
    /// Keeps some unit's documents, and so sees the way to the form.
    var keepsDocuments: Bool { has(.administrator) || has(.secretariat) || (has(.focal) && office != nil) }

    /// The same viewer with those grants alone whose ceiling reaches a secrecy.
    func reaching(_ secrecy: Secrecy) -> Viewer {
        Viewer(identity: identity, office: office, grants: grants.filter { $0.ceiling >= secrecy })
    }
}

extension DocumentStore {
    public func abilities(_ row: DocumentRow) throws -> DocumentAbilities {
        try DocumentAbilities(tx: tx, viewer: viewer, row: row)
    }

    /// The document, if the viewer may do this to it; ``AppError/notFound`` when it is unknown to them, forbidden
    /// without the right, a conflict when its state excludes the act.
    func find(_ uid: UID, may ability: KeyPath<DocumentAbilities, Bool>) throws -> DocumentRow {
        let row = try find(uid)
        let abilities = try abilities(row)
        if abilities[keyPath: ability] { return row }
        let ofLeaders: [KeyPath<DocumentAbilities, Bool>] = [\.mayIssue, \.mayWithdraw, \.mayAnswer]
        guard ofLeaders.contains(ability) ? abilities.leads : abilities.keeps else {
            throw AppError.forbidden(Message("document.error.forbidden"))
        }
        let reason = row.document.isReference ? "reference" : row.document.state.rawValue
        throw AppError.conflict(Message("document.error.state.\(reason)"))
    }

    /// A viewer who keeps no unit's documents does not see the way to the form.
    public func mayCreateSomewhere() -> Bool { viewer.keepsDocuments }

    /// Asked before the form is read: who may make no document at all learns nothing from its problems.
    func requireMayCreateSomewhere() throws(AppError) {
        guard mayCreateSomewhere() else { throw .forbidden(Message("document.error.forbidden")) }
    }
}

extension DocumentStore {
    /// The unit of the office in use, when the viewer keeps its documents: the likeliest issuer of a new one.
    func ownIssuer() throws -> UID? {
        guard let own = viewer.office?.unit, try UnitRights(viewer).keepDocuments(of: own, in: tx) else { return nil }
        return try ifKnown(units.find(own).uid)
    }

    /// The issuer as its uid, which whoever may change the document may know of.
    func issuerUID(of row: DocumentRow) throws -> UID {
        if let issuer = row.issuer { return issuer }
        guard let found = try tx.first("SELECT uid FROM unit WHERE id = \(row.document.issuer)") else {
            throw AppError.notFound
        }
        return try found.uid(0)
    }
}
