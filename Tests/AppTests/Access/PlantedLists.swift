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
        return try ["/", "/account", "/tokens", "/api/v1/me", "/units/new", "/people/new"]
            + units(places) + tree(places) + people(who) + events(who) + offices(who)
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
                "/people/\(try world.person(.leader))",
            ]
    }

    private func events(_ who: Who) throws -> [String] {
        let person = try world.person(who), staff = try world.staff(.science).person
        let queries = [
            "", "?verb=created", "?verb=renamed", "?verb=dissolved", "?verb=appointed", "?verb=granted",
            "?verb=delegated",
            "?kind=unit", "?kind=person", "?kind=office", "?kind=grant", "?person=\(person)", "?person=\(staff)",
            "?from=2026-11-22&to=2026-11-22", "?verb=created&kind=unit",
        ]
        return queries.flatMap { ["/events\($0)", "/events.csv\($0)", "/api/v1/events\($0)"] }
            + ["/api/v1/events?limit=1", "/api/v1/events?limit=3&kind=unit", "/audit"]
    }

    /// Forms that offer a choice of other offices.
    private func offices(_ who: Who) throws -> [String] {
        let offices = [try world.staff(.science).office] + (who == .nobody ? [] : [try world.office(who)])
        return offices.flatMap {
            ["/offices/\($0)/delegations/new", "/offices/\($0)/grants/new", "/offices/\($0)/end"]
        }
    }
}
