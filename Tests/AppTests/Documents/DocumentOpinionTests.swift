import Storage
import TestSupport
import Testing

@testable import App

@Suite struct DocumentOpinionTests {
    @Test(arguments: Engine.allCases) func anOpinionIsAskedGivenAndAnswered(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let draft = try await world.draft(.committee, "Kế hoạch tỉnh")
            let (office, now) = (try world.world.office(.focal), world.now)
            let asked = try await world.act(as: .secretariat) {
                try $0.ask(draft.uid, office: office, dueOn: nil, at: now)
            }
            await world.refuses(["office document.error.asked"]) {
                _ = try await world.act(as: .secretariat) {
                    try $0.ask(draft.uid, office: office, dueOn: nil, at: now)
                }
            }
            await world.refuses(["conflict document.error.not_given"]) {
                _ = try await world.act(as: .leader) {
                    try $0.answer(asked.uid, on: draft.uid, .accepted, explanation: "", at: now)
                }
            }
            await world.refuses(["forbidden"]) {
                _ = try await world.act(as: .leader) {
                    try $0.give("Tôi thấy được", asked.uid, on: draft.uid, at: now)
                }
            }
            _ = try await world.act(as: .focal) { try $0.give("Nên nêu rõ hạn", asked.uid, on: draft.uid, at: now) }
            await world.refuses(["explanation document.error.explanation"]) {
                _ = try await world.act(as: .leader) {
                    try $0.answer(asked.uid, on: draft.uid, .rejected, explanation: "", at: now)
                }
            }
            let answered = try await world.act(as: .leader) {
                try $0.answer(asked.uid, on: draft.uid, .partly, explanation: "Đã thêm hạn", at: now)
            }
            #expect(answered.answer == .partly && answered.text == "Nên nêu rõ hạn")
            await world.refuses(["conflict document.error.answered"]) {
                _ = try await world.act(as: .focal) { try $0.give("Nữa", asked.uid, on: draft.uid, at: now) }
            }
        }
    }

    @Test func anOpinionIsNotWaitedForOnceTheDocumentIsIssued() async throws {
        try await DocumentWorld.with(.sqlite) { world in
            let draft = try await world.draft(.committee, "Kế hoạch tỉnh")
            let (office, now) = (try world.world.office(.focal), world.now)
            _ = try await world.act(as: .secretariat) {
                try $0.ask(draft.uid, office: office, dueOn: nil, at: now)
            }
            #expect(try await world.world.browser(as: .focal).get("/").text.contains("/opinions/"))
            #expect(
                try await world.world.browser(as: .leader).get("/documents/\(draft.uid)").text.contains("chờ góp ý"))
            _ = try await world.issue(draft)
            let page = try await world.world.browser(as: .leader).get("/documents/\(draft.uid)").text
            #expect(page.contains("không có ý kiến trước khi ban hành") && !page.contains("chờ góp ý"))
            #expect(try await !world.world.browser(as: .focal).get("/").text.contains("/opinions/"))
        }
    }

    /// Who acts for an office gives its opinion, with both named in the event.
    @Test(arguments: Engine.allCases) func whoActsForAnOfficeGivesItsOpinion(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let draft = try await world.draft(.otherCommittee, "Của tỉnh bạn")
            let (office, now) = (try world.world.office(.leader), world.now)
            let asked = try await world.act { try $0.ask(draft.uid, office: office, dueOn: nil, at: now) }
            _ = try await world.act(as: .acting) { try $0.give("Thống nhất", asked.uid, on: draft.uid, at: now) }
            let event = try await world.act { try $0.history(of: draft).items.first }
            #expect(event?.verb == .opined)
            #expect(event?.actor.contains("KT. Chức vụ leader") == true)
        }
    }

    @Test(arguments: Engine.allCases) func opinionsAreSeenByTheDraftingSideAndTheirAuthor(_ engine: Engine) async throws
    {
        try await DocumentWorld.with(engine) { world in
            let draft = try await world.draft(.otherCommittee, "Của tỉnh bạn")
            let now = world.now
            for who in [Who.focal, .member] {
                let office = try world.world.office(who)
                _ = try await world.act { try $0.ask(draft.uid, office: office, dueOn: nil, at: now) }
            }
            #expect(try await world.act(as: .focal) { try $0.detail(draft.uid).opinions.count } == 1)
            #expect(try await world.act(as: .root) { try $0.detail(draft.uid).opinions.count } == 2)
        }
    }
}

@Suite struct DocumentParagraphTests {
    private func parse(_ text: String) -> (labels: [String], texts: [String], problems: [String]) {
        var found = Validation()
        let read = DocumentParagraph.parse(text, &found)
        return (read.map(\.label), read.map(\.text), found.problems.map(\.message.key))
    }

    @Test func aLabelInBracketsBeginsAParagraph() {
        let read = parse("[I] Mở đầu\n\n[III.2]\nDòng một\nDòng hai [1]\n[đoạn 7] Cuối")
        #expect(read.labels == ["I", "III.2", "đoạn 7"])
        #expect(read.texts == ["Mở đầu", "Dòng một\nDòng hai [1]", "Cuối"])
        #expect(read.problems.isEmpty)
    }

    @Test func whatIsWrongIsSaid() {
        #expect(parse("Không nhãn\n[I] Có").problems == ["document.error.label_missing"])
        #expect(parse("[I.1] a\n[i.1] b").problems == ["document.error.label_doubled"])
        #expect(parse("[--] a").problems == ["document.error.label"])
        #expect(parse("").labels.isEmpty && parse("\n \n").problems.isEmpty)
    }

    @Test func whatIsWrittenReadsBack() {
        let paragraphs = [
            DocumentParagraph(label: "I.1", text: "Một\n\nHai"), DocumentParagraph(label: "II", text: "Ba"),
        ]
        var found = Validation()
        #expect(DocumentParagraph.parse(DocumentParagraph.text(paragraphs), &found) == paragraphs)
    }

    @Test(arguments: Engine.allCases) func aParagraphIsFoundByItsLabelInAnySpelling(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let issued = try world.world.documents(.science).issued, now = world.now
            _ = try await world.act {
                try $0.write(
                    issued,
                    [DocumentParagraph(label: "III.2", text: "Hai"), DocumentParagraph(label: "đoạn 7", text: "Bảy")],
                    seen: nil, at: now)
            }
            for (label, expected) in [("III.2", "Hai"), ("iii-2", "Hai"), ("doan 7", "Bảy"), ("Đoạn 7", "Bảy")] {
                #expect(try await world.act { try $0.paragraph(issued, label).paragraph.text } == expected)
            }
            await world.refuses(["not found"]) { _ = try await world.act { try $0.paragraph(issued, "IV") } }
            let page = try await world.world.browser(as: .focal).get(
                "/documents/\(issued)/paragraphs/%C4%91o%E1%BA%A1n%207")
            #expect(page.status == 200 && page.text.contains("Bảy") && page.text.contains("đoạn 7, 05/KH-SKHCN"))
        }
    }
}
