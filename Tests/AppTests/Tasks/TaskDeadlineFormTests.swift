import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// A form shows a deadline as its own examples write it, and takes it back as the same deadline.
@Suite struct TaskDeadlineFormTests {
    @Test(arguments: Language.allCases) func whatAPageCallsAPeriodIsReadAsThatPeriod(_ language: Language) throws {
        let page = try SamplePage.context(language)
        for kind in Period.Kind.allCases {
            for number in 1...kind.perYear {
                let period = try #require(Period(kind, number, of: 2027))
                let shown = TaskWords.period(period, page)
                #expect(Deadline(typed: shown) == .period(period), "\(shown)")
            }
        }
    }

    @Test(arguments: Engine.allCases) func theFormHoldsTheWordsOfThePage(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let quarter = try #require(Period(.quarter, 1, of: 2027))
            let draft = try await tasks.drafted { $0.deadline = .period(quarter) }
            let browser = try tasks.world.browser(as: .secretariat)
            for (language, shown) in [(Language.english, "Q1/2027"), (Language.vietnamese, "quý I/2027")] {
                let headers: HTTPFields = [.acceptLanguage: language.rawValue]
                let form = try await browser.get("\(draft.href)/edit", headers: headers).text
                #expect(form.contains("value=\"\(shown)\"") && !form.contains("2027Q1"), "\(language)")
                let page = try SamplePage.context(language)
                let fields = try await tasks.act(as: tasks.secretariat) { store in
                    try TaskForm.fields(of: store.detail(draft.uid), store, page).raw
                }
                #expect(fields["deadline"] == shown)
                let sent = try await browser.post(draft.href, form: fields.map { ($0.key, $0.value) })
                #expect(sent.status == 303, "\(sent.text.prefix(500))")
                #expect(try await tasks.find(draft.uid).deadline == .period(quarter))
            }
            // Programs read and write what is stored.
            let json = try await tasks.world.api(as: .secretariat).get("/api/v1/tasks/\(draft.uid)").json
            #expect(json["deadline"] as? String == "2027Q1")
        }
    }
}
