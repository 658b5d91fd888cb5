import Storage
import TestSupport
import Testing

@testable import App

/// One's own notices: their order, the marks of reading, and what becomes of old ones.
@Suite struct NoticeStoreTests {
    /// Tells the performer of a task `count` times, one a day, the last today.
    private func tell(_ tasks: TaskWorld, _ count: Int, _ kind: Notice.Kind = .returned) async throws -> Subject {
        let subject = try await tasks.issued().task.subject
        let (today, now, office) = (tasks.today, tasks.now, tasks.performer.office.id)
        try await tasks.world.database.write { tx in
            try tx.run("DELETE FROM notice")
            for number in 0..<count {
                let ago = count - 1 - number
                let moment = now.adding(.seconds(-86_400 * ago))
                let telling = NoticeTelling(tx: tx, today: today.adding(days: -ago), now: moment)
                try telling.tell(
                    Notice.News(kind: kind, subject: subject, occasion: "\(number)", due: .never), to: [office])
            }
        }
        return subject
    }

    private func store<T: Sendable>(
        _ tasks: TaskWorld, as viewer: Viewer? = nil, _ body: @escaping @Sendable (NoticeStore) throws -> T
    ) async throws -> T {
        let (today, viewer) = (tasks.today, viewer ?? tasks.performer.viewer)
        return try await tasks.world.database.write { tx in
            try body(NoticeStore(tx: tx, viewer: viewer, today: today))
        }
    }

    @Test(arguments: Engine.allCases) func unreadOnesComeFirstAndPagesGoOnByKey(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            _ = try await tell(tasks, 7)
            let now = tasks.now
            let all = try await store(tasks) { try $0.list().items.map(\.notice) }
            #expect(all.map(\.day) == all.map(\.day).sorted(by: >) && all.count == 7)
            let (newest, third) = (all[0].uid, all[2].uid)
            try await store(tasks) { store in for uid in [newest, third] { try store.read(uid, at: now) } }
            let wanted = [1, 3, 4, 5, 6, 0, 2].map { all[$0].uid }
            var found: [UID] = []
            var request = PageRequest(after: nil, limit: 2)
            while true {
                let asked = request
                let page = try await store(tasks) { try $0.list(page: asked) }
                #expect(page.total == 7)
                found += page.items.map(\.notice.uid)
                guard let next = page.next else { break }
                request.after = next
            }
            #expect(found == wanted)
            #expect(try await store(tasks) { try $0.list(unreadOnly: true).total } == 5)
            #expect(try await tasks.unread(tasks.performer.viewer) == 5)
        }
    }

    @Test(arguments: Engine.allCases) func nobodyReadsThoseOfAnother(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            _ = try await tell(tasks, 1)
            let now = tasks.now
            let uid = try await store(tasks) { store in try #require(store.list().items.first).notice.uid }
            let deputy = try await tasks.viewer(tasks.chief.office.uid, for: tasks.performer.office.uid)
            for viewer in [tasks.chief.viewer, deputy, tasks.secretariat, .anonymous, .system("x")] {
                #expect(try await store(tasks, as: viewer) { try $0.list().items.count + $0.unread() } == 0)
                await #expect(throws: AppError.notFound) {
                    try await store(tasks, as: viewer) { _ = try $0.read(uid, at: now) }
                }
                #expect(try await store(tasks, as: viewer) { try $0.readAll(until: now, at: now) } == 0)
            }
            #expect(try await tasks.unread(tasks.performer.viewer) == 1)
        }
    }

    @Test(arguments: Engine.allCases) func whatComesInWhileOneReadsStaysUnread(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            _ = try await tell(tasks, 3)
            let now = tasks.now
            let seen = now.adding(.seconds(-3_600))
            #expect(try await store(tasks) { try $0.readAll(until: seen, at: now) } == 2)
            #expect(try await tasks.unread(tasks.performer.viewer) == 1)
            let (later, first) = (
                now.adding(.seconds(60)), try await store(tasks) { try $0.list().items.map(\.notice) }
            )
            let again = try await store(tasks) { try $0.read(first[1].uid, at: later).notice.readAt }
            #expect(again == now, "the first reading counts")
        }
    }

    @Test(arguments: Engine.allCases) func aDeletedRecordAndItsNumberTellNothing(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let subject = try await tell(tasks, 2)
            try await tasks.world.database.write { tx in
                try tx.run("UPDATE task SET uid = \(UID.new(at: tasks.now)) WHERE id = \(subject.id)")
            }
            #expect(try await tasks.unread(tasks.performer.viewer) == 0)
        }
    }

    @Test(arguments: Engine.allCases) func oldOnesGoAndTheCalendarsStayWhileTheyCount(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            _ = try await tell(tasks, NoticeCleaning.retention + 4)
            let (today, subject) = (tasks.today, try await tasks.issued().task.subject)
            let (office, now) = (tasks.performer.office.id, tasks.now)
            try await tasks.world.database.write { tx in
                let telling = NoticeTelling(tx: tx, today: today.adding(days: -300), now: now)
                for (occasion, due) in [("old", today.adding(days: -290)), ("far", today.adding(days: 60))] {
                    try telling.tell(
                        Notice.News(kind: .dueSoon, subject: subject, occasion: occasion, due: due), to: [office])
                }
                #expect(try NoticeCleaning(tx: tx, today: today).run() == 4)
                #expect(try NoticeCleaning(tx: tx, today: today).run() == 0)
            }
            let left = try await store(tasks) {
                try $0.tx.all("SELECT occasion FROM notice WHERE kind = 'due-soon'").map { try $0.text(0) }
            }
            #expect(left == ["far"])
        }
    }
}
