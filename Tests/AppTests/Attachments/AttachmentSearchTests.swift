import Foundation
import Storage
import TestSupport
import Testing

@testable import App

/// Records are found by what is written in their files.
@Suite struct AttachmentSearchTests {
    private func found(_ world: World, _ text: String) async throws -> [String] {
        try await world.change { store in
            let search = try store.search(text, in: .unit)
            return try store.tx.all(
                """
                SELECT v.name FROM unit d JOIN unit_version v ON v.unit_id = d.id
                WHERE \(search.condition(on: "d.id")) AND d.from_day > \(Day.beginning) ORDER BY v.name
                """
            ).map { try $0.text(0) }
        }
    }

    private let science = "Sở Khoa học và Công nghệ Gia Lai", finance = "Sở Tài chính Gia Lai"

    @Test(arguments: Engine.allCases) func everyWordMustStandInOneFile(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            _ = try await world.attach("a.txt", Array("Chuyển đổi số, đột phá phát triển\nkhoa học".utf8), to: .science)
            _ = try await world.attach("b.txt", Array("công nghệ".utf8), to: .science)
            _ = try await world.attach(
                "c.docx", TestFiles.docx(["Ngân sách cho CHUYỂN đổi số năm 2026"]).bytes, to: .finance)
            #expect(try await world.readTexts() == 3)
            #expect(try await found(world, "chuyen doi so") == [science, finance])
            #expect(try await found(world, "Chuyển Đổi, SỐ!") == [science, finance])
            #expect(try await found(world, "đột phá") == [science])
            #expect(try await found(world, "ngan sach so 2026") == [finance])
            #expect(try await found(world, "khoa hoc cong nghe") == [])
            #expect(try await found(world, "chuye") == [])
            #expect(try await found(world, "so so so") == [science, finance])
            #expect(try await found(world, "%_' OR 1=1") == [])
            #expect(try await found(world, "…").count > 5)
        }
    }

    @Test(arguments: Engine.allCases) func whatWasTakenAwayIsNotFound(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let subject = try world.subject(.science), now = world.clock.now
            for isIssued in [false, true] {
                let attachment = try await world.attach("a.txt", Array("đột phá \(isIssued)".utf8), to: .science)
                _ = try await world.readTexts()
                #expect(try await found(world, "dot pha") == [science])
                try await world.change {
                    try $0.remove(attachment.uid, of: subject, unit: nil, isIssued: isIssued, reason: "x", at: now)
                }
                #expect(try await found(world, "dot pha") == [])
            }
            let left = try await world.database.read { tx in
                try tx.first("SELECT (SELECT COUNT(*) FROM attachment_term) + (SELECT COUNT(*) FROM attachment_text)")?
                    .int(0)
            }
            #expect(left == 0)
        }
    }

    /// A word in more records than drive: the same answer by the other way.
    @Test(arguments: Engine.allCases) func aCommonWordFindsTheSameByTheOtherWay(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            _ = try await world.attach("a.txt", Array("nghị quyết hiếm".utf8), to: .science)
            _ = try await world.attach("b.txt", Array("nghị quyết".utf8), to: .finance)
            _ = try await world.readTexts()
            try await world.database.write { tx in
                _ = try tx.insert(
                    into: "attachment_term", ["term", "subject_kind", "subject_id", "attachment_id"],
                    rows: (0..<5_100).flatMap { number in
                        ["nghi", "quyet"].map { [.text($0), .text("unit"), .integer(1_000_000 + number), .integer(1)] }
                    })
            }
            let search = try await world.change { try $0.search("nghị quyết", in: .unit) }
            #expect(!search.isRare && search.words.sorted() == ["nghi", "quyet"])
            #expect(try await world.change { try $0.search("nghị quyết hiếm", in: .unit) }.words.first == "hiem")
            #expect(try await found(world, "nghị quyết") == [science, finance])
            #expect(try await found(world, "quyet hiem nghi") == [science])
        }
    }

    @Test func theTermsOfAFileAreCapped() {
        let words = (0..<20_000).map { "w\($0)" }
        #expect(AttachmentTerms.of([words.joined(separator: " ")]).count == AttachmentTerms.most)
        #expect(AttachmentTerms.of(["b a b", "c a"]) == ["a", "b", "c"])
        let long = String(repeating: "x", count: 60)
        #expect(AttachmentTerms.of([long, long + "y"]) == [String(long.prefix(AttachmentTerms.length))])
    }
}
