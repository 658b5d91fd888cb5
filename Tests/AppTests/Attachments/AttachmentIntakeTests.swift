import Foundation
import Testing

@testable import App

@Suite struct AttachmentIntakeTests {
    private func keep(_ files: [(String, [UInt8])]) async throws -> ([KeptFile], isKept: Bool, [Problem]) {
        try await TestStore.with { store in
            var received: [ReceivedFile] = []
            for (name, bytes) in files { received.append(try await store.receive(bytes, name: name)) }
            defer { for file in received { file.discard() } }
            do {
                let kept = try await AttachmentIntake(store).keep(received)
                return (kept, kept.allSatisfy { store.has($0.sha256) }, [])
            } catch AppError.invalid(let problems) {
                return ([], received.contains { store.has($0.sha256) }, problems)
            }
        }
    }

    @Test func whatIsWhatItSaysIsKeptUnderASafeName() async throws {
        let (kept, isKept, problems) = try await keep([
            ("../../Báo cáo.pdf", TestFiles.pdf("x")), ("no-ending", TestFiles.docx(["x"]).bytes),
            ("ảnh.JPG", TestFiles.jpeg), ("số liệu.csv", Array("a,b\n".utf8)), ("ghi chú.txt", Array("a,b\n".utf8)),
        ])
        #expect(problems == [] && isKept)
        #expect(kept.map(\.name) == ["Báo cáo.pdf", "no-ending.docx", "ảnh.JPG", "số liệu.csv", "ghi chú.txt"])
        #expect(kept.map(\.kind) == [.pdf, .docx, .jpeg, .csv, .txt])
    }

    /// The name says one thing, the content another: said is what it was found to be.
    @Test(arguments: [
        ("a.pdf", TestFiles.docx(["x"]).bytes, "attachment.kind.docx"),
        ("a.docx", TestFiles.pdf("x"), "attachment.kind.pdf"),
        ("a.png", TestFiles.jpeg, "attachment.kind.jpeg"), ("a.pdf", Array("chữ".utf8), "attachment.kind.txt"),
        ("a.exe", TestFiles.pdf("x"), "attachment.kind.pdf"),
        ("a.xlsx", TestFiles.docx(["x"]).bytes, "attachment.kind.docx"),
    ])
    func anEndingThatDoesNotMatchIsRefused(_ name: String, _ bytes: [UInt8], _ found: String) async throws {
        let (_, isKept, problems) = try await keep([(name, bytes)])
        #expect(!isKept)
        #expect(problems.map(\.message.key) == ["attachment.error.ending"])
        #expect(problems.first?.message.arguments["found"] == .key(found))
    }

    @Test func everyBadFileIsNamedAndNothingIsKept() async throws {
        let (_, isKept, problems) = try await keep([
            ("good.pdf", TestFiles.pdf("x")), ("empty.pdf", []), ("page.html", Array("<html>".utf8)),
        ])
        #expect(!isKept)
        #expect(problems.map(\.message.key) == ["attachment.error.empty", "attachment.error.kind"])
        #expect(problems.map(\.field) == ["file", "file"])
        #expect(problems.last?.message.arguments["name"] == .text("page.html"))
    }

    @Test func noFileAtAllIsAProblem() async throws {
        #expect(try await keep([]).2.map(\.message.key) == ["attachment.error.none"])
    }
}
