import Storage
import TestSupport
import Testing

@testable import App

/// Everything that is wrong with a form is told at once, each thing at its field, whoever finds it: the reader of the
/// form, the examination of a file or the task itself.
@Suite struct TaskFormProblemsTests {
    /// The fields to which the summary of a refused form leads.
    private func told(_ reply: Reply) -> Set<String> {
        Set(reply.text.matches(of: /<li><a href="#f-([a-z_]+)">/).map { String($0.output.1) })
    }

    @Test(arguments: Engine.allCases) func progressIsMendedInOneGo(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let path = "/tasks/\(try world.tasks(.science).before("progress"))/progress"
            let unit = try world.browser(as: .focal)
            _ = try await unit.get(path)
            let empty = MultipartForm.File("bien-ban.txt", [])
            let typed = [("percent", "một nửa"), ("text", " "), ("evidence_url", "ftp://example.vn")]
            let refused = try await unit.upload(path, typed, files: [empty])
            #expect(refused.status == 422)
            #expect(told(refused) == ["percent", "text", "evidence_url", "file"])
            #expect(refused.text.contains("value=\"một nửa\"") && refused.text.contains("value=\"ftp://example.vn\""))
            let sound = MultipartForm.File("bien-ban.txt", Array("Biên bản".utf8))
            let once = try await unit.upload(path, [("percent", "101"), ("text", "")], files: [sound])
            #expect(told(once) == ["percent", "text", "file"], "a sound file has to be chosen once more")
            #expect(try await unit.upload(path, [("percent", "101"), ("text", "Tốt")], files: []).status == 422)
        }
    }

    @Test(arguments: Engine.allCases) func anExtensionAndAnotherPersonToo(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid, browser = try tasks.world.browser(as: .secretariat)
            let performer = "/tasks/\(task)/performer"
            _ = try await browser.get(performer)
            let office = tasks.chairman.office.uid.text
            let elsewhere = try await browser.post(performer, ["office": office, "reason": ""])
            #expect(elsewhere.status == 422 && told(elsewhere) == ["office", "reason"])
            let nobody = try await browser.post(performer, ["office": "", "reason": ""])
            #expect(nobody.status == 422 && told(nobody) == ["office", "reason"])

            let (unit, now) = (tasks.performer.viewer, tasks.now)
            for day in [nil, tasks.due] {
                let found = await tasks.refusal {
                    _ = try await tasks.act(as: unit) { store in
                        var form = TaskForm(Fields(raw: ["to": day?.text ?? "hôm nào"]), store: store)
                        let asked = form.extensionAsked()
                        return try store.askExtension(
                            task, to: asked.to, reason: asked.reason, found: form.fields.problems, seen: nil, at: now)
                    }
                }
                let problem = day == nil ? "field.day" : "task.error.extension_early"
                #expect(Set(found) == ["to \(problem)", "reason field.missing"])
            }
        }
    }

    /// What is opened again: why, for whom, and by when.
    @Test(arguments: Engine.allCases) func aRestartToo(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued().uid, browser = try tasks.world.browser(as: .secretariat)
            try await tasks.does(.cancel, task, as: tasks.secretariat)
            let other = try await tasks.hire(.front, "Chuyên viên").office.uid.text
            let path = "/tasks/\(task)/reopening"
            _ = try await browser.get(path)
            for deadline in ["hôm nào", "1/1/2020"] {
                let refused = try await browser.post(path, ["text": "", "performer": other, "deadline": deadline])
                #expect(refused.status == 422 && told(refused) == ["text", "performer", "deadline"], "\(deadline)")
            }
            #expect(try await tasks.find(task).workflow.state == .cancelled)
        }
    }
}
