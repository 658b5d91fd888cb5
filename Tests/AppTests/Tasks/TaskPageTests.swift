import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// What the page of a task puts forward, and how a refusal is told on it.
@Suite struct TaskPageTests {
    @Test(arguments: Engine.allCases) func theGateIsToldOnceWithTheWayToEachField(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let row = try await tasks.drafted { $0 = TaskDraft(title: "Làm", leadUnit: $0.leadUnit) }
            let browser = try tasks.world.browser(as: .secretariat)
            let refused = try await browser.post("\(row.href)/issue", form: [("version", "1")])
            #expect(refused.status == 422 && refused.text.contains("role=\"alert\""))
            #expect(refused.text.split(separator: "Chưa giao được").count == 2, "the heading stands once")
            #expect(refused.text.split(separator: "Chưa có người thực hiện").count == 2, "each point stands once")
            #expect(!refused.text.contains("cần sửa 5 mục"), "nothing was to be saved")
            #expect(refused.text.contains("\(row.href)/edit#f-performer"))
            // The page as it is says the same without an alert.
            let plain = try await browser.get(row.href).text
            #expect(plain.contains("\(row.href)/edit#f-performer") && !plain.contains("role=\"alert\""))
        }
    }

    @Test(arguments: Engine.allCases) func stoppingATaskIsNotPutForward(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let row = try await tasks.issued()
            for act in [TaskWorkflow.Act.accept, .progress] {
                try await tasks.does(act, row.uid, as: tasks.performer.viewer)
            }
            let text = try await tasks.world.browser(as: .secretariat).get(row.href).text
            #expect(text.contains("<a class=\"button\" href=\"\(row.href)/pause\">"))
            #expect(!text.contains("<a class=\"button main\" href=\"\(row.href)/pause\">"))
        }
    }

    @Test(arguments: Engine.allCases) func whatIsIssuedHasNoFormToChangeIt(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let browser = try tasks.world.browser(as: .secretariat)
            let draft = try await tasks.drafted()
            #expect(try await browser.get("\(draft.href)/edit").status == 200)
            let issued = try await tasks.issued()
            let reply = try await browser.get("\(issued.href)/edit")
            #expect(reply.status == 409 && reply.text.contains("đổi người thực hiện"))
        }
    }

    @Test(arguments: Engine.allCases) func theFormOffersOnlyWhoMayAnswer(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let lead = try tasks.world.uid(.finance)
            let names = try await tasks.act(as: tasks.secretariat) { store in
                try TaskFormNames(Fields(raw: ["lead_unit": lead.text]), store)
            }
            let able = try await tasks.act(as: tasks.secretariat) { store in
                try store.accountableLeaders(try store.units.find(lead).unit.id)
            }
            #expect(Set(names.leaders.map(\.uid)) == Set(able.map(\.uid)) && !able.isEmpty)
            #expect(names.authorities.count > names.leaders.count)
            // Those of the lead unit come first.
            let near = Set(names.performers.map(\.uid))
            let isNear = names.leaders.map { near.contains($0.uid) }
            #expect(isNear == isNear.filter { $0 } + isNear.filter { !$0 } && isNear.first == true)
            // Whoever is chosen in a draft stays to be seen.
            let other = try #require(names.authorities.first { one in !names.leaders.contains(one) })
            let kept = try await tasks.act(as: tasks.secretariat) { store in
                try TaskFormNames(Fields(raw: ["lead_unit": lead.text, "leader": other.uid.text]), store)
            }
            #expect(kept.leaders.contains(other))
        }
    }

    @Test(arguments: Language.allCases) func noActIsCalledLikeTheWayBack(_ language: Language) throws {
        let page = try SamplePage.context(language)
        for act in TaskWorkflow.Act.allCases {
            #expect(page.t("task.act.\(act.rawValue)") != page.t("site.form.cancel"))
        }
    }
}
