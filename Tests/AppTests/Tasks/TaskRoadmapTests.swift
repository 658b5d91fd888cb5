import Foundation
import Storage
import TestSupport
import Testing

@testable import App

/// What stands on a roadmap: what lies in its time, for whoever may know of it.
@Suite struct TaskRoadmapTests {
    /// Today is 22 November 2026: the third quarter of 2026 to the second of 2027.
    private func roadmap(
        _ tasks: TaskWorld, as viewer: Viewer, _ query: [String: String] = [:]
    ) async throws -> TaskRoadmap {
        let asked = try TaskRoadmapRequest(Fields(raw: query), today: tasks.today)
        return try await tasks.act(as: viewer) { try $0.roadmap(asked) }
    }

    private func titles(_ roadmap: TaskRoadmap) -> [String] { roadmap.groups.flatMap(\.tasks).map(\.task.title) }

    private func day(_ text: String) throws -> Deadline { .day(try #require(Day(parsing: text))) }

    @Test(arguments: Engine.allCases) func whatLiesInTheTimeIsShown(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let start = try #require(Day(parsing: "2027-08-01")), today = tasks.today
            _ = try await tasks.issued { ($0.title, $0.deadline) = ("Việc quá hạn từ trước", try day("2026-03-01")) }
            _ = try await tasks.issued { ($0.title, $0.deadline) = ("Việc trong kỳ này", try day("2026-12-01")) }
            _ = try await tasks.issued { ($0.title, $0.deadline) = ("Việc kéo dài sang sau", try day("2029-01-01")) }
            _ = try await tasks.issued {
                ($0.title, $0.start, $0.deadline) = ("Việc chưa bắt đầu", start, try day("2027-12-01"))
            }
            _ = try await tasks.given(by: .science, .closed) { $0.title = "Việc đã hủy trong kỳ" }
            _ = try await tasks.drafted { $0.title = "Việc còn dự kiến" }
            _ = try await tasks.issued {
                $0.title = "Việc chờ sự kiện"
                $0.deadline = .event("sau khi luật được thông qua", reviewOn: today.adding(days: 90))
            }
            let viewer = tasks.secretariat
            let shown = try await roadmap(tasks, as: viewer)
            #expect(
                titles(shown) == [
                    "Việc quá hạn từ trước", "Việc trong kỳ này", "Việc đã hủy trong kỳ", "Việc kéo dài sang sau",
                ])
            #expect(shown.undated.map(\.task.title) == ["Việc chờ sự kiện"])
            #expect(!shown.isCut && !shown.hasMoreUndated)
            #expect(titles(try await roadmap(tasks, as: viewer, ["schedule": "overdue"])) == ["Việc quá hạn từ trước"])
            #expect(titles(try await roadmap(tasks, as: viewer, ["which": "closed"])) == ["Việc đã hủy trong kỳ"])
            #expect(titles(try await roadmap(tasks, as: viewer, ["state": "cancelled"])) == ["Việc đã hủy trong kỳ"])
            #expect(titles(try await roadmap(tasks, as: viewer, ["q": "sang sau"])) == ["Việc kéo dài sang sau"])
            #expect(
                titles(try await roadmap(tasks, as: viewer, ["from": "2027Q3"])) == [
                    "Việc chưa bắt đầu", "Việc kéo dài sang sau",
                ])
            #expect(titles(try await roadmap(tasks, as: viewer, ["scale": "year", "from": "2026"])).count == 5)
            #expect(titles(try await roadmap(tasks, as: viewer, ["scale": "year", "from": "2040"])) == [])
            #expect(titles(try await roadmap(tasks, as: tasks.viewer(.nobody))) == [])
            #expect(try await roadmap(tasks, as: tasks.viewer(.nobody)).undated.isEmpty)
        }
    }

    @Test(arguments: Engine.allCases) func groupsAreOfWhatTheViewerMayKnow(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let document = try tasks.world.documents(.science).issued
            let found = try await tasks.act { try $0.workFields(assigning: nil).first { $0.family == .pillar } }
            let pillar = try #require(found)
            _ = try await tasks.issued { ($0.title, $0.pillar) = ("Việc của trụ cột", pillar.code) }
            _ = try await tasks.issued { ($0.title, $0.document) = ("Việc từ văn bản", document) }
            func groups(_ query: [String: String], as viewer: Viewer) async throws -> [[String]] {
                try await roadmap(tasks, as: viewer, query).groups.map { group in
                    [name(group.heading)] + group.tasks.map(\.task.title)
                }
            }
            func name(_ heading: TaskRoadmap.Heading) -> String {
                switch heading {
                case .pillar(let field): field.code
                case .document(let row): row.uid.text
                case .unit(let unit): unit.name
                case .none: "-"
                }
            }
            let viewer = tasks.secretariat
            #expect(
                try await groups([:], as: viewer) == [[pillar.code, "Việc của trụ cột"], ["-", "Việc từ văn bản"]])
            #expect(
                try await groups(["group": "document"], as: viewer) == [
                    [document.text, "Việc từ văn bản"], ["-", "Việc của trụ cột"],
                ])
            #expect(try await groups(["group": "unit"], as: viewer).map(\.count) == [3])
            // The document is the science department's own: the performer's office in finance does not know of it.
            let performer = tasks.performer.viewer
            let hidden = await tasks.refusal {
                try await tasks.act(as: performer) { _ = try $0.documents.find(document) }
            }
            #expect(hidden == ["not found"])
            #expect(try await groups(["group": "document"], as: performer).map { $0[0] } == ["-"])
        }
    }

    @Test(arguments: Engine.allCases) func aFullPageIsLightAndSaysHowToNarrow(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let long = String(repeating: "Hoàn thiện thể chế phát triển khoa học, công nghệ ", count: 5)
            for number in 0...TaskRoadmap.shown {
                let row = try await tasks.issued {
                    ($0.title, $0.deadline) = ("\(long) số \(number)", .day(tasks.due.adding(days: number % 40)))
                }
                if number % 3 == 0 { try await tasks.does(.accept, row.uid, as: tasks.performer.viewer) }
                if number % 3 == 0 { try await tasks.does(.progress, row.uid, as: tasks.performer.viewer) }
            }
            let browser = try tasks.world.browser(as: .secretariat)
            let page = try await browser.get("/tasks/roadmap")
            #expect(page.status == 200 && page.text.utf8.count <= 95_000, "\(page.text.utf8.count)")
            #expect(page.text.components(separatedBy: "tabindex=\"-1\" aria-hidden").count - 1 == TaskRoadmap.shown)
            #expect(page.text.contains("Có nhiều nhiệm vụ hơn một trang chứa được"))
            #expect(!page.text.contains(" style="))
            let refused = try await browser.get("/tasks/roadmap?from=abc&scale=week")
            #expect(refused.status == 422 || refused.status == 400, "\(refused.status)")
        }
    }
}
