import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// After an erasure the name stands nowhere in the database.
///
/// Two places are left out because nobody erases them: what a paper says (its signer, its text, its files) is the
/// paper's, and a reason or a title that somebody typed is what they typed.
@Suite struct ErasedEverywhereTests {
    private static let names = ["Trịnh Bạch Liên", "Trịnh Bạch Tuyết"]

    /// As written, without accents, as lists sort it, and the name for signing in.
    private static var needles: [String] {
        (names.flatMap { [$0, TextFold.fold($0), Person.sortKey($0)] } + ["cb.science"]).map { $0.lowercased() }
    }

    private func found(_ world: World) async throws -> [String] {
        try await WholeDatabase.texts(world.database).filter { text in
            Self.needles.contains { text.lowercased().contains($0) }
        }
    }

    private func key(_ text: String) throws -> HTTPFields {
        [try #require(HTTPField.Name(IdempotencyKey.header)): text]
    }

    /// The person is called two names, acts, is acted for, sits and answers; programs are told of it all.
    private func live(_ leaving: LeavingWorld) async throws {
        let (world, staff) = (leaving.world, try leaving.world.staff(.science))
        let administrator = try world.api(as: .administrator)
        for (version, name) in Self.names.enumerated() {
            let renamed = try await administrator.send(
                .patch, "/api/v1/people/\(staff.person)", json: ["name": name], ifMatch: version + 1,
                headers: try key("name-\(version)"))
            #expect(renamed.status == 200)
        }
        let visitor = try world.browser()
        _ = try await visitor.get("/sign-in")
        _ = try await visitor.post("/sign-in", ["sign_in": "cb.science", "password": "sai rồi"])
        #expect(
            try await visitor.post("/sign-in", ["sign_in": "cb.science", "password": World.password]).status == 303)
        try await write(leaving)
        try await sit(leaving)
        let ended = try await administrator.send(
            .post, "/api/v1/offices/\(staff.office)/end",
            json: ["from": world.today.text, "successor": staff.deputyOffice.text, "leave_rest": "true"],
            headers: try key("end"))
        #expect(ended.status == 200)
    }

    /// Gives one opinion itself, and one through the deputy.
    private func write(_ leaving: LeavingWorld) async throws {
        let (staff, now) = (try leaving.world.staff(.science), leaving.now)
        let drafts = [
            try await leaving.documents.draft(.committee, "Một"), try await leaving.documents.draft(.committee, "Hai"),
        ]
        let program = try leaving.world.api(as: .secretariat)
        for (number, draft) in drafts.enumerated() {
            let asked = try await program.send(
                .post, "/api/v1/documents/\(draft.uid)/opinions", json: ["office": staff.office.text],
                headers: try key("ask-\(number)"))
            #expect(asked.status == 201)
        }
        for (viewer, draft) in zip([try await leaving.documents.staff(.science), try await deputy(leaving)], drafts) {
            try await leaving.documents.act(as: viewer) { store in
                for request in try store.openRequests() where request.row.uid == draft.uid {
                    _ = try store.give("Thống nhất", request.opinion, on: draft.uid, at: now)
                }
            }
        }
    }

    /// The deputy, acting for the person.
    private func deputy(_ leaving: LeavingWorld) async throws -> Viewer {
        let (delegation, today) = (try leaving.world.staff(.science).delegation, leaving.world.today)
        return try await leaving.world.database.read { tx in
            let row = try tx.first(
                """
                SELECT o.person_id, o.id, d.id FROM delegation d JOIN office o ON o.id = d.agent_id
                WHERE d.uid = \(delegation)
                """)
            guard let row else { throw AppError.notFound }
            return try ViewerStore(tx: tx).viewer(
                person: row.id(0), office: row.id(1), delegation: row.id(2), today: today)
        }
    }

    /// A seat whose decision is quoted, and a gap.
    private func sit(_ leaving: LeavingWorld) async throws {
        let (staff, committees) = (try leaving.world.staff(.science), CommitteeWorld(world: leaving.world))
        let committee = try committees.uid(.wardSteering), owner = try leaving.world.uid(.science), now = leaving.now
        try await committees.act(as: .secretariat) { store in
            var seat = SeatDraft(
                position: .adviser, title: "Chuyên gia", person: staff.person.text, from: store.today, decision: "QĐ 4")
            seat.source = CommitteeSource(article: "Điều 1", quote: "Bà \(Self.names[1]) làm cố vấn")
            _ = try store.addSeat(committee, seat, seen: nil, at: now)
            var draft = GapDraft(title: "Quy chế", type: .regulation, owner: owner, due: store.today)
            draft.office = staff.office
            _ = try GapStore(tx: store.tx, viewer: store.viewer, today: store.today).create(draft, at: now)
        }
    }

    @Test(arguments: Engine.allCases)
    func theNameIsNowhereAfterwards(_ engine: Engine) async throws {
        try await LeavingWorld.with(engine) { leaving in
            let (world, staff) = (leaving.world, try leaving.world.staff(.science))
            try await live(leaving)
            let before = try await found(world)
            for table in ["person", "account", "event", "idempotency", "committee_seat"] {
                #expect(before.contains { $0.hasPrefix("\(table): ") }, "\(table)")
            }
            let (viewer, today, now) = (try await world.viewer(.administrator), world.today, world.clock.now)
            try await world.database.write { tx in
                _ = try PersonDataStore(tx: tx, viewer: viewer, today: today)
                    .erase(staff.person, reason: "Theo đề nghị", at: now)
            }
            let after = try await found(world)
            #expect(after.isEmpty, "\(after.joined(separator: "\n"))")
            // What was decided stands.
            #expect(
                try await leaving.number(
                    """
                    SELECT COUNT(*) FROM committee_seat s JOIN person p ON p.id = s.person_id
                    WHERE p.uid = \(staff.person)
                    """) == 2)
            #expect(
                try await leaving.number(
                    """
                    SELECT COUNT(*) FROM document_opinion q JOIN office o ON o.id = q.office_id
                    WHERE o.uid = \(staff.office)
                    """) == 2)
            let other = try await leaving.number("SELECT COUNT(*) FROM idempotency WHERE body = '{}'")
            #expect(other == 4, "answers to others stay without their text, so that nothing is done twice")
        }
    }
}
