import Storage
import TestSupport
import Testing

@testable import App

@Suite struct DocumentRegisteringTests {
    private func paper(
        _ world: DocumentWorld, _ place: Place, _ sign: String, _ type: DocumentType, _ day: String,
        _ change: (inout DocumentRegistration) -> Void = { _ in }
    ) throws -> DocumentRegistration {
        let draft = DocumentDraft(type: type, issuer: try world.world.uid(place), title: "Về việc thử")
        var paper = DocumentRegistration(draft: draft, sign: sign, issuedOn: try world.day(day))
        change(&paper)
        return paper
    }

    private func refusal(_ world: DocumentWorld, _ paper: DocumentRegistration, as who: Who? = nil) async -> [String] {
        let now = world.now
        return await world.refusal { _ = try await world.act(as: who) { try $0.register(paper, at: now) } }
    }

    @Test(arguments: Engine.allCases) func aPaperKeepsItsNumberInItsUsualSpelling(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            for (sign, type, expected, series) in [
                ("số 283/kh-ubnd", DocumentType.plan, "283/KH-UBND", "2025"),
                ("30/2025/NĐ-CP", .decree, "30/2025/NĐ-CP", "2025-law"),
                ("193/2025/QH15", .resolution, "193/2025/QH15", "2025-law"),
                ("204-QD/TW", .decision, "204-QĐ/TW", "term-13"), ("123/SKHCN-CDS", .dispatch, "123/SKHCN-CĐS", "2025"),
            ] {
                let paper = try paper(world, .committee, sign, type, "2025-09-24"), now = world.now
                let row = try await world.act { try $0.register(paper, at: now) }
                #expect(row.document.sign == expected)
                #expect(row.document.series == series)
                #expect(row.document.issuerName == "Ủy ban nhân dân tỉnh Gia Lai")
            }
        }
    }

    @Test(arguments: Engine.allCases) func theNextIssueGoesOnBehindARegisteredNumber(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            _ = try await world.register(.committee, "283/KH-UBND", .plan, on: "2026-03-01")
            // An older one does not turn the counter back.
            _ = try await world.register(.committee, "12/KH-UBND", .plan, on: "2026-01-20")
            #expect(try await world.issue(try await world.draft(.committee, "Kế tiếp")).name == "284/KH-UBND")
        }
    }

    @Test(arguments: Engine.allCases) func aTakenNumberIsToldWithItsDocumentAndTheNext(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            _ = try await world.register(
                .committee, "283/KH-UBND", .plan, on: "2026-03-01", title: "Triển khai Nghị quyết 57",
                secrecy: .restricted)
            let second = try paper(world, .committee, "283/KH-UBND", .plan, "2026-04-01"), now = world.now
            let told = await world.words { _ = try await world.act { try $0.register(second, at: now) } }
            #expect(told.contains("283/KH-UBND belongs to: Triển khai Nghị quyết 57 (1\u{A0}Mar\u{A0}2026)"), "\(told)")
            #expect(told.contains("284/KH-UBND"), "\(told)")
            // Whoever may not know of the other is not told what it is.
            let secretariat = await world.words {
                _ = try await world.act(as: .secretariat) { try $0.register(second, at: now) }
            }
            #expect(!secretariat.contains("Triển khai") && secretariat.contains("284/KH-UBND"), "\(secretariat)")
        }
    }

    @Test func whatIsWrongWithANumberIsSaid() async throws {
        try await DocumentWorld.with(.sqlite) { world in
            for (sign, type, day, expected) in [
                ("57-NQ", DocumentType.resolution, "2025-12-22", "sign document-number.error.issuer_missing"),
                ("57/2025", .resolution, "2025-12-22", "sign document.error.loose"),
                ("283/KH-UBND", .decision, "2025-09-24", "type document.error.other_type"),
                ("30/2020/NĐ-CP", .decree, "2025-09-24", "issued_on document.error.other_year"),
                ("10-CTr/TU", .programme, "2025-08-13", "term document.error.term_missing"),
                ("283/KH-UBND", .plan, "2026-11-23", "issued_on document.error.ahead"),
            ] {
                let paper = try paper(world, .committee, sign, type, day)
                #expect(await refusal(world, paper) == [expected], "\(sign)")
            }
        }
    }

    @Test(arguments: Engine.allCases) func theTermOfACommitteeFollowsFromItsLastDocument(_ engine: Engine) async throws
    {
        try await DocumentWorld.with(engine) { world in
            _ = try await world.register(.party, "10-CTr/TU", .programme, on: "2025-08-13", term: 17)
            let later = try await world.register(.party, "11-CTr/TU", .programme, on: "2025-09-01")
            #expect(later.document.series == "term-17")
        }
    }

    @Test(arguments: Engine.allCases) func ofAStateSecretOnlyAReferenceIsKept(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let full = try paper(world, .committee, "05/BC-UBND", .report, "2026-02-01") {
                $0.isReference = true
                $0.holder = "Văn phòng"
            }
            #expect(await refusal(world, full) == ["title document.error.reference"])
            var empty = full
            empty.draft.title = ""
            let reference = empty, now = world.now
            let row = try await world.act { try $0.register(reference, at: now) }
            #expect(row.document.secrecy == .restricted && row.document.title.isEmpty)
            let write = await world.refusal {
                _ = try await world.act {
                    try $0.write(row.uid, [DocumentParagraph(label: "I", text: "mật")], seen: nil, at: now)
                }
            }
            #expect(write == ["conflict document.error.state.reference"])
            await world.refuses([
                "not found"
            ]) { _ = try await world.act(as: .administrator) { try $0.find(row.uid) } }
            #expect(try await world.act(as: .root) { try $0.find(row.uid).document.holder } == "Văn phòng")
        }
    }

    @Test(arguments: Engine.allCases) func onlyWhoKeepsTheIssuerRegistersAndOnlyUpToTheirCeiling(_ engine: Engine)
        async throws
    {
        try await DocumentWorld.with(engine) { world in
            let own = try paper(world, .committee, "1/KH-UBND", .plan, "2026-02-01")
            let other = try paper(world, .otherCommittee, "1/KH-UBND", .plan, "2026-02-01")
            let secret = try paper(world, .committee, "2/KH-UBND", .plan, "2026-02-01") {
                $0.draft.secrecy = .restricted
            }
            #expect(await refusal(world, own, as: .leader) == ["issuer document.error.issuer_forbidden"])
            #expect(await refusal(world, other, as: .secretariat) == ["issuer document.error.issuer_unknown"])
            #expect(await refusal(world, secret, as: .secretariat) == ["secrecy document.error.above_ceiling"])
            #expect(await refusal(world, own, as: .secretariat) == [])
        }
    }

    @Test(arguments: Engine.allCases) func theIssuerMustExistThatDayAndTheEffectMustEndLater(_ engine: Engine)
        async throws
    {
        try await DocumentWorld.with(engine) { world in
            let early = try paper(world, .committee, "1/KH-UBND", .plan, "2025-06-30")
            #expect(await refusal(world, early) == ["issuer document.error.issuer_not_there"])
            let ends = try paper(world, .committee, "1/KH-UBND", .plan, "2026-02-01") {
                $0.draft.effectTo = Day(parsing: "2026-02-01")
            }
            #expect(await refusal(world, ends) == ["effect_to document.error.effect"])
        }
    }

    /// Two issuers, or two types, may have one number in one year.
    @Test(arguments: Engine.allCases) func aNumberAloneNamesNothing(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let first = try await world.register(.committee, "77/KH-UBND", .plan, on: "2026-01-10")
            _ = try await world.register(.committee, "77/QĐ-UBND", .decision, on: "2026-01-10")
            _ = try await world.register(.wardCommittee, "77/KH-UBND", .plan, on: "2026-01-11")
            #expect(try await world.names { $0.text = "77/kh-ubnd" }.count == 2)
            #expect(try await world.act { try $0.find(typed: "77/KH-UBND") } == nil)
            #expect(try await world.act { try $0.find(typed: "77/QD-UBND")?.name } == "77/QĐ-UBND")
            #expect(first.document.number == 77)
        }
    }
}
