import Storage
import TestSupport
import Testing

@testable import App

/// Words that change facts are laid over what stands there; a body of the API stands for the whole.
@Suite struct TypedChangeTests {
    private let members: [APIMember] = [("title", .string, true), ("to", .day, false)]

    @Test func whatIsNotSaidStays() throws {
        let standing = ["title": "Cũ", "to": "2026-12-01"]
        func laid(_ body: TypedBody) throws -> Fields { try body.fields(members, over: standing) }
        #expect(try laid(.words(["title=Mới"])).raw == ["title": "Mới", "to": "2026-12-01"])
        #expect(try laid(.words(["to="])).raw == ["title": "Cũ", "to": ""])
        #expect(try laid(.json(#"{"to": null}"#)).raw == ["title": "Cũ", "to": ""])
        let told = try laid(.words(["name=x"])).problems.problems.map { "\($0.field) \($0.message.key)" }
        #expect(told == ["name field.unknown_name"])
        #expect(DocumentAct.help.contains("[title=TEXT]") && DocumentAct.help.contains("; the rest stays"))
    }

    @Test(arguments: Engine.allCases) func aDraftKeepsWhatWasNotSaid(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            var plan = try world.plan(.committee, "Kế hoạch")
            (plan.signer, plan.aliases, plan.effectTo) = ("Trần Thị Thư", ["Kế hoạch 5"], try world.day("2030-12-31"))
            let (draft, now) = (plan, world.now)
            let detail = try await world.act { store in
                let uid = try store.create(draft, at: now).uid
                try store.act(.change, uid, typed: .words(["title=Kế hoạch mới", "effect_to="]), at: now)
                return try store.detail(uid)
            }
            let document = detail.row.document
            #expect(document.title == "Kế hoạch mới" && document.signer == "Trần Thị Thư")
            #expect(document.effectTo == .never && document.issuerSign == "UBND" && detail.aliases == ["Kế hoạch 5"])
        }
    }

    @Test(arguments: Engine.allCases) func anIssuedDocumentIsMended(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let paper = try await world.register(.committee, "12/QĐ-UBND", .decision, on: "2026-01-10"), now = world.now
            let words = TypedBody.words(["signer_title=Chủ tịch"])
            let row = try await world.act { try $0.act(.change, paper.uid, typed: words, at: now) }
            #expect(row?.document.signerTitle == "Chủ tịch" && row?.document.sign == "12/QĐ-UBND")
            #expect(row?.document.title == paper.document.title)
            await world.refuses(["title field.missing"]) {
                _ = try await world.act { try $0.act(.change, paper.uid, typed: .words(["title="]), at: now) }
            }
        }
    }

    @Test(arguments: Engine.allCases) func readersAndOpinionsAreWordsToo(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let draft = try await world.draft(.committee, "Kế hoạch"), now = world.now
            let office = try world.world.office(.focal)
            let named = try await world.act { store in
                try store.act(.nameReader, draft.uid, typed: .words(["office=\(office)"]), at: now)
                return try store.detail(draft.uid).readers.map(\.office)
            }
            #expect(named == [office])
            let asked = try await world.act { store in
                try store.act(.unnameReader, draft.uid, typed: .words(["office=\(office)"]), at: now)
                try store.act(.ask, draft.uid, typed: .words(["office=\(office)", "due_on=2026-12-01"]), at: now)
                return try store.detail(draft.uid)
            }
            #expect(asked.readers.isEmpty && asked.opinions.count == 1)
            let opinion = try #require(asked.opinions.first?.uid)
            _ = try await world.act(as: .focal) { try $0.give("Nên nêu rõ hạn", opinion, on: draft.uid, at: now) }
            let said = TypedBody.words(["opinion=\(opinion)", "answer=partly", "explanation=Đã thêm"])
            let answered = try await world.act { store in
                try store.act(.answer, draft.uid, typed: said, at: now)
                return try store.detail(draft.uid).opinions.first?.answer
            }
            #expect(answered == .partly)
            await world.refuses(["opinion field.missing", "answer field.missing"]) {
                _ = try await world.act { try $0.act(.answer, draft.uid, typed: .words([]), at: now) }
            }
        }
    }

    @Test(arguments: Engine.allCases) func aRequirementAndAGapKeepWhatWasNotSaid(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            let row = try await world.require(), now = world.now
            let moved = TypedBody.words(["due_on=2026-12-31", "reason=Chờ hướng dẫn"])
            let changed = try await world.act { store in
                try store.act(.change, row.uid, typed: .words(["title=Kế hoạch số"]), at: now)
                return try store.act(.change, row.uid, typed: moved, at: now)
            }
            #expect(changed.requirement.title == "Kế hoạch số" && changed.requirement.due.text == "2026-12-31")
            let refused = TypedBody.words(["due_on=2027-01-31"])
            await #expect(throws: AppError.invalid([Problem("reason", "coverage.error.reason_for_deadline")])) {
                try await world.act { try $0.act(.change, row.uid, typed: refused, at: now) }
            }
            let (owner, today) = (try world.world.uid(.science), world.today)
            let waits = "\(try world.world.uid(.quyNhon))\n\(try world.world.uid(.pleiku))"
            let basis = world.resolution.uid
            let gap = try await world.world.database.write { tx in
                let store = GapStore(tx: tx, viewer: .system("test"), today: today)
                let said = [
                    "title=Quy chế", "type=regulation", "owner=\(owner)", "due_on=2026-12-31", "basis=\(basis)",
                    "blocked_units=\(waits)",
                ]
                let uid = try store.create(typed: .words(said), at: now).uid
                try store.act(.change, uid, typed: .words(["reason=Cần sớm"]), at: now)
                return try store.detail(uid)
            }
            #expect(gap.row.gap.reason == "Cần sớm" && gap.row.gap.title == "Quy chế")
            #expect(gap.basis?.uid == basis && gap.blockedUnits.count == 2)
        }
    }

    @Test(arguments: Engine.allCases) func aUnitIsMadeAndChangedInWords(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let (parent, today) = (try world.uid(.giaLai), world.today)
            let row = try await world.database.write { tx in
                let store = UnitStore(tx: tx, viewer: .system("test"), today: today)
                let said = ["kind=department", "name=Trung tâm số", "parent=\(parent)", "from=2026-11-01"]
                let uid = try store.create(typed: .words(said + ["secrecy=internal", "area_km2=1,5"]), at: World.start)
                    .uid
                try store.act(.change, uid, typed: .words(["secrecy=restricted"]), at: World.start)
                let words = ["name=Trung tâm Chuyển đổi số", "from=2026-11-22", "basis=QĐ 5"]
                return try store.act(.rename, uid, typed: .words(words), at: World.start)
            }
            #expect(row.name == "Trung tâm Chuyển đổi số" && row.kind == .department)
            #expect(row.unit.secrecy == .restricted && row.unit.area == 1_500_000, "what was not said stays")
        }
    }

    @Test(arguments: Engine.allCases) func aPersonIsRenamedInAWord(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let (person, today) = (try world.staff(.science).person, world.today)
            let name = try await world.database.write { tx in
                let store = PersonStore(tx: tx, viewer: .system("test"), today: today)
                return try store.rename(person, typed: .words(["name=Mai Thị Hoa"]), at: World.start).name
            }
            #expect(name == "Mai Thị Hoa")
        }
    }
}
