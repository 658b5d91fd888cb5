public import Storage

/// Documents as they are typed on the command line, for whoever has the data folder.
extension DocumentStore {
    public static let drafting = DocumentOperations.create
    public static let registration = DocumentOperations.register

    /// Drafts what the words say.
    @discardableResult
    public func create(typed body: TypedBody, at now: Instant) throws -> DocumentRow {
        var form = DocumentForm(try body.fields(Self.drafting.body?.members ?? []), store: self)
        return try create(try form.draft(), at: now)
    }

    /// Registers the paper that the words tell of.
    @discardableResult
    public func register(typed body: TypedBody, at now: Instant) throws -> DocumentRow {
        var form = DocumentForm(try body.fields(Self.registration.body?.members ?? []), store: self)
        return try register(try form.registration(), at: now)
    }

    /// Nil when the document is no more.
    @discardableResult
    public func act(_ act: DocumentAct, _ uid: UID, typed body: TypedBody, at now: Instant) throws -> DocumentRow? {
        let fields =
            act.isPartial ? try body.fields(act.members, over: try standing(uid)) : try body.fields(act.members)
        var form = DocumentForm(fields, store: self)
        return try self.act(act, uid, &form, seen: nil, at: now)
    }

    /// What the form of its facts would be filled with.
    private func standing(_ uid: UID) throws -> [String: String] {
        let row = try find(uid)
        return DocumentFormValues.facts(row, aliases: try aliases(of: row.document.id), day: \.text)
    }

    /// Taken first in the transaction of a change.
    public static func wait(_ tx: Transaction) throws { try queue(tx) }
}
