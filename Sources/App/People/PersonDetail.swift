import Storage

/// All that the page of one person shows, read in one snapshot.
struct PersonDetail: Sendable {
    let row: PersonRow
    let offices: [OfficeDetail]
    /// Nil when the viewer may not manage it; see ``PersonAccess/mayManageAccount(of:)``.
    let account: AccountDetail?
    let mayManage: Bool
    /// The viewer is shown the way to what is stored about the person: an administrator of an office that they know.
    /// Whether of all offices, that page says; a button that came and went would tell of one that they do not know.
    let mayAskForData: Bool
    let isSelf: Bool
    /// When the person's data was erased.
    let erasedOn: Day?
    /// Where the decisions of offices and the authorities of delegations lead to.
    let cited: CitedDocuments

    struct AccountDetail: Sendable {
        /// Nil when the person cannot sign in.
        let signIn: String?
        let isDisabled: Bool
        /// Links that have not been used, taken back or replaced; those that are over by now too.
        let invitations: [Invitation]
    }

    struct OfficeDetail: Sendable {
        let row: OfficeRow
        let grants: [GrantRow]
        let delegationsFrom: [DelegationRow]
        let delegationsTo: [DelegationRow]
        /// The viewer administers its unit.
        let mayManage: Bool
        /// The viewer holds it, or administers its unit.
        let mayDelegate: Bool
    }
}

extension PersonStore {
    func detail(_ uid: UID) throws -> PersonDetail {
        let row = try find(uid)
        let mayManage = try access.mayManageAccount(of: row.person.id)
        let offices = try offices(of: row.person.id).map(detail)
        return PersonDetail(
            row: row, offices: offices,
            account: mayManage ? try account(of: row.person.id) : nil, mayManage: mayManage,
            mayAskForData: try access.isRootAdministrator() || offices.contains(where: \.mayManage),
            isSelf: row.person.id == viewer.personID,
            erasedOn: try ErasedPerson.day(of: row.person.id, tx: tx),
            cited: try CitedDocuments(offices.flatMap(PersonStore.references), tx, viewer))
    }

    private static func references(_ office: PersonDetail.OfficeDetail) -> [String] {
        [office.row.office.decision] + (office.delegationsFrom + office.delegationsTo).map(\.delegation.authority)
    }

    private func detail(_ office: OfficeRow) throws -> PersonDetail.OfficeDetail {
        let mayManage = try access.administers(office.office.unit)
        return PersonDetail.OfficeDetail(
            row: office, grants: try grants(of: office), delegationsFrom: try delegations(from: office),
            delegationsTo: try delegations(to: office), mayManage: mayManage,
            mayDelegate: (mayManage && !viewer.isOnBehalf) || office.office.person == viewer.personID)
    }

    private func account(of person: ID<Person>) throws -> PersonDetail.AccountDetail {
        let row = try tx.first("SELECT sign_in, disabled FROM account WHERE person_id = \(person)")
        let invitations = try InvitationStore(tx: tx, viewer: viewer, today: today).list(of: person)
        return PersonDetail.AccountDetail(
            signIn: try row?.text(0), isDisabled: try row?.bool(1) ?? false,
            invitations: invitations.filter { $0.usedAt == nil && $0.revokedAt == nil })
    }
}
