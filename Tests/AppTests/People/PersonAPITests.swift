import App
import HTTPTypes
import Storage
import TestSupport
import Testing

@Suite struct PersonAPITests {
    @Test(arguments: Engine.allCases)
    func theListHasTheFormOfEveryListAndPages(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let api = try world.api(as: .administrator)
            let first = try await api.get("/api/v1/people?limit=2").json
            let total = try #require(first["total"] as? Int)
            #expect(first["total_is_floor"] as? Bool == false)
            var names: [String] = []
            var path: String? = "/api/v1/people?limit=2"
            while let at = path {
                let page = try await api.get(at).json
                names += (page["items"] as? [[String: Any]] ?? []).compactMap { $0["uid"] as? String }
                path = (page["next"] as? String).map { "/api/v1/people?limit=2&after=\($0)" }
            }
            #expect(names.count == total)
            #expect(Set(names).count == total)
            #expect(try await api.get("/api/v1/people?limit=0").status == 422)
            #expect(try await api.get("/api/v1/people?after=zz").status == 422)
        }
    }

    @Test(arguments: Engine.allCases)
    func aPersonPlantedOutsideTheScopeChangesNoByteOfAnyList(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let paths = [
                "/api/v1/people", "/api/v1/people?q=duynhat", "/api/v1/people?limit=1", "/people.csv", "/people",
            ]
            func answers() async throws -> [String] {
                var all: [String] = []
                for path in paths {
                    let reply =
                        path.hasPrefix("/api")
                        ? try await world.api(as: .administrator).get(path)
                        : try await world.browser(as: .administrator).get(path)
                    all.append(reply.text)
                }
                return all
            }
            let before = try await answers()
            let unit = try world.uid(.otherCentre)
            let planted = try await world.api(as: .root).send(
                .post, "/api/v1/people",
                json: ["name": "Duynhat", "unit": unit.text, "title": "Thư ký", "from": "2026-01-01"])
            #expect(planted.status == 201)
            #expect(try await answers() == before)
            let location = try #require(planted.location)
            #expect(try await world.api(as: .administrator).get(location).status == 404)
            #expect(try await world.api(as: .root).get(location).status == 200)
        }
    }

    @Test(arguments: Engine.allCases)
    func appointingGrantingAndRenamingGoThroughTheSameRules(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let api = try world.api(as: .administrator)
            let created = try await api.send(
                .post, "/api/v1/people",
                json: ["name": "Mai", "unit": world.uid(.science).text, "title": "Chuyên viên", "from": "2026-09-01"])
            #expect(created.status == 201)
            let path = try #require(created.location)
            let appointed = try await api.send(
                .post, "\(path)/offices",
                json: [
                    "unit": world.uid(.finance).text, "title": "Tổ trưởng", "from": "2026-10-01", "to": "2027-01-01",
                ])
            #expect(appointed.status == 201)
            let office = try #require(appointed.json["uid"] as? String)
            let grants = "/api/v1/offices/\(office)/grants"
            let given = try await api.send(
                .post, grants,
                json: [
                    "role": "focal", "hierarchy": "territory", "unit": world.uid(.finance).text, "ceiling": "internal",
                    "from": "2026-11-22",
                ])
            #expect(given.status == 201)
            #expect(given.json["to"] as? String == "2027-01-01")
            let more = try await api.send(
                .post, grants,
                json: [
                    "role": "focal", "hierarchy": "territory", "unit": world.uid(.finance).text,
                    "ceiling": "restricted", "from": "2026-11-22",
                ])
            #expect(more.status == 403)
            let unknown = try await api.send(.post, grants, json: ["role": "focal", "colour": "red"])
            #expect(unknown.status == 422)
            #expect(try await api.send(.patch, path, json: ["name": "Mai Hoa"]).status == 428)
            #expect(try await api.send(.patch, path, json: ["name": "Mai Hoa"], ifMatch: 7).status == 412)
            let renamed = try await api.send(.patch, path, json: ["name": "Mai Hoa"], ifMatch: 1)
            #expect(renamed.status == 200)
            #expect(renamed.header("ETag") == "\"v2\"")
            let whole = try await api.get(path).json
            #expect(whole["name"] as? String == "Mai Hoa")
            #expect((whole["offices"] as? [[String: Any]])?.count == 2)
        }
    }

    @Test(arguments: Engine.allCases)
    func meIsWhoeverHoldsTheToken(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let me = try await world.api(as: .member).get("/api/v1/me")
            #expect(me.status == 200)
            let member = try world.person(.member).text
            #expect(me.json["uid"] as? String == member)
            #expect(try await world.api(as: nil).get("/api/v1/me").status == 401)
            #expect(try await world.api(as: .member).send(.post, "/api/v1/people", json: ["name": "A"]).status == 403)
        }
    }

    @Test(arguments: Engine.allCases)
    func anAccountIsShownDisabledAndEnabledByWhoeverMayManageIt(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let api = try world.api(as: .administrator), person = try world.staff(.science).person
            let path = "/api/v1/people/\(person)/account"
            let account = try await api.get(path)
            #expect(
                (account.json["sign_in"] as? String)?.isEmpty == false && account.json["disabled"] as? Bool == false)
            let disabled = try await api.send(.post, path + "/disablement")
            #expect(disabled.status == 200 && disabled.json["disabled"] as? Bool == true)
            #expect(try await api.get(path).json["disabled"] as? Bool == true)
            #expect(try await api.send(.post, path + "/enablement").json["disabled"] as? Bool == false)
            #expect(try await api.send(.post, path + "/unlocking").status == 200)
            #expect(try await world.api(as: .secretariat).get(path).status == 403)
            let own = "/api/v1/people/\(try world.person(.administrator))/account/disablement"
            #expect([403, 409].contains(try await api.send(.post, own).status), "nobody disables themselves")
        }
    }
}
