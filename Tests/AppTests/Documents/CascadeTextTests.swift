import Storage
import TestSupport
import Testing

@testable import App

@Suite struct CascadeTextTests {
    @Test(arguments: Engine.allCases) func whatRestsOnADocumentStandsFurtherIn(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let top = try await world.register(.committee, "1/NQ-UBND", .resolution, on: "2026-01-10")
            let middle = try await world.register(
                .committee, "2/KH-UBND", .plan, on: "2026-02-10", implements: top.uid)
            _ = try await world.register(.science, "3/KH-SKHCN", .plan, on: "2026-03-10", implements: middle.uid)
            let text = CascadeText.text(try await world.act { try $0.cascade(middle.uid) })
            let lines = text.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
            #expect(lines.map { $0.first ?? "" } == ["01/NQ-UBND", "  implements", "    implements"], "\(text)")
            #expect(lines.dropFirst().map { $0[1] } == ["02/KH-UBND", "03/KH-SKHCN"])
            #expect(lines.map { $0.last == "*" } == [false, true, false])
        }
    }
}
