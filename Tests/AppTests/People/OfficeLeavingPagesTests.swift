import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

@Suite struct OfficeLeavingPagesTests {
    @Test(arguments: Engine.allCases)
    func theEndShowsWhatIsOpenAndComesBackFilled(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let staff = try world.staff(.science)
            let administrator = try world.browser(as: .administrator)
            let form = try await administrator.get("/offices/\(staff.office)/end")
            #expect(form.text.contains("Đầu mối: Sở Khoa học và Công nghệ Gia Lai"))
            #expect(form.text.contains("Phó science"))
            #expect(form.text.contains("value=\"\(staff.deputyOffice)\""), "the deputy may take over")
            #expect(!form.text.contains("⟦"))
            let path = "/offices/\(staff.office)/end"
            let bare = try await administrator.post(path, ["from": "22/11/2026", "decision": "12/QĐ giữ lại"])
            #expect(bare.status == 422)
            #expect(bare.text.contains("12/QĐ giữ lại"))
            #expect(bare.text.contains("Chức vụ còn 10 việc đang mở"))
            let two = try await administrator.post(
                path, ["from": "22/11/2026", "successor": staff.deputyOffice.text, "reason": "x"])
            #expect(two.status == 422)
            let nobody = try await administrator.post(
                path, ["from": "22/11/2026", "successor_person": "Không Có Ai Tên Này"])
            #expect(nobody.status == 422 && nobody.text.contains("Không Có Ai Tên Này"))
            // The deputy answers for most of these tasks.
            let both = try await administrator.post(
                path, ["from": "22/11/2026", "successor": staff.deputyOffice.text])
            #expect(both.status == 422 && both.text.contains("Khảo sát hạ tầng đang làm"))
            let done = try await administrator.post(
                path, ["from": "22/11/2026", "successor": staff.deputyOffice.text, "leave_rest": "1"])
            #expect(done.status == 303)
            let deputy = try await administrator.get("/units/\(world.uid(.science))/offices")
            #expect(!deputy.text.contains("Cán bộ science"))
            let history = try await administrator.get(done.location ?? "")
            #expect(history.text.contains("Phó science, Phó trưởng phòng science"))
        }
    }

    @Test(arguments: Engine.allCases)
    func somebodyIsMovedWithASuccessorByName(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let staff = try world.staff(.science)
            let administrator = try world.browser(as: .administrator)
            let form = try await administrator.get("/offices/\(staff.office)/transfer")
            #expect(form.status == 200 && !form.text.contains("⟦"))
            let path = "/offices/\(staff.office)/transfer"
            let bare = try await administrator.post(
                path, ["unit": world.uid(.finance).text, "title": "Giám đốc", "from": "1/12/2026", "reason": "x"])
            #expect(bare.status == 422, "a move needs its decision")
            #expect(bare.text.contains("value=\"Giám đốc\""))
            let done = try await administrator.post(
                path,
                [
                    "unit": world.uid(.finance).text, "title": "Giám đốc", "from": "1/12/2026",
                    "decision": "40/QĐ-UBND", "successor_person": "cuu can bo science",
                ])
            #expect(done.status == 303)
            let page = try await administrator.get(done.location ?? "")
            #expect(page.text.contains("Giám đốc") && page.text.contains("40/QĐ-UBND"))
            let former = try await administrator.get("/people/\(staff.former)")
            #expect(former.text.contains("Trưởng phòng science"))
            #expect(former.text.contains("Đầu mối: Sở Khoa học và Công nghệ Gia Lai"))
        }
    }

    @Test(arguments: Engine.allCases)
    func theApiEndsMovesAndTellsWhatIsOpen(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let staff = try world.staff(.wardCommittee)
            let api = try world.api(as: .administrator)
            let work = try await api.get("/api/v1/offices/\(staff.office)/work").json
            let kinds = (work["items"] as? [[String: Any]])?.compactMap { $0["kind"] as? String }
            #expect(kinds == ["grant", "delegation-from"] + Array(repeating: "task", count: 7) + ["seat"])
            let bare = try await api.send(.post, "/api/v1/offices/\(staff.office)/end", json: ["from": "2026-12-01"])
            #expect(bare.status == 422)
            let path = "/api/v1/offices/\(staff.office)/transfer", science = try world.uid(.science).text
            let whole = try await api.send(
                .post, path,
                json: [
                    "unit": science, "title": "Chuyên viên", "from": "2026-12-01", "decision": "5/QĐ",
                    "successor": "along",
                ])
            #expect(whole.status == 422 && whole.text.contains("leave_rest"), "tasks stay in the unit that leads them")
            let moved = try await api.send(
                .post, path,
                json: [
                    "unit": science, "title": "Chuyên viên", "from": "2026-12-01", "decision": "5/QĐ",
                    "successor": "along", "leave_rest": "true",
                ])
            #expect(moved.status == 201)
            let office = try #require(moved.json["uid"] as? String)
            let ended = try await api.send(
                .post, "/api/v1/offices/\(office)/end", json: ["from": "2027-01-01", "reason": "Nghỉ hưu"])
            #expect(ended.status == 200 && ended.json["to"] as? String == "2027-01-01")
            let given = try await api.send(
                .post, "/api/v1/offices/\(staff.deputyOffice)/delegations",
                json: [
                    "agent": world.staff(.science).office.text, "capacity": "TUQ", "authority": "3/GUQ",
                    "from": "2026-11-22",
                ])
            #expect(given.status == 201)
            let delegation = try #require(given.json["uid"] as? String)
            let over = try await api.send(.post, "/api/v1/delegations/\(delegation)/revocation", json: [:])
            #expect(over.status == 200 && over.json["to"] as? String == "2026-11-22")
            let taken = "/api/v1/grants/\(staff.grant)/revocation"
            #expect(try await api.send(.post, taken, json: [:]).json["to"] as? String == "2026-11-22")
            #expect(try await api.send(.post, taken, json: [:]).status == 409)
        }
    }
}
