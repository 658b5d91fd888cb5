import Storage
import TestSupport
import Testing

@testable import App

/// The page of a request says who stands in for whom, and that nobody can decide, as long as it waits.
@Suite struct TaskExtendersInsteadTests {
    private func extenders(_ named: Set<DeadlineExtender>, head: Bool, agency: Bool, _ tasks: TaskWorld) throws
        -> TaskExtenders
    {
        TaskExtenders(named: named, heads: head ? [1] : [], agencies: agency ? [try tasks.world.id(.science)] : [])
    }

    @Test(arguments: Engine.allCases) func whoStandsInFollowsFromWhoIsThere(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            func instead(_ named: Set<DeadlineExtender>, head: Bool, agency: Bool) throws
                -> [TaskExtenders.Instead]
            {
                try extenders(named, head: head, agency: agency, tasks).instead
            }
            #expect(try instead([.assigner], head: false, agency: false) == [])
            #expect(try instead([.head], head: false, agency: false) == [.headByLeaders])
            #expect(try instead([.head, .standingAgency], head: true, agency: true) == [])
            #expect(try instead([.head, .standingAgency], head: false, agency: false) == [.headByLeaders, .others])
            #expect(try instead([.standingAgency], head: true, agency: true) == [])
            #expect(try instead([.standingAgency], head: true, agency: false) == [.nobody])
            let catalogue = try CatalogueTests.catalogue.get()
            for kind in TaskExtenders.Instead.allCases {
                for language in Language.allCases { #expect(catalogue.has(kind.key, language), "\(kind.key)") }
            }
        }
    }

    @Test(arguments: Engine.allCases) func thePageSaysThatNobodyCan(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            try await tasks.regulate(.steering, extenders: [.standingAgency])
            let task = try await tasks.given(by: .committee, .open)
            let (day, now) = (tasks.due.adding(days: 9), tasks.now)
            let asked = try await tasks.act(as: tasks.performer.viewer) { store in
                _ = try store.askExtension(task.uid, to: day, reason: "Chờ kinh phí", seen: nil, at: now)
                return try #require(try store.detail(task.uid).extensions.last?.uid)
            }
            let browser = try tasks.world.browser(as: .secretariat)
            let path = "\(task.href)/extensions/\(asked)"
            #expect(try await browser.get(path).text.contains("Hiện không ai quyết định được") == false)
            let (unit, today) = (try tasks.world.id(.steeringOffice), tasks.today)
            try await tasks.act { store in
                _ = try store.tx.run("UPDATE committee_organ SET to_day = \(today) WHERE unit_id = \(unit)")
            }
            #expect(try await browser.get(path).text.contains("Hiện không ai quyết định được"))
            // Of what is decided nobody asks any more.
            try await tasks.act { store in
                _ = try store.decideExtension(asked, of: task.uid, .refused, answer: "Không", seen: nil, at: now)
            }
            #expect(try await browser.get(path).text.contains("Hiện không ai quyết định được") == false)
        }
    }
}
