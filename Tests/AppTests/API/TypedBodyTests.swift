import Storage
import TestSupport
import Testing

@testable import App

/// What is said on the command line is read as the body of a request is.
@Suite struct TypedBodyTests {
    private let members: [APIMember] = [
        ("from", .day, true), ("extenders", .list(.string), false),
        ("additions", .list(.record(["title": .string])), false),
    ]

    private func problems(_ words: [String]) throws -> [String] {
        try TypedBody.words(words).fields(members).problems.problems.map { "\($0.field) \($0.message.key)" }
    }

    @Test func wordsAreMembersAndItemsOfLists() throws {
        let fields = try TypedBody.words(["from=2026-12-01", "extenders=head", "extenders=a=b"]).fields(members)
        #expect(fields.raw == ["from": "2026-12-01", "extenders.0": "head", "extenders.1": "a=b"])
        #expect(fields.problems.isEmpty)
    }

    @Test func whatCannotBeMeantIsTold() throws {
        #expect(try problems(["from=1", "form=2"]) == ["form field.unknown_name"])
        #expect(try problems(["from=1", "from=2"]) == ["from field.doubled"])
        #expect(try problems(["additions=x"]) == ["additions.0 field.type"], "objects stand in JSON alone")
        for word in ["from", "", "=x"] {
            #expect(throws: AppError.malformed(Message("field.no_value", ["typed": .text(word)]))) {
                try problems([word])
            }
        }
    }

    @Test func aJSONObjectIsReadAsARequestIs() throws {
        let json = #"{"from": "2026-12-01", "additions": [{"title": "Bí thư"}]}"#
        let fields = try TypedBody.json(json).fields(members)
        #expect(fields.raw == ["from": "2026-12-01", "additions.0.title": "Bí thư"])
        #expect(throws: AppError.malformed(Message("error.body_not_json"))) {
            try TypedBody.json("{").fields(members)
        }
    }

    @Test func helpNamesEveryActAndEveryMember() {
        let help = CommitteeAct.help
        for act in CommitteeAct.allCases {
            #expect(help.contains("\(act.rawValue): "))
            for member in act.members { #expect(help.contains("\(member.name)="), "\(member.name)") }
        }
        #expect(help.contains("seat=UID from=DAY decision=TEXT"))
        #expect(DocumentAct.help.contains("discard: Give a draft up\n    nothing"))
        #expect(CommitteeStore.creation.typed.contains("[host=UID]"))
    }

    /// What the words do is what the API does: the same store, the same events.
    @Test(arguments: Engine.allCases) func wordsActOnACommittee(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let all = CommitteeWorld(world: world), uid = try all.uid()
            let day = CommitteeWorld.day.text
            try await all.act { store in
                let seat = TypedBody.words([
                    "position=deputy-head", "title=Phó Trưởng ban", "person=Trần Thị Thư", "from=\(day)",
                    "decision=QĐ 9",
                ])
                _ = try store.act(.addSeat, uid, typed: seat, at: World.start)
            }
            #expect(try await all.lastEvent()?.after["title"] == "Phó Trưởng ban")
            let known = try await all.refusal { store in
                _ = try store.act(.endSeat, uid, typed: .words(["from=\(day)"]), at: World.start)
            }
            #expect(known == ["seat field.missing", "decision field.missing"])
            let body = try await all.act { try $0.find(typed: try $0.find(uid).name)?.uid }
            #expect(body == uid)
        }
    }
}
