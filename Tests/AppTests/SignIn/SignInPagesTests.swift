import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

@Suite struct SignInPagesTests {
    @Test(arguments: Engine.allCases) func signingInLeadsBackToWhereOneWantedToGo(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let browser = SignInBrowser(world)
            let refused = try await browser.get("/account?x=1")
            #expect(refused.status == 303)
            #expect(refused.location == "/sign-in?return=/account%3Fx%3D1")
            let done = try await browser.signIn("an.nguyen", to: "/account?x=1")
            #expect(done.status == 303)
            #expect(done.location == "/account?x=1")
            let account = try await browser.get("/account")
            #expect(account.status == 200)
            #expect(account.text.contains("Chủ tịch"))
            #expect(!account.text.contains("⟦"))
        }
    }

    @Test(arguments: ["//evil.example", "https://evil.example", "/\\evil.example"])
    func nobodyIsSentElsewhere(_ back: String) async throws {
        try await SignInWorld.with(.sqlite) { world in
            let done = try await SignInBrowser(world).signIn("binh", to: back)
            #expect(done.location == "/")
        }
    }

    @Test func aRefusedFormKeepsTheNameAndNeverThePassword() async throws {
        try await SignInWorld.with(.sqlite) { world in
            let browser = SignInBrowser(world)
            let page = try await browser.signIn("binh", "sai-mật-khẩu<x>", to: "/units")
            #expect(page.status == 422)
            #expect(page.text.contains("value=\"binh\""))
            #expect(!page.text.contains("sai-mật-khẩu"))
            #expect(page.text.contains("name=\"return\" value=\"/units\""))
            #expect(page.text.contains(world.services.catalogue.text("signin.refused", .vietnamese)))
            #expect(browser.cookies["resolute"] == nil)
            let unknown = try await SignInBrowser(world).signIn("khong.co", "sai-mật-khẩu<x>", to: "/units")
            #expect(unknown.status == 422)
            func same(_ page: SignInBrowser.Page, _ name: String) -> String {
                page.text.replacing(name, with: "NAME").replacing(page.hidden("csrf") ?? "-", with: "TOKEN")
            }
            #expect(same(unknown, "khong.co") == same(page, "binh"))
        }
    }

    @Test func theBlockIsToldWithItsWait() async throws {
        try await SignInWorld.with(.sqlite) { world in
            let browser = SignInBrowser(world)
            for _ in 0..<10 { #expect(try await browser.signIn("binh", "sai").status == 422) }
            let page = try await browser.signIn("binh")
            #expect(page.status == 429)
            #expect(page.headers[.retryAfter].flatMap { Int($0) }.map { (60...61).contains($0) } == true)
            #expect(page.text.contains("sau 1 phút"))
            #expect(page.text.contains("value=\"binh\""))
        }
    }

    @Test func aFormFromElsewhereIsRefused() async throws {
        try await SignInWorld.with(.sqlite) { world in
            let fields = ["sign_in": "binh", "password": SignInWorld.password]
            let browser = SignInBrowser(world)
            #expect(try await browser.post("/sign-in", fields).status == 403, "no token, no cookie")
            let form = try await browser.get("/sign-in")
            #expect(try await browser.post("/sign-in", fields).status == 403, "no token")
            let other = try await SignInBrowser(world).get("/sign-in")
            #expect(try await browser.post("/sign-in", fields, from: other).status == 403, "another browser's token")
            let site = try #require(HTTPField.Name("Sec-Fetch-Site"))
            for headers in [
                HTTPFields([HTTPField(name: site, value: "cross-site")]), [.origin: "https://evil.example"],
            ] {
                #expect(try await browser.post("/sign-in", fields, from: form, headers: headers).status == 403)
            }
            #expect(try await browser.post("/sign-in", fields, from: form).status == 303)
        }
    }

    @Test func signingOutEndsTheSessionOnTheServer() async throws {
        try await SignInWorld.with(.sqlite) { world in
            let browser = SignInBrowser(world)
            try await browser.signIn("binh")
            let kept = browser.cookies["resolute"]
            let out = try await browser.post("/sign-out", [:], from: try await browser.get("/account"))
            #expect(out.location == "/sign-in")
            #expect(browser.cookies["resolute"] == nil)
            browser.plant("resolute", kept)
            #expect(try await browser.get("/account").status == 303)
        }
    }

    @Test func aSensitiveActAsksForThePasswordAgain() async throws {
        try await SignInWorld.with(.sqlite) { world in
            let browser = SignInBrowser(world)
            try await browser.signIn("binh")
            #expect(try await browser.get("/tokens/new").status == 200, "just signed in")
            world.clock.advance(world.configuration.limits.confirmation)
            let asked = try await browser.get("/tokens/new")
            #expect(asked.location == "/confirmation?return=/tokens/new")
            let form = try await browser.get(try #require(asked.location))
            #expect(form.text.contains(world.services.catalogue.text("signin.confirm.why", .vietnamese)))
            let old = browser.cookies["resolute"]
            let wrong = try await browser.post(
                "/confirmation", ["password": "sai", "return": "/tokens/new"], from: form)
            #expect(wrong.status == 422)
            let done = try await browser.post(
                "/confirmation", ["password": SignInWorld.password, "return": "/tokens/new"], from: form)
            #expect(done.location == "/tokens/new")
            #expect(browser.cookies["resolute"] != old)
            #expect(try await browser.get("/tokens/new").status == 200)
        }
    }

    @Test func theLanguageIsChosenBeforeAndAfterSigningIn() async throws {
        try await SignInWorld.with(.sqlite) { world in
            let browser = SignInBrowser(world)
            let form = try await browser.get("/sign-in")
            #expect(form.text.contains("Đăng nhập"))
            let chosen = try await browser.post("/language", ["language": "en", "return": "/sign-in"], from: form)
            #expect(chosen.location == "/sign-in")
            #expect(try await browser.get("/sign-in").text.contains("Sign in"))
            try await browser.signIn("binh")
            let account = try await browser.get("/account")
            _ = try await browser.post("/language", ["language": "vi", "return": "//evil"], from: account)
            browser.plant("resolute-language", "en")
            #expect(
                try await browser.get("/account").text.contains("Phiên đăng nhập"), "the account's choice comes first")
            let wrong = try await browser.post("/language", ["language": "xx"], from: account)
            #expect(wrong.status == 422)
        }
    }
}

@Suite struct AccountPagesTests {
    @Test(arguments: Engine.allCases) func theOfficeAndTheDelegationInUseAreChosen(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let delegation = try await world.delegate(from: "2026-11-10", to: "2026-11-20")
            let browser = SignInBrowser(world)
            try await browser.signIn("binh")
            let account = try await browser.get("/account")
            #expect(account.text.contains("KT. Chủ tịch"))
            let chosen = try await browser.post(
                "/office", ["office": delegation.text, "return": "/account"], from: account)
            #expect(chosen.status == 303)
            let after = try await browser.get("/account")
            #expect(after.text.contains("class=\"badge accent\">KT. Chủ tịch"))
            for wrong in ["", "x", "01932d3e-8a4b-7c7a-9e0f-4d5c6b7a8990"] {
                #expect(try await browser.post("/office", ["office": wrong], from: account).status == 404)
            }
        }
    }

    @Test(arguments: Engine.allCases) func anotherSessionIsEndedFromTheList(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let (here, there) = (SignInBrowser(world), SignInBrowser(world, address: "198.51.100.7"))
            try await there.signIn("binh")
            world.clock.advance(.seconds(5))
            try await here.signIn("binh")
            let account = try await here.get("/account")
            #expect(account.text.contains("198.51.100.7"))
            let path = try #require(account.text.firstMatch(of: /\/account\/sessions\/[^\/"]+\/end/)?.output)
            let stranger = SignInBrowser(world)
            try await stranger.signIn("an.nguyen")
            let page = try await stranger.get("/account")
            #expect(try await stranger.post(String(path), [:], from: page).status == 404, "somebody else's session")
            #expect(try await here.post(String(path), [:], from: account).location == "/account")
            #expect(try await there.get("/account").status == 303)
            #expect(try await here.get("/account").status == 200)
        }
    }

    @Test func aNewPasswordIsCheckedAndTakesEffect() async throws {
        try await SignInWorld.with(.sqlite) { world in
            let browser = SignInBrowser(world)
            try await browser.signIn("binh")
            let form = try await browser.get("/account/password")
            func change(_ password: String, _ again: String) async throws -> SignInBrowser.Page {
                try await browser.post("/account/password", ["password": password, "again": again], from: form)
            }
            #expect(try await change("ngắn", "ngắn").status == 422)
            #expect(try await change("gió mùa đông bắc", "gió mùa đông nam").status == 422)
            #expect(try await change("gió mùa của binh", "gió mùa của binh").text.contains("Mật khẩu không được chứa"))
            #expect(try await change("gió mùa đông bắc", "gió mùa đông bắc").location == "/account")
            #expect(try await browser.get("/account").status == 200)
            #expect(try await SignInBrowser(world).signIn("binh").status == 422)
            #expect(try await SignInBrowser(world).signIn("binh", "gió mùa đông bắc").status == 303)
        }
    }
}

@Suite struct TokenPagesTests {
    @Test(arguments: Engine.allCases) func aTokenIsShownOnceAndRevoked(_ engine: Engine) async throws {
        try await SignInWorld.with(engine) { world in
            let browser = SignInBrowser(world)
            try await browser.signIn("binh")
            #expect(try await browser.get("/tokens").text.contains("Chưa có mã truy cập nào"))
            let form = try await browser.get("/tokens/new")
            let refused = try await browser.post(
                "/tokens", ["name": "Đồng bộ", "scope": "all", "days": "367"], from: form)
            #expect(refused.status == 422)
            #expect(refused.text.contains("value=\"Đồng bộ\""))
            let fields = ["name": "Đồng bộ", "scope": "write", "days": "30"]
            let shown = try await browser.post("/tokens", fields, from: form)
            #expect(shown.status == 201)
            #expect(shown.headers[.cacheControl] == "no-store")
            let text = try #require(shown.text.firstMatch(of: /rsl_[A-Za-z0-9_-]{43}/)?.output)
            let list = try await browser.get("/tokens")
            #expect(list.text.contains("Đồng bộ"))
            #expect(!list.text.contains("rsl_"))
            let path = try #require(list.text.firstMatch(of: /\/tokens\/[^\/"]+\/revocation/)?.output)
            #expect(try await browser.post(String(path), [:], from: list).location == "/tokens")
            #expect(try await browser.get("/tokens").text.contains("Đã thu hồi"))
            let outcome = await world.outcome {
                _ = try await world.authentication.identify(
                    cookie: nil, authorization: "Bearer \(text)", now: world.clock.now)
            }
            #expect(outcome == .unauthenticated)
        }
    }

    @Test func aTokenOpensNoPages() async throws {
        try await SignInWorld.with(.sqlite) { world in
            let draft = try TokenDraft(name: "n", scope: .write, days: 2)
            let (_, text) = try await AccountDesk(world.services).issueToken(signIn: "root", draft)
            let page = try await SignInBrowser(world).get("/account", headers: [.authorization: "Bearer \(text)"])
            #expect(page.status == 403)
        }
    }
}
