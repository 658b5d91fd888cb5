import Storage
import TestSupport
import Testing

@testable import App

/// Requests for an opinion that nobody has answered, when the office that was asked ends.
@Suite struct OpinionOfficeWorkTests {
    private func ask(_ leaving: LeavingWorld, _ offices: [UID], on draft: DocumentRow) async throws {
        let now = leaving.now
        try await leaving.documents.act { store in
            for office in offices { try store.ask(draft.uid, office: office, dueOn: nil, at: now) }
        }
    }

    private func asked(_ leaving: LeavingWorld, on draft: DocumentRow) async throws -> Set<UID> {
        let id = draft.document.id
        return try await leaving.world.database.read { tx in
            let rows = try tx.all(
                """
                SELECT o.uid FROM document_opinion q JOIN office o ON o.id = q.office_id WHERE q.document_id = \(id)
                """)
            return Set(try rows.map { try $0.uid(0) })
        }
    }

    /// The person in the deputy's office, as the viewer of documents.
    private func deputy(_ leaving: LeavingWorld) async throws -> Viewer {
        let (office, today) = (try leaving.world.staff(.science).deputyOffice, leaving.world.today)
        return try await leaving.world.database.read { tx in
            guard let row = try tx.first("SELECT person_id, id FROM office WHERE uid = \(office)") else {
                throw AppError.notFound
            }
            return try ViewerStore(tx: tx).viewer(
                person: row.id(0), office: row.id(1), delegation: nil, today: today)
        }
    }

    @Test(arguments: Engine.allCases)
    func aSuccessorIsAskedInPlaceOfTheOffice(_ engine: Engine) async throws {
        try await LeavingWorld.with(engine) { leaving in
            let staff = try leaving.world.staff(.science)
            let draft = try await leaving.documents.draft(.committee, "Kế hoạch tỉnh")
            try await ask(leaving, [staff.office], on: draft)
            let work = try await leaving.work("opinion", of: staff.office, as: .administrator)
            #expect(work.map(\.href) == [draft.href] && work.map(\.fate) == [.handedOver])
            #expect(try await leaving.end(staff.office, to: staff.deputyOffice) == "done")
            #expect(try await asked(leaving, on: draft) == [staff.deputyOffice])
            let open = try await leaving.documents.act(as: try await deputy(leaving)) {
                try $0.openRequests().map(\.row.uid)
            }
            #expect(open == [draft.uid], "and knows of the draft")
            let event = try await leaving.latest(.asked)
            #expect(event?.after["successor"]?.hasPrefix("Phó science") == true)
            #expect(try await leaving.latest(.ended)?.after["handed_over_opinion"] == "1")
            let differences = try await leaving.documents.act { try DocumentMap(tx: $0.tx).differences() }
            #expect(differences.allSatisfy { $0.missing == 0 && $0.surplus == 0 })
        }
    }

    @Test(arguments: Engine.allCases)
    func whoWasAskedAlreadyIsNotAskedTwice(_ engine: Engine) async throws {
        try await LeavingWorld.with(engine) { leaving in
            let staff = try leaving.world.staff(.science)
            let draft = try await leaving.documents.draft(.committee, "Kế hoạch tỉnh")
            try await ask(leaving, [staff.office, staff.deputyOffice], on: draft)
            #expect(try await leaving.end(staff.office, to: staff.deputyOffice) == "done")
            #expect(try await asked(leaving, on: draft) == [staff.office, staff.deputyOffice])
            #expect(try await leaving.latest(.ended)?.after["handed_over_opinion"] == nil)
        }
    }

    @Test(arguments: Engine.allCases)
    func whatIsGivenOrIssuedIsNoWork(_ engine: Engine) async throws {
        try await LeavingWorld.with(engine) { leaving in
            let (office, now) = (try leaving.world.office(.focal), leaving.now)
            let given = try await leaving.documents.draft(.committee, "Đã góp ý")
            let issued = try await leaving.documents.draft(.committee, "Đã ban hành")
            try await ask(leaving, [office], on: given)
            try await ask(leaving, [office], on: issued)
            #expect(try await leaving.work("opinion", of: office, as: .administrator).count == 2)
            try await leaving.documents.act(as: .focal) { store in
                for request in try store.openRequests() where request.row.uid == given.uid {
                    _ = try store.give("Thống nhất", request.opinion, on: given.uid, at: now)
                }
            }
            _ = try await leaving.documents.issue(issued)
            #expect(try await leaving.work("opinion", of: office, as: .administrator).isEmpty)
        }
    }

    /// Who was asked on a draft is for the side that drafts it, and for the office itself.
    @Test(arguments: Engine.allCases)
    func whoMayNotKnowThatItWasAskedIsNotTold(_ engine: Engine) async throws {
        try await LeavingWorld.with(engine) { leaving in
            let (staff, own) = (try leaving.world.staff(.science), try leaving.world.office(.administrator))
            let draft = try await leaving.documents.draft(.otherCommittee, "Của tỉnh bạn")
            try await ask(leaving, [staff.office], on: draft)
            #expect(try await leaving.work("opinion", of: staff.office, as: .administrator).isEmpty)
            // Knows of the draft now, still not of the others who were asked.
            try await ask(leaving, [own], on: draft)
            #expect(try await leaving.work("opinion", of: staff.office, as: .administrator).isEmpty)
            #expect(try await leaving.work("opinion", of: own, as: .administrator).count == 1)
            #expect(try await leaving.work("opinion", of: staff.office, as: .root).count == 1)
            #expect(try await leaving.end(staff.office, to: staff.deputyOffice) == "done")
            #expect(try await asked(leaving, on: draft) == [staff.office, own])
        }
    }

    @Test(arguments: Engine.allCases)
    func manyShareOneLine(_ engine: Engine) async throws {
        try await LeavingWorld.with(engine) { leaving in
            let staff = try leaving.world.staff(.science), count = OfficeWork.ownLines + 2
            for number in 1...count {
                let draft = try await leaving.documents.draft(.committee, "Kế hoạch \(number)")
                try await ask(leaving, [staff.office], on: draft)
            }
            #expect(try await leaving.work("opinion", of: staff.office, as: .administrator).map(\.count) == [count])
            #expect(try await leaving.end(staff.office, to: staff.deputyOffice) == "done")
            #expect(try await leaving.latest(.ended)?.after["handed_over_opinion"] == String(count))
        }
    }
}
