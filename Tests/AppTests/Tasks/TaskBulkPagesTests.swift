import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// Both through the door: pages first looked at, then done; and the API.
@Suite struct TaskBulkPagesTests {
    @Test(arguments: Engine.allCases) func aTaskIsBrokenDownAfterALook(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let browser = try world.browser(as: .secretariat)
            let task = try world.tasks(.science).before("progress"), ward = try world.uid(.wardCommittee)
            let path = "/tasks/\(task)"
            let form = try await browser.get("\(path)/children/new")
            #expect(form.status == 200 && form.text.contains("Báo cáo khảo sát") && !form.text.contains("⟦"))
            let preview = try await browser.post(
                "\(path)/children", ["audience": "units", "units": "\(ward)", "version": "1"])
            #expect(preview.status == 200 && preview.text.contains("take.\(ward)") && !preview.text.contains("⟦"))
            let staff = try world.staff(.wardCommittee)
            let made = try await browser.post(
                "\(path)/children",
                [
                    "picked": "1", "take.\(ward)": "\(staff.office) \(staff.deputyOffice)", "version": "1",
                    "confirm": "1", "issue": "1",
                ])
            #expect(made.status == 303, "\(made.text.prefix(3_000))")
            let again = try await browser.post(
                "\(path)/children",
                ["picked": "1", "take.\(ward)": "\(staff.office) ", "version": "1", "confirm": "1"])
            #expect(again.status == 409)
            let page = try await browser.get(path)
            #expect(page.text.contains("/tasks/acts/"))
        }
    }

    @Test func anEmptyChoiceAndAHiddenUnitAreTold() async throws {
        try await World.with(.sqlite) { world in
            let browser = try world.browser(as: .secretariat)
            let path = "/tasks/\(try world.tasks(.science).before("progress"))/children"
            let none = try await browser.post(path, ["picked": "1", "version": "1", "confirm": "1"])
            #expect(none.status == 422)
            let hidden = try await browser.post(
                path, ["audience": "units", "units": "\(try world.uid(.otherCommittee))", "version": "1"])
            #expect(hidden.status == 422 && !hidden.text.contains("Tây Ninh"))
        }
    }

    @Test(arguments: Engine.allCases) func tasksOfTheListAreActedOnTogether(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let browser = try world.browser(as: .secretariat)
            let list = try await browser.get("/tasks?unit=\(try world.uid(.science))")
            let tasks = try world.tasks(.science)
            let accepted = try tasks.before("progress"), verified = try tasks.before("closure")
            #expect(list.text.contains("take.\(accepted)"))
            let chosen: KeyValuePairs = ["act": "pause", "take.\(accepted)": "1", "take.\(verified)": "1"]
            let preview = try await browser.post("/tasks/acts", chosen)
            #expect(preview.status == 200 && preview.text.contains("name=\"mode\"") && !preview.text.contains("⟦"))
            let refused = try await browser.post(
                "/tasks/acts",
                ["act": "pause", "take.\(accepted)": "1", "take.\(verified)": "1", "confirm": "1", "text": "Chờ"])
            #expect(refused.status == 422)
            let done = try await browser.post(
                "/tasks/acts",
                [
                    "act": "pause", "take.\(accepted)": "1", "take.\(verified)": "1", "confirm": "1", "text": "Chờ",
                    "mode": "possible",
                ])
            #expect(done.status == 200 && !done.text.contains("⟦"))
            let resumed = try await browser.post(
                "/tasks/acts",
                [
                    "act": "resume", "all": "1", "seen.\(accepted)": "2", "confirm": "1", "back": "/tasks?q=ha",
                ])
            #expect(resumed.status == 303 && resumed.location == "/tasks?q=ha")
            #expect(try await browser.post("/tasks/acts", ["act": "pause"]).status == 422)
            let foreign = try await browser.post(
                "/tasks/acts",
                ["act": "resume", "all": "1", "seen.\(accepted)": "3", "back": "https://example.vn/", "confirm": "1"])
            #expect(foreign.status == 422)
        }
    }

    /// Whatever comes of it, the way back is the list as it was filtered.
    @Test func everyWayOutLeadsBackToTheListThatItCameFrom() async throws {
        try await World.with(.sqlite) { world in
            let browser = try world.browser(as: .secretariat), tasks = try world.tasks(.science)
            let accepted = try tasks.before("progress"), verified = try tasks.before("closure")
            let list = try await browser.get("/tasks?order=title&q=khao+sat").text
            let back = "/tasks?order=title&q=khao%20sat", link = #"href="/tasks?order=title&amp;q=khao%20sat""#
            #expect(list.contains(#"name="back" value="/tasks?order=title&amp;q=khao%20sat""#))
            let outcomes: [(String, KeyValuePairs<String, String>)] = [
                ("nothing chosen", ["act": "pause", "back": back]),
                (
                    "possible for some",
                    ["act": "pause", "take.\(accepted)": "1", "take.\(verified)": "1", "back": back]
                ),
                ("possible for none", ["act": "accept", "take.\(verified)": "1", "back": back]),
                (
                    "refused",
                    [
                        "act": "pause", "take.\(accepted)": "1", "take.\(verified)": "1", "confirm": "1", "text": "Chờ",
                        "back": back,
                    ]
                ),
                (
                    "done for some",
                    [
                        "act": "pause", "take.\(accepted)": "1", "take.\(verified)": "1", "confirm": "1", "text": "Chờ",
                        "mode": "possible", "back": back,
                    ]
                ),
            ]
            for (name, fields) in outcomes {
                let page = try await browser.post("/tasks/acts", fields).text
                #expect(page.contains(link), "\(name)")
            }
        }
    }

    @Test(arguments: Engine.allCases) func programsDoTheSame(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let api = try world.api(as: .secretariat)
            let task = try world.tasks(.science).before("progress")
            let made = try await api.send(
                .post, "/api/v1/tasks/\(task)/children",
                members: [("audience", "units"), ("units", "\(try world.uid(.wardCommittee))"), ("weight", "2")],
                lists: [], ifMatch: 1)
            #expect(made.status == 201 && made.json["count"] as? Int == 1, "\(made.text)")
            let act = try #require(made.json["act"] as? String)
            let rows = try await api.get("/api/v1/tasks/acts/\(act)")
            #expect((rows.json["items"] as? [Any])?.count == 1)
            let unclear = try await api.send(
                .post, "/api/v1/tasks/\(task)/children",
                members: [("audience", "units"), ("units", "\(try world.uid(.finance))"), ("issue", "true")], lists: [],
                ifMatch: 2)
            #expect(unclear.status == 422 && unclear.text.contains("task.breakdown.error.of_unit"))
            let one = JSONValue.object([("task", .text(task.text)), ("version", .int(1))])
            let stale = try await api.send(
                .post, "/api/v1/tasks/acts", members: [("act", "pause"), ("text", "Chờ"), ("mode", "possible")],
                lists: [("tasks", .list([one]))], ifMatch: nil)
            #expect(stale.status == 200 && (stale.json["refused"] as? [Any])?.count == 1)
        }
    }
}
