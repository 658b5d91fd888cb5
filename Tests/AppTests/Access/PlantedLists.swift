import Foundation
import TestSupport

@testable import App

/// Every page and answer that lists, counts, suggests, searches, exports or remembers: where a leak would show.
struct PlantedLists {
    let world: World
    /// A beginning of it finds everything that is planted.
    let word: String

    /// What anybody who has signed in may ask for.
    func paths(for who: Who) throws -> [String] {
        let places = try [Place.vietnam, .giaLai, .tayNinh, .quyNhon, .tanBien, .science].map { try world.uid($0).text }
        return try [
            "/", "/account", "/account/data", "/tokens", "/api/v1/me", "/notices", "/api/v1/notices", "/units/new",
            "/people/new",
        ]
            + units(places) + tree(places) + people(who) + events(who) + offices(who) + documents()
            + committees(places) + coverage(places) + searches() + taskFiles()
    }

    private func units(_ places: [String]) throws -> [String] {
        var queries = [
            "", "q=\(word)", "q=\(word.prefix(3))", "q=\(word.lowercased())&state=all", "q=s", "state=all",
            "state=ended",
            "level=body", "level=commune", "kind=department", "kind=department&sort=level", "kind=peoples-committee",
            "sort=from&desc=1", "sort=level", "on=2026-01-01", "on=2027-01-01", "state=all&on=2026-11-23",
        ]
        for place in places {
            queries += [
                "parent=\(place)", "parent=\(place)&deep=1", "parent=\(place)&deep=1&hierarchy=state&state=all",
            ]
        }
        let lists = queries.flatMap { query in
            ["/units", "/units.csv", "/api/v1/units"].map { query.isEmpty ? $0 : "\($0)?\(query)" }
        }
        // Short pages: where the next one begins, and how many there are, must not tell either.
        let short = [
            "limit=1", "limit=2", "limit=1&q=\(word.prefix(2))", "limit=3&level=body", "limit=3&sort=from&desc=1",
        ]
        return lists + short.map { "/api/v1/units?\($0)" }
            + places.flatMap { place in
                [
                    "/units/\(place)", "/units/\(place)/history", "/units/\(place)?on=2026-01-01",
                    "/api/v1/units/\(place)",
                    "/api/v1/units/\(place)/history", "/api/v1/units/\(place)/history?limit=1",
                    "/units/\(place)/offices", "/units/\(place)/offices?on=2026-01-01", "/units/\(place)/offices.csv",
                    "/api/v1/units/\(place)/offices?limit=1", "/api/v1/units/\(place)/vacancies",
                ]
            }
    }

    private func tree(_ places: [String]) -> [String] {
        ["/units/map"]
            + Hierarchy.allCases.flatMap { hierarchy in
                ["/units/tree?hierarchy=\(hierarchy.rawValue)"]
                    + places.map { "/units/tree?hierarchy=\(hierarchy.rawValue)&open=\($0)" }
            }
    }

    private func people(_ who: Who) throws -> [String] {
        let queries = ["", "?q=\(word)", "?q=\(word.prefix(2))", "?q=can+bo", "?sort=-name"]
        return queries.flatMap { ["/people\($0)", "/people.csv\($0)", "/api/v1/people\($0)"] }
            + ["/api/v1/people?limit=1", "/api/v1/people?limit=2&sort=-name", "/people/\(try world.person(who))"]
            + [
                "/people/\(try world.staff(.science).person)", "/api/v1/people/\(try world.staff(.science).person)",
                "/people/\(try world.person(.leader))", "/people/\(try world.staff(.science).person)/history",
                "/api/v1/people/\(try world.staff(.science).person)/history?limit=1",
            ]
    }

    private func events(_ who: Who) throws -> [String] {
        let person = try world.person(who), staff = try world.staff(.science).person
        let queries = [
            "", "?verb=created", "?verb=renamed", "?verb=dissolved", "?verb=appointed", "?verb=granted",
            "?verb=delegated",
            "?verb=consolidated", "?verb=assigned", "?kind=committee", "?kind=unit", "?kind=person", "?kind=office",
            "?kind=grant", "?person=\(person)", "?person=\(staff)",
            "?from=2026-11-22&to=2026-11-22", "?verb=created&kind=unit",
        ]
        return queries.flatMap { ["/events\($0)", "/events.csv\($0)", "/api/v1/events\($0)"] }
            + ["/api/v1/events?limit=1", "/api/v1/events?limit=3&kind=unit", "/audit"]
    }

    private func coverage(_ places: [String]) throws -> [String] {
        let own = try world.documents(.science).issued, requirement = try world.requirement(.science)
        let imported = try world.tasks(.science).imported?.text ?? ""
        let queries = [
            "", "state=missing", "state=done", "state=waived", "state=late", "sort=name&desc=1", "q=\(word)", "q=so",
            "requirement=\(requirement)", "below=\(try world.uid(.giaLai))",
        ]
        let matrices = queries.flatMap { query in
            ["/documents/\(own)/coverage", "/documents/\(own)/coverage.csv", "/api/v1/documents/\(own)/coverage"]
                .map { query.isEmpty ? $0 : "\($0)?\(query)" }
        }
        let gapQueries = ["", "?state=all", "?state=late", "?state=dropped", "?q=\(word)", "?q=quy+che"]
        return ["/coverage", "/api/v1/coverage", "/api/v1/coverage?limit=1"] + matrices
            + [
                "/documents/\(own)/coverage/map", "/documents/\(own)/coverage/reminder",
                "/documents/\(own)/coverage/reminder.txt", "/documents/\(own)/requirements/new",
                "/api/v1/documents/\(own)/requirements", "/api/v1/documents/\(own)/coverage?limit=1",
                "/requirements/\(requirement)", "/requirements/\(requirement)/history",
                "/api/v1/requirements/\(requirement)", "/api/v1/requirements/\(requirement)/history",
                "/events?kind=requirement", "/events?kind=gap", "/gaps/\(try world.gap(.science))",
                "/api/v1/gaps?limit=1", "/gaps?owner=\(try world.uid(.science))",
            ]
            + (try roadmaps(own))
            + (try taskQueries(own)).flatMap { ["/tasks\($0)", "/tasks.csv\($0)", "/api/v1/tasks\($0)"] }
            + [
                "/tasks/\(try world.tasks(.science).before("progress"))", "/api/v1/tasks?limit=1", "/events?kind=task",
                "/tasks/views", "/api/v1/tasks/views",
            ]
            + ["/tasks/imports/\(imported)", "/api/v1/tasks/imports/\(imported)"]
            + ["/today", "/api/v1/today", "/leader?unit=\(try world.uid(.giaLai))"]
            + ["/leader/acts?unit=\(try world.uid(.giaLai))", "/api/v1/leader/acts?unit=\(try world.uid(.vietnam))"]
            + ["/api/v1/leader?unit=\(try world.uid(.science))", "/api/v1/leader?unit=\(try world.uid(.vietnam))"]
            + (try world.tasks(.science).bulk.map { ["/tasks/acts/\($0)", "/api/v1/tasks/acts/\($0)"] } ?? [])
            + (try ["", "/performer", "/leader", "/files/new"].map {
                "/tasks/\(try world.tasks(.science).reassignable?.text ?? "")\($0)"
            })
            + ["/api/v1/tasks/\(try world.tasks(.science).before("progress"))/files"]
            + gapQueries.flatMap { ["/gaps\($0)", "/gaps.csv\($0)", "/api/v1/gaps\($0)"] }
            + places.flatMap { ["/units/\($0)/requirements?state=all", "/api/v1/units/\($0)/requirements"] }
    }

    /// Lists of tasks as workbooks, of people, and what hangs on a task.
    private func taskFiles() throws -> [String] {
        let (staff, tasks) = (try world.staff(.science), try world.tasks(.science))
        let document = try world.documents(.science).issued
        let people = [staff.person, try world.staff(.wardCommittee).person]
        let open = try tasks.before("progress")
        let known = [tasks.extended, tasks.reassignable, open].compactMap(\.self)
        let past = known.flatMap { task in
            ["extensions", "assignments", "history"].map { "/api/v1/tasks/\(task)/\($0)" }
        }
        return ["", "?q=\(word)", "?document=\(document)", "?which=closed"].map { "/tasks.xlsx\($0)" }
            + people.flatMap { person in
                ["/tasks", "/tasks.csv", "/api/v1/tasks", "/tasks/roadmap"].map { "\($0)?person=\(person)" }
            } + past + ["/offices/\(staff.office)/handover", "/offices/\(staff.deputyOffice)/handover"]
    }

    private func roadmaps(_ document: UID) throws -> [String] {
        [
            "", "?scale=year", "?group=unit", "?group=document&scale=year", "?unit=\(try world.uid(.giaLai))",
            "?document=\(document)", "?schedule=overdue", "?schedule=undated", "?which=closed", "?q=\(word)",
        ].map { "/tasks/roadmap\($0)" }
    }

    private func searches() throws -> [String] {
        let own = try world.documents(.science).issued
        let queries = [
            "", "q=\(word)", "q=\(word)+khao+sat", "q=khao+sat", "q=van+ban", "q=ke+hoach", "q=\(word)&reach=all",
            "q=\(word)&kind=task", "q=\(word)&kind=task&limit=3", "q=\(word)&kind=document&order=relevance",
            "q=57&order=relevance",
            "q=\(word)&status=task.draft", "q=\(word)&year=2026", "q=khao+sat&reach=all&order=relevance",
            "q=\(word)&unit=\(try world.uid(.science))", "q=\(own)",
        ]
        return queries.flatMap { query in
            ["/search", "/api/v1/search"].map { query.isEmpty ? $0 : "\($0)?\(query)" }
        } + ["/api/v1/search?q=van&limit=1", "/api/v1/search?q=khao&limit=1&order=relevance"]
    }

    private func taskQueries(_ document: UID) throws -> [String] {
        [
            "", "?which=draft", "?which=closed", "?q=\(word)", "?tag=\(word)", "?order=title",
            "?order=updated", "?which=closed&order=updated", "?which=draft&order=updated", "?schedule=overdue",
            "?schedule=week", "?schedule=undated", "?schedule=due_soon", "?schedule=likely_late",
            "?schedule=done_in_time", "?schedule=done_late", "?schedule=likely_late&order=title",
            "?parent=\(try world.tasks(.science).before("progress"))",
            "?state=issued", "?mine=1", "?waiting=1", "?unit=\(try world.uid(.giaLai))&led=1",
            "?unit=\(try world.uid(.giaLai))&below=state", "?unit=\(try world.uid(.giaLai))&led=1&below=alone",
            "?document=\(document)", "?unit=\(try world.uid(.giaLai))",
            "?unit=\(try world.uid(.science))&order=title", "?unit=\(try world.uid(.vietnam))",
        ]
    }

    private func documents() throws -> [String] {
        let own = try world.documents(.science), issuer = try world.uid(.science)
        let queries = [
            "", "q=\(word)", "q=\(word.prefix(2))", "q=ke+hoach+\(word)", "q=05", "q=05%2Fqd-skhcn", "q=05-KH/BCDTW",
            "q=5/2026", "q=57/2024", "q=\(word)&files=1",
            "q=van&files=1", "type=plan", "type=decision&sort=title",
            "state=draft", "state=issued",
            "state=withdrawn", "year=2026", "year=2025&type=decision", "issuer=\(issuer)",
            "issuer=\(issuer)&sort=title&desc=1", "sort=title", "desc=0", "under=\(own.basis)",
            "under=\(own.basis)&q=van+ban", "basis=\(own.basis)", "basis=\(own.basis)&through=plan",
        ]
        let lists = queries.flatMap { query in
            ["/documents", "/documents.csv", "/api/v1/documents"].map { query.isEmpty ? $0 : "\($0)?\(query)" }
        }
        let short = ["limit=1", "limit=2&sort=title", "limit=1&q=van", "limit=1&state=draft"]
        return lists + short.map { "/api/v1/documents?\($0)" }
            + [own.basis, own.issued, own.draft].flatMap { document in
                ["", "/history", "/cascade"].flatMap {
                    ["/documents/\(document)\($0)", "/api/v1/documents/\(document)\($0)"]
                }
            }
            + [
                "/documents/\(own.issued)/paragraphs/III.2", "/documents/new", "/documents/registrations/new",
                "/documents/new?implements=\(own.issued)&issuer=\(issuer)", "/events?kind=document",
                "/documents/\(own.issued)/recipients", "/api/v1/documents/\(own.issued)/recipients?limit=1",
                "/documents/\(own.issued)/text", "/api/v1/documents/\(own.issued)/files",
                "/documents/\(own.issued)/files/new",
                "/documents/\(own.draft)/opinions/new?unit=\(issuer)",
                "/documents/\(own.issued)/readers/new?unit=\(issuer)",
            ]
    }

    private func committees(_ places: [String]) throws -> [String] {
        var queries = ["", "q=\(word)", "q=\(word.prefix(3))", "q=ban+chi+dao", "state=all", "level=commune"]
        queries += ["programme=nghi+quyet+so+57+nq+tw", "programme=\(word.lowercased())+57", "on=2026-01-01"]
        queries += places.map { "unit=\($0)" }
        let lists = queries.flatMap { query in
            ["/committees", "/committees.csv", "/api/v1/committees"].map { query.isEmpty ? $0 : "\($0)?\(query)" }
        }
        let asked =
            ["", "programme=\(word)+57", "state=none", "state=complete"]
            + places.flatMap { ["unit=\($0)", "unit=\($0)&level=commune&on=2026-01-01"] }
        let compliance = asked.flatMap { query in
            ["/committees/compliance", "/committees/compliance.csv", "/api/v1/committees/compliance"].map {
                query.isEmpty ? $0 : "\($0)?\(query)"
            }
        }
        let known = [Place.steering, .provinceSteering, .otherSteering, .wardSteering]
        let pages = try known.map { "committees/\(try world.committee($0).committee)" }.flatMap { path in
            [
                "/\(path)", "/\(path)?on=2026-12-20", "/\(path)/history", "/\(path)/portfolio", "/\(path)/rules",
                "/\(path)/consolidations/new", "/\(path)/assignments/new", "/api/v1/\(path)",
                "/api/v1/\(path)/history", "/api/v1/\(path)/portfolio",
            ]
        }
        return lists + compliance + pages + ["/committees/new", "/api/v1/committees?limit=1"]
    }

    /// Forms that offer a choice of other offices.
    private func offices(_ who: Who) throws -> [String] {
        let offices = [try world.staff(.science).office] + (who == .nobody ? [] : [try world.office(who)])
        return offices.flatMap {
            [
                "/offices/\($0)/delegations/new", "/offices/\($0)/grants/new", "/offices/\($0)/end",
                "/offices/\($0)/transfer", "/api/v1/offices/\($0)/delegations", "/api/v1/offices/\($0)/work",
            ]
        }
    }
}
