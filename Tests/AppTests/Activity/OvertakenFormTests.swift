import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// Two people at one record: the later one sees what the other did, keeps what they typed, and can send it again.
@Suite struct OvertakenFormTests {
    /// One form of each kind of record, and several of tasks.
    static let forms = [
        "/tasks/{task}/progress", "/tasks/{task}", "/documents/{document}/facts",
        "/committees/{committee}/papers", "/requirements/{requirement}", "/gaps/{gap}", "/units/{unit}/facts",
        "/people/{person}/name",
    ]

    @Test(arguments: Engine.allCases) func whoComesLaterSeesWhatWasDoneAndSendsAgain(_ engine: Engine) async throws {
        var world = try await World.make(engine)
        for path in Self.forms {
            let race = try Race(world, path)
            let first = try await race.send(version: "999999")
            let opened = try #require(race.form(in: first), "\(path): \(first.status)")
            // Nobody was faster than a version that is still to come.
            #expect(first.status == 409 && !first.text.contains(race.said("site.form.meanwhile")), "\(path)")
            let version = try #require(opened["version"])
            #expect(try await race.send(version: version).status == 303, "\(path)")

            let late = try await race.send(version: version)
            let form = try #require(race.form(in: late), "\(path)")
            #expect(late.status == 409 && late.text.contains(race.said("site.form.meanwhile")), "\(path)")
            #expect(late.text.contains(race.said("site.form.anew")), "\(path)")
            let acts = late.text.firstMatch(of: /<ol class="timeline">(.*?)<\/ol>/)
            #expect(acts?.output.1.split(separator: "<li>").count == 1, "\(path): one version, one act")
            #expect(acts?.output.1.contains("<time datetime=\"2026-") == true, "\(path)")
            for (name, value) in race.fields where value.contains(" ") {
                #expect(form[name] == value, "\(path): \(name) is lost")
            }
            let again = try await race.send(form.fields)
            #expect(again.status == 303, "\(path): \(again.status)")
            world = try await world.renewed()
        }
        await world.end()
    }

    /// Whatever the form: with the version it comes back with, it is no more refused for its age.
    @Test func everyFormOfAVersionCanBeSentAgain() async throws {
        var world = try await World.make(.sqlite)
        var seen: Set<String> = []
        let table = try AccessTable()
        for route in App.Application.routes where route.method == .post && !route.isAPI {
            guard let race = try? Race(world, route, table) else { continue }
            try await race.changeEverything()
            let late = try await race.send(version: "1")
            if late.status == 409, let form = race.form(in: late), let version = form["version"] {
                seen.insert(route.path)
                let again = try await race.send(version: version)
                #expect(again.status == 303, "\(route.path): \(again.status)")
            }
            world = try await world.renewed()
        }
        await world.end()
        #expect(seen.isSuperset(of: Self.forms), "\(Set(Self.forms).subtracting(seen))")
        #expect(seen.count >= 40, "\(seen.count): \(seen.sorted())")
    }

    /// What was done is told as far as the viewer may know of it.
    @Test(arguments: Engine.allCases) func nobodyLearnsOfActsThatAreNotTheirs(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let uid = try world.tasks(.science).before("progress")
            let day = world.today
            for (who, count) in [(Who.focal, 1), (.nobody, 0)] {
                let viewer = try await world.viewer(who)
                let acts = try await world.services.database.read { tx in
                    let task = try TaskStore(tx: tx, viewer: .system("test"), today: day).find(uid).task
                    let since = Overtaken(subject: task.subject, seen: task.version - 1, present: task.version)
                    return try ActivityStore(tx: tx, viewer: viewer, today: day).events(since: since)
                }
                #expect(acts.count == count, "\(who)")
            }
        }
    }
}

/// One form, sent by somebody who may.
private struct Race {
    let world: World
    let path: String
    let browser: Browser
    let fields: [(String, String)]
    let isUpload: Bool

    init(_ world: World, _ path: String) throws {
        let route = App.Application.routes.first { $0.method == .post && $0.path == path }
        try self.init(world, try #require(route), try AccessTable())
    }

    /// The first role and record with which the table lets the form through.
    init(_ world: World, _ route: Route, _ table: AccessTable) throws {
        let roles: [TableRole] = [.secretariat, .leader, .administrator, .focal, .root]
        let found = roles.flatMap { role in [Relation.own, .child].map { (role, $0) } }
            .first { table.expected(route, $0.0, $0.1) == 303 }
        guard let (role, relation) = found else { throw AppError.notFound }
        let request = AccessRequest(world: world, route: route, role: role, relation: relation)
        self.world = world
        path = try request.path()
        browser = try world.browser(as: role.who)
        fields = try request.form().filter { $0.0 != "version" }
        if case .upload = route.body { isUpload = true } else { isUpload = false }
    }

    func send(version: String) async throws -> Reply { try await send(fields + [("version", version)]) }

    func send(_ fields: [(String, String)]) async throws -> Reply {
        isUpload
            ? try await browser.upload(path, fields, files: []) : try await browser.post(path, form: fields)
    }

    func form(in reply: Reply) -> SentForm? { SentForm(in: reply.text, to: path) }

    func said(_ key: String) -> String { world.services.catalogue.text(key, .vietnamese) }

    /// Somebody else was faster, whatever the form is about.
    func changeEverything() async throws {
        try await world.services.database.write { tx in
            let tables: [SQL] = [
                "unit", "person", "committee", "document", "document_requirement", "gap", "task", "saved_view",
            ]
            for table in tables { try tx.run("UPDATE \(table) SET version = version + 1") }
        }
    }
}
