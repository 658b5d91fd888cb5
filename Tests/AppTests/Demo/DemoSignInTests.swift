import HTTPTypes
import Storage
import Testing

@testable import App
@testable import TestSupport

/// The first page of a demonstration says what it is; that of any other installation says nothing of the kind.
@Suite struct DemoSignInTests {
    @Test(arguments: Engine.allCases) func theFirstPageSaysAsWhomToSignIn(_ engine: Engine) async throws {
        try await DemoLoaded.with(engine, day: nil) { demo in
            let door = TestDoor(services: demo.services, extraRoutes: [])
            for language in [Language.vietnamese, .english] {
                let page = try await door.send(.get, "/sign-in", headers: [.acceptLanguage: language.rawValue])
                for key in ["demo.title", "demo.what", "demo.passwords", "demo.role.deputy", "role.secretariat"] {
                    let words = demo.services.catalogue.text(key, language).replacing("'", with: "&#39;")
                    #expect(page.text.contains(words), "\(key)")
                }
                #expect(!page.text.contains("⟦"))
                for account in demo.accounts {
                    #expect(page.text.contains("<code>\(account.signIn)</code>"), "\(account.signIn)")
                    #expect(!page.text.contains(account.password) && !page.text.contains(account.token))
                }
            }
            #expect(try await door.send(.get, "/").location == "/sign-in?return=/")
            // Whoever can sign in no more is not offered.
            try await demo.services.database.write { tx in
                try tx.run("UPDATE account SET disabled = 1 WHERE sign_in = 'giamsat'")
            }
            let page = try await door.send(.get, "/sign-in").text
            #expect(!page.contains("<code>giamsat</code>") && page.contains("<code>thanhvien</code>"))
        }
    }

    @Test(arguments: Engine.allCases) func anotherInstallationNamesNobody(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            for language in [Language.vietnamese, .english] {
                let page = try await world.door.send(.get, "/sign-in", headers: [.acceptLanguage: language.rawValue])
                #expect(page.status == 200)
                #expect(!page.text.contains(world.services.catalogue.text("demo.title", language)))
                #expect(!page.text.contains(world.signIn(.leader)) && !page.text.contains("<code>"))
            }
            #expect(try await world.services.database.read { tx in try DemoSignIns.find(tx) } == nil)
        }
    }
}
