import Foundation
import Storage
import TestSupport
import Testing

@testable import App

/// Where texts that name a document lead to it.
@Suite struct CitationTests {
    private func told(_ text: String) -> [String] {
        Citation.all(in: text).map { citation in
            [String(text[citation.range]), citation.wanted.day?.text ?? "", citation.wanted.issuer]
                .joined(separator: "|")
        }
    }

    @Test(
        arguments: [
            ("229-QĐ/TW", ["229-QĐ/TW||"]),
            ("Quyết định số 229-QĐ/TW ngày 10/01/2025 của Bộ Chính trị", ["229-QĐ/TW|2025-01-10|bo chinh tri"]),
            (
                "Quyết định 12/QĐ-UBND, ngày 5 tháng 8 năm 2025, do UBND tỉnh Gia Lai ban hành",
                ["12/QĐ-UBND|2025-08-05|uy ban nhan dan tinh gia lai ban hanh"]
            ),
            ("Decision 12/QĐ-UBND of 05/08/2025 by the province.", ["12/QĐ-UBND|2025-08-05|the province"]),
            ("(283/KH-UBND); 193/2025/QH15.", ["283/KH-UBND||", "193/2025/QH15||"]),
            ("Theo 05/QĐ-TU. Ngày 10/01/2025 họp.", []),
            ("01-KH/BCĐ @ Ban Chỉ đạo tỉnh Gia Lai", ["01-KH/BCĐ||ban chi dao tinh gia lai"]),
            ("Theo 5-QĐ/TU. Ngày 10/01/2025 họp.", ["5-QĐ/TU||"]),
            ("họp ngày 10/01/2025, tháng 8/2025, 57/2024, 3/4 số huyện", []),
            ("12/QĐ-UBND về việc thành lập Ban Chỉ đạo của tỉnh", ["12/QĐ-UBND||"]),
            ("", []), ("/", []), ("1/", []), ("999999999/QĐ-UBND", []), ("٣/QĐ-UBND", []),
        ] as [(String, [String])])
    func aNumberIsReadWithWhatFollowsIt(_ text: String, _ expected: [String]) {
        #expect(told(text) == expected)
    }

    @Test func hostileTextsAreReadInTheirOwnTime() {
        for text in [
            String(repeating: "1/QĐ-UBND ngày ", count: 5_000), String(repeating: "(", count: 20_000),
            String(repeating: "1/", count: 10_000), "1\u{0301}/QĐ-UBND", "\u{FFFC}1/QĐ-UBND\u{FFFC}",
        ] { #expect(Citation.all(in: text).count <= Citation.limit) }
    }

    private func links(_ texts: [String], as who: Who, _ world: DocumentWorld) async throws -> [String] {
        let viewer = try await world.world.viewer(who)
        let known = try await world.act(as: viewer) { try CitedDocuments(texts, $0.tx, viewer) }
        return texts.map { cited($0, known).text }
    }

    private func link(_ row: DocumentRow, _ text: String) -> String { "<a href=\"/documents/\(row.uid)\">\(text)</a>" }

    @Test(arguments: Engine.allCases) func theOneDocumentThatIsMeantIsFound(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let old = try await world.register(.committee, "12/QĐ-UBND", .decision, on: "2025-08-05")
            let new = try await world.register(.committee, "12/QĐ-UBND", .decision, on: "2026-02-03")
            let ward = try await world.register(.wardCommittee, "12/QĐ-UBND", .decision, on: "2026-02-03")
            let single = try await world.register(.committee, "77/QĐ-UBND", .decision, on: "2026-02-04")
            let texts = [
                "Quyết định 12/QĐ-UBND", "QĐ 12/QD-UBND ngày 05/08/2025", "12/QĐ-UBND ngày 03/02/2026",
                "12/QĐ-UBND ngày 03/02/2026 của \(new.document.issuerName)",
                "12/QĐ-UBND ngày 03/02/2026 của \(ward.document.issuerName) <b>", "77/QĐ-UBND & 77/QĐ-UBND",
                "77/QĐ-UBND ngày 05/02/2026", "77/QĐ-UBND của Sở Nội vụ", "78/QĐ-UBND",
            ]
            #expect(
                try await links(texts, as: .root, world) == [
                    texts[0], "QĐ \(link(old, "12/QD-UBND")) ngày 05/08/2025", texts[2],
                    "\(link(new, "12/QĐ-UBND")) ngày 03/02/2026 của \(new.document.issuerName)",
                    "\(link(ward, "12/QĐ-UBND")) ngày 03/02/2026 của \(ward.document.issuerName) &lt;b&gt;",
                    "\(link(single, "77/QĐ-UBND")) &amp; \(link(single, "77/QĐ-UBND"))", texts[6], texts[7], texts[8],
                ])
        }
    }

    /// What the viewer may not know of leads nowhere, and does not make another one doubtful.
    @Test(arguments: Engine.allCases) func theUnknownLeadsNowhere(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let own = try await world.register(.committee, "5/QĐ-UBND", .decision, on: "2026-02-03")
            let hidden = try await world.register(.otherCommittee, "5/QĐ-UBND", .decision, on: "2026-02-03")
            _ = try await world.register(.otherCommittee, "6/QĐ-UBND", .decision, on: "2026-02-03")
            let texts = ["5/QĐ-UBND ngày 03/02/2026", "6/QĐ-UBND", "5/QĐ-UBND của \(hidden.document.issuerName)"]
            #expect(
                try await links(texts, as: .secretariat, world)
                    == ["\(link(own, "5/QĐ-UBND")) ngày 03/02/2026", texts[1], texts[2]])
            let all = try await links(texts, as: .root, world)
            #expect(all[0] == texts[0] && all[1].contains("<a ") && all[2].contains("\(hidden.uid)"))
        }
    }

    /// Numbers that very many share stay texts, and a page asks for no more than so many.
    @Test(arguments: Engine.allCases) func theQuestionIsBounded(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let now = world.now, key = try DocumentNumber(parsing: "9/QĐ-UBND").key
            let draft = DocumentDraft(type: .decision, issuer: try world.world.uid(.committee), title: "Quyết định")
            let days = (1...30).map { world.today.adding(days: -$0) }
            // No issuer gives a number twice in a year: these stand for those of as many communes.
            try await world.act { store in
                for (index, day) in days.enumerated() {
                    let row = try store.register(
                        DocumentRegistration(draft: draft, sign: "\(500 + index)/QĐ-UBND", issuedOn: day), at: now)
                    try store.tx.run("UPDATE document SET sign_key = \(key) WHERE id = \(row.document.id)")
                }
            }
            #expect(try await links(["9/QĐ-UBND"], as: .root, world) == ["9/QĐ-UBND"])
            let dated = "9/QĐ-UBND ngày \(days[3].text)", others = (1...200).map { "\(1_000 + $0)/QĐ-UBND" }
            #expect(try await links([dated] + others, as: .root, world)[0].contains("<a "))
            #expect(try await links(others + [dated], as: .root, world)[200] == dated, "behind the first sixty")
        }
    }
}
