import HTTPTypes
import Storage

/// Who is in charge of what in a committee, and the rules that its regulation lays down.
struct PortfolioPages {
    var routes: [Route] {
        [
            .get("/committees/{committee}/portfolio", show),
            .get("/committees/{committee}/assignments/new", newAssignment),
            .post("/committees/{committee}/assignments", assign),
            .get("/committees/{committee}/fields/new", newField),
            .post("/committees/{committee}/fields", addField),
            .get("/committees/{committee}/rules", rules),
            .get("/committees/{committee}/rules/new", newRules),
            .post("/committees/{committee}/rules", setRules),
        ]
    }

    func show(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("committee")
        var query = visit.query
        let asked = query.day("on", required: false)
        let state = query.choice("state", of: PortfolioCoverage.State.self, required: false)
        try query.problems.check()
        let today = visit.today
        let view = try await visit.committees { store in
            let row = try store.find(uid, on: asked)
            let day = row.day(asked ?? today)
            return PortfolioView(
                row: row, day: day, asked: asked, state: state,
                coverage: try PortfolioStore(store).coverage(of: row, on: day),
                mayKeep: try store.abilities(row).mayKeep)
        }
        return visit.html(portfolioPage(view, visit.page))
    }

    /// Without a member it asks for one first, since the form shows what that member is in charge of already.
    func newAssignment(_ visit: Visit) async throws -> Answer {
        let row = try await visit.committee(may: \.mayKeep)
        var query = visit.query
        let asked = query.uid("seat", required: false)
        try query.problems.check()
        let coverage = try await coverage(visit, row)
        guard let member = coverage.members.first(where: { $0.seat.uid == asked }) else {
            return visit.html(chooseMemberPage(row, coverage.members, visit.page))
        }
        var raw = visit.committeeForm(row)
        raw["seat"] = member.seat.uid.text
        for field in coverage.fields(of: member.seat.id) { raw["field.\(field.uid)"] = "1" }
        for locality in coverage.localities(of: member.seat.id) { raw["locality.\(locality.unit.uid)"] = "1" }
        for task in coverage.tasks(of: member.seat.id) { raw["task.\(task.uid)"] = "1" }
        raw["reference"] = coverage.notices(of: member.seat.id).last
        return visit.html(assignmentPage(row, member, coverage, Fields(raw: raw), [], visit.page))
    }

    func assign(_ visit: Visit) async throws -> Answer {
        let row = try await visit.committee(may: \.mayKeep)
        let typed = try visit.form()
        let coverage = try await coverage(visit, row)
        let member = coverage.members.first { $0.seat.uid.text == typed["seat"] }
        let chosen = try await chosenTask(visit, typed)
        return try await visit.change(may: \.mayKeep, flash: "portfolio.flash.assigned", to: "/portfolio") {
            store, uid, form, now in
            let seen = form.seen()
            return try PortfolioStore(store).assign(uid, try form.assignment(), seen: seen, at: now)
        } view: { row, typed, problems in
            member.map { assignmentPage(row, $0, coverage, typed, problems, chosen: chosen, visit.page) }
                ?? chooseMemberPage(row, coverage.members, visit.page)
        }
    }

    func newField(_ visit: Visit) async throws -> Answer {
        let row = try await visit.committee(may: \.mayKeep)
        return visit.html(newFieldPage(row, Fields(raw: visit.committeeForm(row)), [], visit.page))
    }

    func addField(_ visit: Visit) async throws -> Answer {
        try await visit.change(may: \.mayKeep, flash: "portfolio.flash.field_added", to: "/portfolio") {
            store, uid, form, now in
            let seen = form.seen()
            return try PortfolioStore(store).addField(uid, try form.field(), seen: seen, at: now)
        } view: {
            newFieldPage($0, $1, $2, visit.page)
        }
    }

    func rules(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("committee")
        let today = visit.today
        let view = try await visit.committees { store in
            let row = try store.find(uid)
            let day = row.day(today)
            return RulesView(
                row: row, now: try store.rules(of: row, on: day), all: try store.regulations(of: row),
                organs: try store.organs(of: row), day: day, mayKeep: try store.abilities(row).mayKeep)
        }
        return visit.html(rulesPage(view, visit.page))
    }

    func newRules(_ visit: Visit) async throws -> Answer {
        let row = try await visit.committee(may: \.mayKeep)
        let today = visit.today
        let now = try await visit.committees { try $0.rules(of: row, on: row.day(today)) }
        var raw = visit.committeeForm(row).merging(RulesView.fields(now.rules)) { $1 }
        // Of a regulation that is recorded without what it lays down, this is told under the name and day that it has.
        if now.isStandard, let known = now.regulation {
            (raw["reference"], raw["from"]) = (known.reference, visit.page.day(known.from))
        }
        let hasAgency = try await hasAgency(visit, row)
        return visit.html(newRulesPage(row, Fields(raw: raw), [], hasAgency: hasAgency, visit.page))
    }

    func setRules(_ visit: Visit) async throws -> Answer {
        let hasAgency = try await hasAgency(visit, visit.committee(may: \.mayKeep))
        return try await visit.change(may: \.mayKeep, flash: "portfolio.flash.rules_set", to: "/rules") {
            store, uid, form, now in
            let seen = form.seen()
            return try store.setRules(uid, try form.rules(), seen: seen, at: now)
        } view: {
            newRulesPage($0, $1, $2, hasAgency: hasAgency, visit.page)
        }
    }

    private func hasAgency(_ visit: Visit, _ row: CommitteeRow) async throws -> Bool {
        let day = row.day(visit.today)
        return try await visit.committees { try $0.organs(of: row).hasStandingAgency(on: day) }
    }

    /// How people call the task that was chosen, so that the form comes back with its title and not with a uid.
    private func chosenTask(_ visit: Visit, _ typed: Fields) async throws -> String? {
        guard let uid = UID(parsing: typed["task"]) else { return nil }
        return try await visit.committees { store in
            let tasks = TaskStore(tx: store.tx, viewer: store.viewer, today: store.today)
            return try ifKnown(tasks.find(uid).task.title)
        }
    }

    private func coverage(_ visit: Visit, _ row: CommitteeRow) async throws -> PortfolioCoverage {
        let today = visit.today
        return try await visit.committees { try PortfolioStore($0).coverage(of: row, on: row.day(today)) }
    }
}
