import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

@Suite struct InvitationPagesTests {
    private static let password = "gió mùa đông bắc"

    private func link(in text: String) throws -> String {
        let found = try #require(
            text.firstMatch(of: /http:\/\/127\.0\.0\.1:8080(\/invitation\?key=rsi_[A-Za-z0-9_-]{43})/))
        return String(found.output.1)
    }

    @Test(arguments: Engine.allCases)
    func aLinkIsShownOnceAndOpensAnAccount(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let administrator = try world.browser(as: .administrator)
            _ = try await administrator.get("/people/new")
            let made = try await administrator.post(
                "/people",
                ["name": "Mai Mới", "unit": world.uid(.science).text, "title": "Chuyên viên", "from": "1/9/2026"])
            let person = try #require(made.location)
            #expect(try await administrator.get(person).text.contains("\(person)/invitations/new"))
            let form = try await administrator.get("\(person)/invitations/new")
            #expect(form.text.contains("value=\"7\"") && !form.text.contains("⟦"))
            let wrong = try await administrator.post("\(person)/invitations", ["days": "31"])
            #expect(wrong.status == 422 && wrong.text.contains("value=\"31\""))
            let shown = try await administrator.post("\(person)/invitations", ["days": "3"])
            #expect(shown.status == 201)
            #expect(shown.header("Cache-Control") == "no-store")
            let path = try link(in: shown.text)
            let page = try await administrator.get(person)
            #expect(page.text.contains("/revocation") && !page.text.contains("rsi_"))

            let guest = try world.browser()
            let accept = try await guest.get(path)
            #expect(accept.status == 200)
            #expect(accept.header("Cache-Control") == "no-store")
            #expect(accept.text.contains("Mai Mới") && !accept.text.contains("⟦"))
            let key = String(path.split(separator: "=")[1])
            func send(_ name: String, _ password: String, _ again: String) async throws -> Reply {
                try await guest.post(
                    "/invitation", ["key": key, "sign_in": name, "password": password, "again": again])
            }
            let short = try await send("mai.moi", "quá-cụt", "khác")
            #expect(short.status == 422)
            #expect(short.text.contains("value=\"mai.moi\"") && !short.text.contains("quá-cụt"))
            #expect(try await send("a b", Self.password, Self.password).status == 422)
            let done = try await send("mai.moi", Self.password, Self.password)
            #expect(done.location == "/sign-in")
            #expect(try await guest.get("/sign-in").text.contains("Đã tạo tài khoản cho Mai Mới"))
            let entered = try await guest.post("/sign-in", ["sign_in": "mai.moi", "password": Self.password])
            #expect(entered.status == 303)
            #expect(try await guest.get(path).status == 404)
        }
    }

    @Test(arguments: Engine.allCases)
    func everyDeadLinkAnswersAlike(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let staff = try world.staff(.science)
            let administrator = try world.browser(as: .administrator)
            let taken = try await administrator.post("/invitations/\(staff.invitation)/revocation")
            #expect(taken.location == "/people/\(staff.person)")
            let guest = try world.browser()
            var texts: Set<String> = []
            for key in [
                staff.key, "", "xyzxyzxyz", "rsi_" + String(repeating: "A", count: 43),
                String(repeating: "z", count: 900),
            ] {
                let reply = try await guest.get("/invitation?key=\(key)")
                #expect(reply.status == 404)
                texts.insert(
                    reply.text.replacing(key.isEmpty ? "∅" : key, with: "").replacing(reply.csrf ?? "∅", with: ""))
                let sent = try await guest.post(
                    "/invitation", ["key": key, "password": Self.password, "again": Self.password])
                #expect(sent.status == 404)
            }
            #expect(texts.count == 1)
        }
    }

    @Test(arguments: Engine.allCases)
    func usingALinkLeavesTheSessionThatTheBrowserHad(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let staff = try world.staff(.science)
            let administrator = try world.browser(as: .administrator)
            _ = try await administrator.get("/invitation?key=\(staff.key)")
            let done = try await administrator.post(
                "/invitation", ["key": staff.key, "password": Self.password, "again": Self.password])
            #expect(done.location == "/sign-in")
            #expect(try await administrator.get("/account").status == 303, "signed out")
        }
    }

    @Test func theApiHandsOutALinkThatIsNotRemembered() async throws {
        try await World.with(.sqlite) { world in
            let staff = try world.staff(.science)
            let api = try world.api(as: .administrator)
            let path = "/api/v1/people/\(staff.person)/invitations"
            let name = try #require(HTTPField.Name("Idempotency-Key"))
            let first = try await api.send(.post, path, json: ["days": "2"], headers: [name: "k"])
            #expect(first.status == 201 && first.json["purpose"] as? String == "reset")
            let second = try await api.send(.post, path, json: ["days": "2"], headers: [name: "k"])
            #expect(second.json["link"] as? String != first.json["link"] as? String)
            let list = try await api.get(path).json
            let links = (list["items"] as? [[String: Any]])?.compactMap { $0["link"] as? String }
            #expect(links == [])
            let kept = try await world.database.read { tx in
                try tx.all("SELECT body FROM idempotency").map { try $0.text(0) }
            }
            #expect(!kept.contains { $0.contains("rsi_") })
            #expect(try await api.send(.post, path, json: ["days": "0"]).status == 422)
        }
    }
}
