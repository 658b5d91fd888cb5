import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// Who decides on a later deadline is a matter of the working regulation: of each of its values, for the act, for the
/// list, for the page and for who is told.
@Suite struct TaskExtendersTests {
    /// Takes the transaction back: what is tried is not done.
    private struct TakenBack: Error {}

    /// The People's Committee of the province gives the task, under the committee of the country.
    private struct Cast {
        /// Leads the assigning unit.
        let assigner: TaskWorld.Hired
        /// Sits at the head of the committee, in an office beside the assigning unit.
        let head: TaskWorld.Hired
        /// Of the committee's standing agency, which stands below neither.
        let agency: TaskWorld.Hired
        /// A leader like the head, of a unit that has no part in it.
        let other: TaskWorld.Hired

        var all: [(String, TaskWorld.Hired, DeadlineExtender?)] {
            [
                ("assigner", assigner, .assigner), ("head", head, .head), ("agency", agency, .standingAgency),
                ("other", other, nil),
            ]
        }
    }

    private func cast(_ tasks: TaskWorld, isHeadNamed: Bool = true) async throws -> Cast {
        let cast = Cast(
            assigner: tasks.chairman, head: try await tasks.hire(.party, "Bí thư", .leader),
            agency: try await tasks.hire(.steeringOffice, "Chánh Văn phòng", .secretariat),
            other: try await tasks.hire(.front, "Chủ tịch Mặt trận", .leader))
        if isHeadNamed { try await tasks.seatHead(.steering, cast.head.person) }
        return cast
    }

    private func asked(_ tasks: TaskWorld) async throws -> (task: UID, extended: UID) {
        let task = try await tasks.given(by: .committee, .open).uid
        let (day, now) = (tasks.due.adding(days: 9), tasks.now)
        return try await tasks.act(as: tasks.performer.viewer) { store in
            _ = try store.askExtension(task, to: day, reason: "Chờ kinh phí", seen: nil, at: now)
            return (task, try #require(try store.detail(task).extensions.last?.uid))
        }
    }

    /// Nothing when it is accepted; else the key of what is said.
    private func refusal(_ tasks: TaskWorld, _ asked: (task: UID, extended: UID), as viewer: Viewer) async throws
        -> String?
    {
        let now = tasks.now
        do {
            try await tasks.act(as: viewer) { store in
                _ = try store.decideExtension(
                    asked.extended, of: asked.task, .granted, answer: "", seen: nil, at: now)
                throw TakenBack()
            }
        } catch is TakenBack {
            return nil
        } catch AppError.forbidden(let message) {
            return message.key
        }
        return nil
    }

    /// All that is not nobody.
    private static let sets: [Set<DeadlineExtender>] = (1..<8).map { bits in
        Set(DeadlineExtender.allCases.enumerated().filter { bits & (1 << $0.offset) != 0 }.map(\.element))
    }

    @Test(arguments: Engine.allCases) func thoseWhomTheRegulationNamesAndNobodyElse(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let cast = try await cast(tasks)
            for named in Self.sets {
                try await tasks.regulate(.steering, extenders: named)
                let asked = try await asked(tasks)
                let told = try await tasks.act { store in
                    let task = try store.find(asked.task).task
                    return try TaskParties(tx: store.tx, today: store.today).extending(
                        task, store.extenders(assigning: task.assigningUnit))
                }
                let words = DeadlineExtender.allCases.filter(named.contains).map(\.rawValue).joined(separator: "_")
                for (name, hired, role) in cast.all {
                    let may = role.map(named.contains) ?? false
                    let refused = try await refusal(tasks, asked, as: hired.viewer)
                    #expect(refused == (may ? nil : "task.error.extension_by_\(words)"), "\(name) of \(words)")
                    #expect(told.contains(hired.office.id) == may, "\(name) of \(words) is told or not")
                    let (listed, shown) = try await tasks.act(as: hired.viewer) { store in
                        (
                            try store.list(TaskToday.Part.extensions.filter).items.map(\.uid),
                            try store.detail(asked.task).mayExtend
                        )
                    }
                    #expect(listed.contains(asked.task) == may, "\(name) of \(words) lists it or not")
                    #expect(shown == may, "\(name) of \(words) is shown the way or not")
                    let waits = try await tasks.told(hired.viewer).contains("extension-asked")
                    #expect(waits == may, "\(name) of \(words) has a notice or not")
                }
                try await tasks.forgetNotices()
            }
        }
    }

    /// The other side is not let in by a seat or an agency.
    @Test(arguments: Engine.allCases) func whoHasAPartInItDoesNotDecide(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let cast = try await cast(tasks)
            try await tasks.regulate(.steering, extenders: Set(DeadlineExtender.allCases))
            let asked = try await asked(tasks)
            let doer = try await tasks.hire(tasks.performer, also: .steeringOffice, .secretariat)
            try await tasks.seatHead(.steering, tasks.chief.person)
            let chief = try await tasks.hire(tasks.chief, also: .party, .leader)
            for viewer in [doer.viewer, chief.viewer] {
                #expect(try await refusal(tasks, asked, as: viewer) == "task.error.own_extension")
                #expect(try await tasks.names(as: viewer) { ($0.isVerifying, $0.isWaiting) = (true, true) } == [])
            }
            #expect(try await refusal(tasks, asked, as: cast.head.viewer) != nil, "sits at the head no longer")
            #expect(try await refusal(tasks, asked, as: cast.agency.viewer) == nil)
        }
    }

    /// As long as the seat names a role alone, the leaders of the assigning side stand for the head.
    @Test(arguments: Engine.allCases) func aHeadWithoutANameIsALeaderWhoDirects(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let cast = try await cast(tasks, isHeadNamed: false)
            let office = try await tasks.hire(.committee, "Chánh Văn phòng", .secretariat)
            try await tasks.regulate(.steering, extenders: [.head])
            let asked = try await asked(tasks)
            #expect(try await refusal(tasks, asked, as: cast.assigner.viewer) == nil)
            for viewer in [office.viewer, cast.head.viewer, cast.agency.viewer] {
                #expect(try await refusal(tasks, asked, as: viewer) == "task.error.extension_by_head")
            }
            #expect(try await tasks.told(cast.assigner.viewer) == ["extension-asked"])
            #expect(try await tasks.told(office.viewer) == [])
        }
    }

    /// Whoever acts for the head decides in their stead; an agency that is one no longer does not.
    @Test(arguments: Engine.allCases) func whoActsForTheHeadMayAndAFormerAgencyMayNot(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let cast = try await cast(tasks)
            try await tasks.regulate(.steering, extenders: [.head, .standingAgency])
            let asked = try await asked(tasks)
            let agent = try await tasks.viewer(cast.other.office.uid, for: cast.head.office.uid)
            #expect(try await refusal(tasks, asked, as: agent) == nil)
            #expect(try await refusal(tasks, asked, as: cast.other.viewer) != nil)
            let (unit, today) = (try tasks.world.id(.steeringOffice), tasks.today)
            #expect(try await refusal(tasks, asked, as: cast.agency.viewer) == nil)
            try await tasks.act { store in
                _ = try store.tx.run("UPDATE committee_organ SET to_day = \(today) WHERE unit_id = \(unit)")
            }
            #expect(
                try await refusal(tasks, asked, as: cast.agency.viewer)
                    == "task.error.extension_by_head_standing-agency")
        }
    }

    /// By page and by program: who may has the form, everybody else reads who may.
    @Test(arguments: Engine.allCases) func thePageAndTheProgramSayWhoDecides(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            try await tasks.regulate(.provinceSteering, extenders: [.head])
            let task = try await tasks.issued()
            let (day, now) = (tasks.due.adding(days: 9), tasks.now)
            let asked = try await tasks.act(as: tasks.performer.viewer) { store in
                _ = try store.askExtension(task.uid, to: day, reason: "Chờ kinh phí", seen: nil, at: now)
                return try #require(try store.detail(task.uid).extensions.last?.uid)
            }
            let path = "\(task.href)/extensions/\(asked)"
            let form = [("decision", "granted"), ("answer", "")]
            let below = try tasks.world.browser(as: .secretariat), leader = try tasks.world.browser(as: .leader)
            let read = try await below.get(path)
            #expect(read.status == 200 && !read.text.contains("\(path)/decision") && read.text.contains("Trưởng ban"))
            let refused = try await below.post("\(path)/decision", form: form)
            #expect(refused.status == 403 && refused.text.contains("chỉ Trưởng ban quyết định"))
            let api = try await tasks.world.api(as: .secretariat).send(
                .post, "/api/v1\(path)/decision", json: ["decision": "granted"], ifMatch: 3)
            #expect(api.status == 403, "\(api.text)")
            #expect(try await leader.get(path).text.contains("\(path)/decision"))
            #expect(try await leader.post("\(path)/decision", form: form).status == 303)
        }
    }

    @Test func everySetHasItsWords() throws {
        let catalogue = try CatalogueTests.catalogue.get()
        for named in Self.sets {
            let key = TaskExtenders(named: named, heads: [], agencies: []).refusal.key
            for language in Language.allCases { #expect(catalogue.has(key, language), "\(key) in \(language)") }
        }
    }
}

extension TaskWorld {
    /// A working regulation as of today, which takes the place of the one before.
    func regulate(_ place: Place, extenders: Set<DeadlineExtender>) async throws {
        let (committee, today, now) = (try world.committee(place).committee, today, now)
        var rules = CommitteeRules.standard
        rules.extenders = extenders
        let regulation = RulesDraft(reference: "09-QC/BCĐ", from: today, rules: rules)
        try await act { store in
            // Another one of the same day would be in the way.
            let mine: SQL = "committee_id = (SELECT id FROM committee WHERE uid = \(committee)) AND item = 'regulation'"
            let papers: SQL = "SELECT id FROM committee_paper WHERE \(mine)"
            try store.tx.run("DELETE FROM committee_rules WHERE paper_id IN (\(papers))")
            try store.tx.run("DELETE FROM committee_paper WHERE \(mine)")
            _ = try CommitteeStore(tx: store.tx, viewer: store.viewer, today: today)
                .setRules(committee, regulation, seen: nil, at: now)
        }
    }

    /// Gives the seat at the head, which names a role alone, to somebody.
    func seatHead(_ place: Place, _ person: Person) async throws {
        let committee = try world.committee(place).committee
        try await act { store in
            _ = try store.tx.run(
                """
                UPDATE committee_seat SET person_id = \(person.id) WHERE position = 'head'
                AND committee_id = (SELECT id FROM committee WHERE uid = \(committee))
                """)
        }
    }

    func forgetNotices() async throws {
        try await act { store in _ = try store.tx.run("DELETE FROM notice WHERE kind = 'extension-asked'") }
    }
}
