import HTTPTypes
import Storage

/// Portfolios and rules for programs.
struct PortfolioAPI {
    var routes: [Route] {
        [
            Route(.get, "/api/v1/committees/{committee}/portfolio", operation: PortfolioBodies.show, show),
            Route(.post, "/api/v1/committees/{committee}/assignments", operation: PortfolioBodies.assign, assign),
            Route(.post, "/api/v1/committees/{committee}/fields", operation: PortfolioBodies.addField, addField),
            Route(.get, "/api/v1/committees/{committee}/rules", operation: PortfolioBodies.rules, rules),
            Route(.post, "/api/v1/committees/{committee}/rules", operation: PortfolioBodies.setRules, setRules),
        ]
    }

    func show(_ visit: Visit) async throws -> Answer {
        let (uid, asked) = try subject(visit)
        let today = visit.today
        let (coverage, version) = try await visit.committees { store in
            let row = try store.find(uid, on: asked)
            let coverage = try PortfolioStore(store).coverage(of: row, on: row.day(asked ?? today))
            return (coverage, row.committee.version)
        }
        return visit.json(coverage, version: version)
    }

    func assign(_ visit: Visit) async throws -> Answer { try await visit.committeeAct(.assign) }

    func addField(_ visit: Visit) async throws -> Answer { try await visit.committeeAct(.addField) }

    func rules(_ visit: Visit) async throws -> Answer {
        let (uid, asked) = try subject(visit)
        let today = visit.today
        let (rules, version) = try await visit.committees { store in
            let row = try store.find(uid, on: asked)
            return (try store.rules(of: row, on: row.day(asked ?? today)), row.committee.version)
        }
        return visit.json(rules, version: version)
    }

    func setRules(_ visit: Visit) async throws -> Answer { try await visit.committeeAct(.setRules) }

    private func subject(_ visit: Visit) throws -> (UID, Day?) {
        let uid = try visit.uid("committee")
        var query = visit.query
        let day = query.day("on", required: false)
        try query.problems.check()
        return (uid, day)
    }
}
