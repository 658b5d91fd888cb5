import Storage
import TestSupport
import Testing

@testable import App

/// A list of what was done says of what: by name where the reader may know of it, and otherwise not at all.
@Suite struct EventSubjectTests {
    private static let kinds: [Subject.Kind] = [
        .person, .account, .office, .grant, .document, .committee, .requirement, .gap, .task,
    ]

    @Test(arguments: Engine.allCases) func eachReaderIsToldWhatTheyMayKnow(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let (root, member) = (try await world.viewer(.root), try await world.viewer(.member))
            let today = world.today
            try await world.database.read { tx in
                let all = try ActivityStore(tx: tx, viewer: root, today: today).newest(limit: 2_000)
                for kind in Self.kinds {
                    // What is asked of a unit need not have a title.
                    let named = all.filter { $0.kind == kind && $0.name?.isEmpty == (kind == .requirement) }
                    #expect(!named.isEmpty, "\(kind) has no name")
                }
                let seen = try EventNames(tx: tx, viewer: member, today: today).resolve(all, subjects: true)
                var hidden: Set<Subject.Kind> = []
                for event in seen {
                    guard let kind = event.kind, let knows = try knows(event, kind, member, tx, today) else { continue }
                    #expect((event.name != nil) == knows, "\(kind) \(event.subject)")
                    if !knows { hidden.insert(kind) }
                }
                #expect(hidden.isSuperset(of: [.person, .document, .committee, .gap, .task]))
            }
        }
    }

    /// Nil of what is not asked for here.
    private func knows(
        _ event: EventRow, _ kind: Subject.Kind, _ viewer: Viewer, _ tx: Transaction, _ today: Day
    ) throws -> Bool? {
        let uid = event.subject
        return switch kind {
        case .task: try ifKnown(TaskStore(tx: tx, viewer: viewer, today: today).find(uid)) != nil
        case .document: try ifKnown(DocumentStore(tx: tx, viewer: viewer, today: today).find(uid)) != nil
        case .gap: try ifKnown(GapStore(tx: tx, viewer: viewer, today: today).find(uid)) != nil
        case .requirement: try ifKnown(CoverageStore(tx: tx, viewer: viewer, today: today).find(uid)) != nil
        case .committee: try ifKnown(CommitteeStore(tx: tx, viewer: viewer, today: today).find(uid)) != nil
        case .person, .account: try ifKnown(PersonStore(tx: tx, viewer: viewer, today: today).find(uid)) != nil
        default: nil
        }
    }

    @Test(arguments: Engine.allCases) func thePagesLeadThereByName(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let (viewer, today) = (try await world.viewer(.secretariat), world.today)
            let task = try await world.database.read { tx in
                try ActivityStore(tx: tx, viewer: viewer, today: today).newest(EventFilter(kind: .task), limit: 1).first
            }
            let event = try #require(task), name = try #require(event.name)
            let link = "<a href=\"/tasks/\(event.subject)\">\(("\(name)" as HTML).text)</a>"
            let browser = try world.browser(as: .secretariat)
            #expect(try await browser.get("/events?kind=task").text.contains(link))
            #expect(try await browser.get("/").text.contains(link))
            #expect(try await browser.get("/events.csv?kind=task").text.contains(name))
            let items = try await world.api(as: .secretariat).get("/api/v1/events?kind=task").json["items"]
            #expect((items as? [[String: Any]])?.first?["subject_name"] as? String == name)
        }
    }

    /// Offices and rights of a person have events of their own.
    @Test(arguments: Engine.allCases) func theHistoryOfAPersonSaysOfWhichOffice(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let staff = try world.staff(.science), unit = try world.uid(.science)
            let browser = try world.browser(as: .administrator)
            for path in ["/people/\(staff.person)", "/people/\(staff.person)/history"] {
                let text = try await browser.get(path).text
                let office = "Cán bộ science, Trưởng phòng science, Sở Khoa học và Công nghệ Gia Lai"
                #expect(text.contains("Chức vụ <a href=\"/units/\(unit)/offices\">\(office)</a>"), "\(path)")
                #expect(text.contains("Quyền <a href=\"/units/\(unit)/offices\">\(office)</a>"), "\(path)")
            }
        }
    }
}
