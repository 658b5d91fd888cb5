import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// The pages and the API, through the door.
@Suite struct CoveragePagesTests {
    @Test(arguments: Engine.allCases) func aRequirementIsMadeChangedAndDecidedWithoutScripts(_ engine: Engine)
        async throws
    {
        try await CoverageWorld.with(engine) { world in
            let browser = try world.world.browser(as: .secretariat)
            let matrix = "/documents/\(world.resolution.uid)/coverage"
            let empty = try await browser.get(matrix)
            #expect(empty.status == 200 && empty.text.contains("Chưa có yêu cầu ban hành văn bản"))
            let form = "/documents/\(world.resolution.uid)/requirements"
            #expect(try await browser.get(form + "/new").status == 200)
            let refused = try await browser.post(
                form,
                [
                    "type": "plan", "due_on": "31/02/2026", "audience": "units",
                    "units": "Phường Pleiku\nPhường Không Có",
                ])
            #expect(refused.status == 422)
            #expect(
                refused.text.contains("31/02/2026") && refused.text.contains("Phường Không Có"), "nothing typed is lost"
            )
            #expect(refused.text.contains("Dòng 2"))
            let made = try await browser.post(
                form,
                [
                    "type": "plan", "due_on": "01/12/2026", "audience": "communes", "base": "Tỉnh Gia Lai",
                    "title": "của phường", "paragraph": "III.2",
                ])
            #expect(made.location == matrix)
            let page = try await browser.get(matrix)
            for words in [
                "Phường Quy Nhơn", "Kế hoạch: của phường", "hạn 01/12/2026", "Chưa đến hạn",
                "Sở Khoa học và Công nghệ Gia Lai",
            ] {
                #expect(page.text.contains(words), "\(words)")
            }
            let row = try #require(try await world.matrix().requirements.first)
            let duty = "\(row.href)/units/\(try world.world.uid(.quyNhon))"
            #expect(try await browser.get(duty).status == 200)
            let half = try await browser.post(
                duty + "/decisions", ["decision": "fulfil", "reason": "x", "version": "1"])
            #expect(half.status == 422)
            let done = try await browser.post(
                duty + "/decisions", ["decision": "waive", "reason": "Đã có", "version": "1"])
            #expect(done.location == duty)
            let stale = try await browser.post(
                duty + "/decisions", ["decision": "unwaive", "reason": "x", "version": "1"])
            #expect(stale.status == 409)
            let history = try await browser.get("\(row.href)/history")
            #expect(history.text.contains("Miễn ban hành"))
            let csv = try await browser.get(matrix + ".csv?state=waived")
            #expect(csv.text.contains("Phường Quy Nhơn,Phường,Kế hoạch,của phường,2026-12-01,Được miễn,,"))
            #expect(try await browser.get(matrix + "/map").text.contains("Được miễn"))
            #expect(try await browser.get("/coverage").text.contains("05/NQ-UBND"))
            #expect(
                try await browser.get("/units/\(try world.world.uid(.pleiku))/requirements").text.contains("05/NQ-UBND")
            )
        }
    }

    @Test(arguments: Engine.allCases) func aPageOfManyUnitsStaysLight(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            let (today, now, province) = (world.today, world.now, try world.world.uid(.giaLai))
            try await world.world.database.write { tx in
                for number in 1...133 {
                    var draft = UnitDraft(
                        kind: .commune, name: "Xã Số \(number)", parent: province, from: today, secrecy: .public)
                    draft.place = OrgUnit.Place(
                        latitude: Int64(13_000_000 + number * 9_000), longitude: Int64(108_000_000 + number * 5_000))
                    _ = try UnitStore(tx: tx, viewer: .system("test"), today: today).create(draft, at: now)
                }
            }
            for type in [DocumentType.plan, .decision, .report] { _ = try await world.require(type) }
            try await world.issuePlan()
            let browser = try world.world.browser(as: .secretariat)
            for path in ["", "/map", "?limit=200", "/reminder"] {
                let page = try await browser.get("/documents/\(world.resolution.uid)/coverage\(path)")
                #expect(page.status == 200)
                let limit = path == "?limit=200" ? 200_000 : 100_000
                #expect(page.text.utf8.count <= limit, "\(path): \(page.text.utf8.count)")
            }
            #expect(try await world.matrix().units.total == 135)
        }
    }

    @Test(arguments: Engine.allCases) func programsDoTheSame(_ engine: Engine) async throws {
        try await CoverageWorld.with(engine) { world in
            let api = try world.world.api(as: .secretariat), uid = world.resolution.uid
            let path = "/api/v1/documents/\(uid)/requirements"
            let made = try await api.send(
                .post, path,
                json: [
                    "type": "plan", "due_on": "2026-12-01", "audience": "communes",
                    "base": try world.world.uid(.giaLai).text,
                ])
            #expect(made.status == 201, "\(made.text)")
            let location = try #require(made.location)
            let matrix = try await api.get("/api/v1/documents/\(uid)/coverage?sort=name").json
            let first = (matrix["items"] as? [[String: Any]])?.first
            #expect(first?["unit_name"] as? String == "Phường Pleiku")
            let duties = first?["duties"] as? [[String: Any]]
            #expect(duties?.first?["status"] as? String == "due")
            let duty = "\(location)/units/\(try world.world.uid(.pleiku))"
            let without = try await api.send(.post, duty + "/decisions", json: ["decision": "waive", "reason": "x"])
            #expect(without.status == 428)
            let decided = try await api.send(
                .post, duty + "/decisions", json: ["decision": "waive", "reason": "x"], ifMatch: 1)
            #expect(decided.status == 200 && decided.header("ETag") == "\"v2\"")
            #expect(try await api.get(duty).json["waiver_reason"] as? String == "x")
            let list = try await api.get(path).json
            let counts = ((list["items"] as? [[String: Any]])?.first?["counts"] as? [String: Any])
            #expect(counts?["waived"] as? Int == 1 && counts?["all"] as? Int == 2)
            let unit = try await api.get("/api/v1/units/\(try world.world.uid(.quyNhon))/requirements").json
            #expect(
                (unit["items"] as? [[String: Any]])?.contains { $0["document_name"] as? String == "05/NQ-UBND" } == true
            )
            let strange = try await api.send(
                .post, path, json: ["type": "plan", "due_on": "2026-12-01", "audience": "communes", "colour": "red"])
            #expect(strange.status == 422)
        }
    }
}
