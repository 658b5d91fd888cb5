import Storage

extension TaskStore {
    /// Tells whom the act concerns and takes back what it settles, in the transaction of the act. Each act counts the
    /// task on, so that its version tells one act from the next. `replaced`: who lost a part by it, where the event does
    /// not name them.
    func tell(
        of verb: Event.Verb, _ task: ID<TaskItem>, _ said: [String: String], replaced: [ID<Office>] = [],
        at now: Instant
    ) throws {
        let granted = said["decision"] == TaskExtension.Decision.granted.rawValue
        let news = TaskNews.told(of: verb, granted: granted)
        let settled = TaskNews.settled(by: verb, granted: granted)
        if news.isEmpty, settled.isEmpty { return }
        let item = try made(task).task
        let telling = NoticeTelling(tx: tx, today: today, now: now)
        try telling.withdraw(settled, of: item.subject)
        for news in news {
            let offices = try offices(news.party, of: item, said) + (news.party == .predecessor ? replaced : [])
            try telling.tell(
                Notice.News(
                    kind: news.kind, subject: item.subject, occasion: "v\(item.version)", due: item.due),
                to: try untoldOfOwnActs(offices))
        }
    }

    /// Who was named before an act and is not any more.
    func replaced(_ before: TaskItem, _ after: TaskItem) -> [ID<Office>] {
        let present = [after.performer, after.leader]
        return [before.performer, before.leader].compactMap(\.self).filter { !present.contains($0) }
    }

    /// Whoever acts is told nothing of it, in whatever office they hold besides. Whom they act for is.
    func untoldOfOwnActs(_ offices: [ID<Office>]) throws -> [ID<Office>] {
        let own = try ownOffices()
        return offices.filter { !own.contains($0) }
    }

    private func ownOffices() throws -> Set<ID<Office>> {
        guard let me = viewer.personID else { return [] }
        return Set(try tx.all("SELECT id FROM office WHERE person_id = \(me) ORDER BY id").map { try $0.id(0) })
    }

    /// Of tasks that are made and issued in one act, and have told nothing before: as ``tell(of:_:_:replaced:at:)`` of
    /// each. Nobody coordinates the parts of a task that is broken down.
    func tellGiven(_ ids: [ID<TaskItem>], _ new: [NewTask], due: Day, at now: Instant) throws {
        let news = TaskNews.told(of: .given).filter { $0.party != .coordinating }, own = try ownOffices()
        let told = zip(ids, new).flatMap { id, task -> [(Notice.News, ID<Office>)] in
            news.compactMap { news in
                let office = news.party == .leader ? task.leader : task.performer
                guard let office, !own.contains(office) else { return nil }
                let subject = Subject(.task, id: id.value, uid: task.uid)
                return (Notice.News(kind: news.kind, subject: subject, occasion: "v1", due: due), office)
            }
        }
        try NoticeTelling(tx: tx, today: today, now: now).tell(told)
    }

    private func offices(
        _ party: TaskNews.Party, of task: TaskItem, _ said: [String: String]
    ) throws -> [ID<Office>] {
        switch party {
        case .performer: return [task.performer].compactMap(\.self)
        case .leader: return [task.leader].compactMap(\.self)
        case .coordinating:
            let named = [task.performer, task.leader]
            return try parties.coordinating(task.id).filter { !named.contains($0) }
        case .directing: return try parties.directing(task, TaskParties.chasing, verifying: false)
        case .verifying: return try parties.directing(task, TaskParties.chasing, verifying: true)
        case .extending: return try parties.extending(task, extenders(assigning: task.assigningUnit))
        case .successor: return try named(said["successor"])
        case .predecessor: return try named(said["moved_from"])
        }
    }

    private func named(_ office: String?) throws -> [ID<Office>] {
        guard let uid = office.flatMap({ UID(parsing: $0) }) else { return [] }
        return try tx.all("SELECT id FROM office WHERE uid = \(uid)").map { try $0.id(0) }
    }

    private var parties: TaskParties { TaskParties(tx: tx, today: today) }
}
