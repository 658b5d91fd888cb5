import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// Every route, asked by everybody about records of every relation, against the table written by hand.
@Suite struct AccessTests {
    @Test func everyRouteHasItsRowsAndEveryRowItsRoute() throws {
        let table = try AccessTable()
        let routes = App.Application.routes
        let known = Set(routes.map { "\($0.method.rawValue) \($0.path)" })
        #expect(known.count == routes.count, "two routes have the same method and path")
        for route in routes {
            for role in TableRole.allCases {
                #expect(
                    table.expected(route, role, .own) != nil,
                    "no row in access.csv: \(route.method.rawValue) \(route.path) as \(role.rawValue)")
            }
        }
        for row in table.routes { #expect(known.contains(row), "access.csv has a row without a route: \(row)") }
    }

    @Test func theTableIsReadStrictly() {
        let head = "method,path,role,own,parent,sibling,child,unrelated\n"
        #expect(throws: AccessTable.Broken.self) { try AccessTable(text: head + "GET,/,anonymous,303,303,303,303\n") }
        #expect(throws: AccessTable.Broken.self) { try AccessTable(text: head + "GET,/,king,200,200,200,200,200\n") }
        #expect(throws: AccessTable.Broken.self) {
            try AccessTable(text: head + "GET,/,all,200,200,200,200,200\nGET,/,root,200,200,200,200,200\n")
        }
    }

    @Test(arguments: Engine.allCases) func everyRouteAnswersAsTheTableSays(_ engine: Engine) async throws {
        let table = try AccessTable()
        let routes = App.Application.routes
        let results = try await withThrowingTaskGroup(of: [Check].self) { group in
            let halves = [routes.indices.filter { $0 % 2 == 0 }, routes.indices.filter { $0 % 2 == 1 }]
            for half in halves {
                group.addTask { try await Self.checks(half.map { routes[$0] }, table, engine) }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        for check in results where check.status != check.expected || !check.isSound {
            Issue.record("\(check)")
        }
        let leaks = results.count { $0.isLeak }
        print(
            "access (\(engine.rawValue)): \(routes.count) routes × \(TableRole.allCases.count) roles × "
                + "\(Relation.allCases.count) relations = \(results.count) checks, \(leaks) leaks")
        #expect(leaks == 0)
        #expect(results.count == routes.count * TableRole.allCases.count * Relation.allCases.count)
    }

    /// One answer beside the expected one.
    struct Check: Sendable, CustomStringConvertible {
        let route: String
        let role: TableRole
        let relation: Relation
        let expected: Int
        let status: Int
        /// Of a redirect: where it leads.
        let location: String
        let isOpenToAll: Bool

        /// Somebody without a session is sent to the sign-in page and nowhere else.
        var isSound: Bool {
            role != .anonymous || isOpenToAll || status != 303 || location.hasPrefix("/sign-in?return=")
        }

        /// More was said or done than the table allows.
        var isLeak: Bool {
            if !isSound { return true }
            if expected == 404 { return status != 404 }
            let isDone = (200..<300).contains(status) || (status == 303 && role != .anonymous)
            let mayBeDone = (200..<300).contains(expected) || expected == 303
            return isDone && !mayBeDone
        }

        var description: String {
            "\(route) as \(role.rawValue), \(relation.rawValue): \(status) instead of \(expected)"
                + (location.isEmpty ? "" : " → \(location)")
        }
    }

    /// What is refused is asked first, of a world that nothing has changed: what an earlier act took away must not hide
    /// a leak. What is allowed follows, and where an act stands in the way of the next, that one is asked again of a
    /// fresh world.
    private static func checks(_ routes: [Route], _ table: AccessTable, _ engine: Engine) async throws -> [Check] {
        var checks: [Check] = []
        var world = try await World.make(engine)
        var isFresh = true
        func renew() async throws {
            world = try await world.renewed()
            isFresh = true
        }
        for route in routes {
            for (role, relation, isRefusal) in cells(route, table) {
                if isRefusal, !isFresh { try await renew() }
                var (check, changed) = try await check(world, route, role, relation, table)
                if check.status != check.expected, !isFresh {
                    try await renew()
                    (check, changed) = try await Self.check(world, route, role, relation, table)
                }
                if changed { isFresh = false }
                checks.append(check)
            }
        }
        await world.end()
        return checks
    }

    /// Every cell of a route's row, the refusals first.
    private static func cells(
        _ route: Route, _ table: AccessTable
    ) -> [(role: TableRole, relation: Relation, isRefusal: Bool)] {
        let all = TableRole.allCases.flatMap { role in
            Relation.allCases.map { relation in
                (role, relation, (table.expected(route, role, relation) ?? 0) >= 400 || role == .anonymous)
            }
        }
        return all.filter(\.2) + all.filter { !$0.2 }
    }

    private static func check(
        _ world: World, _ route: Route, _ role: TableRole, _ relation: Relation, _ table: AccessTable
    ) async throws -> (Check, changed: Bool) {
        let request = AccessRequest(world: world, route: route, role: role, relation: relation)
        let isPostByNobody = role == .anonymous && route.method != .get && route.audience == .everyone
        let reply = isPostByNobody ? try await request.sendWithForm() : try await request.send()
        let check = Check(
            route: "\(route.method.rawValue) \(route.path)", role: role, relation: relation,
            expected: table.expected(route, role, relation) ?? 0, status: reply.status,
            location: reply.location ?? "", isOpenToAll: route.audience == .everyone || route.audience == .unidentified)
        let mayHaveChanged = route.method != .get && reply.isDone && (role != .anonymous || isPostByNobody)
        return (check, mayHaveChanged)
    }
}

extension AccessRequest {
    /// As somebody without a session sends a form: gets the page first, for the token that it carries.
    func sendWithForm() async throws -> Reply {
        let browser = try world.browser()
        _ = try await browser.get("/sign-in")
        return try await browser.post(try path(), form: try form())
    }
}
