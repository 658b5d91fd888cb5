import HTTPTypes
import Storage

/// What is done to requirements and to the duties under them, for people.
struct RequirementPages {
    var routes: [Route] {
        [
            .get("/documents/{document}/requirements/new", new),
            .post("/documents/{document}/requirements", require),
            .get("/requirements/{requirement}", show),
            .get("/requirements/{requirement}/history", history),
            .get("/requirements/{requirement}/edit", edit),
            .post("/requirements/{requirement}", change),
            .get("/requirements/{requirement}/withdrawal/new", newWithdrawal),
            .post("/requirements/{requirement}/withdrawal", withdraw),
            .get("/requirements/{requirement}/units/new", newUnits),
            .post("/requirements/{requirement}/units", address),
            .get("/requirements/{requirement}/units/{unit}", duty),
            .post("/requirements/{requirement}/units/{unit}/decisions", decide),
        ]
    }

    func new(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document")
        let document = try await visit.coverage { store in
            try store.requireMayRequireSomewhere(of: uid)
            return try store.documents.find(uid)
        }
        let fields = Fields(raw: visit.query.raw.merging(["audience": "communes"]) { own, _ in own })
        return visit.html(newRequirement(document, fields, [], chosen: try await chosen(fields, visit), visit.page))
    }

    func require(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("document")
        let typed = try visit.form()
        do {
            let made = try await visit.changeCoverage { store, now in
                try store.requireMayRequireSomewhere(of: uid)
                var form = RequirementForm(typed, store: store)
                return try store.require(try form.draft(of: uid), at: now)
            }
            return visit.redirect(
                to: "/documents/\(uid)/coverage",
                flash: Message("coverage.flash.required", ["type": .key(made.requirement.type.nameKey)]))
        } catch {
            guard error is AppError else { throw error }
            let document = try await visit.documents { try $0.find(uid) }
            let chosen = try await chosen(typed, visit)
            return try visit.refused(error) { newRequirement(document, typed, $0, chosen: chosen, visit.page) }
        }
    }

    func show(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("requirement")
        let (detail, events) = try await visit.coverage { store in
            let detail = try store.detail(uid)
            return (detail, try store.history(of: detail.row, page: PageRequest(after: nil, limit: 20)))
        }
        return visit.html(requirementPage(detail, events, visit.page))
    }

    func history(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("requirement")
        let request = try visit.listRequest(cursorParts: 1)
        let (detail, events) = try await visit.coverage { store in
            let detail = try store.detail(uid)
            return (detail, try store.history(of: detail.row, page: request))
        }
        return visit.html(requirementHistory(detail, events, visit.page))
    }

    func edit(_ visit: Visit) async throws -> Answer {
        let detail = try await kept(visit)
        let old = detail.row.requirement
        let fields = Fields(raw: [
            "title": old.title, "paragraph": old.paragraph, "due_on": visit.page.day(old.due),
            "version": String(old.version),
        ])
        return visit.html(editRequirement(detail, fields, [], visit.page))
    }

    func change(_ visit: Visit) async throws -> Answer {
        try await act(visit, "coverage.flash.changed") { store, row, form, seen, now in
            try store.change(row.uid, try form.change(of: row), seen: seen, at: now)
        } view: {
            editRequirement($0, $1, $2, visit.page)
        }
    }

    func newWithdrawal(_ visit: Visit) async throws -> Answer {
        let detail = try await kept(visit)
        let fields = Fields(raw: ["version": String(detail.row.requirement.version)])
        return visit.html(withdrawRequirement(detail, fields, [], visit.page))
    }

    func withdraw(_ visit: Visit) async throws -> Answer {
        try await act(visit, "coverage.flash.withdrawn") { store, row, form, seen, now in
            try store.withdraw(row.uid, reason: try form.reason(), seen: seen, at: now)
        } view: {
            withdrawRequirement($0, $1, $2, visit.page)
        }
    }

    func newUnits(_ visit: Visit) async throws -> Answer {
        let detail = try await kept(visit)
        let fields = Fields(raw: ["audience": "units", "version": String(detail.row.requirement.version)])
        return visit.html(addressRequirement(detail, fields, [], chosen: [:], visit.page))
    }

    func address(_ visit: Visit) async throws -> Answer {
        let chosen = try await chosen(try visit.form(), visit)
        return try await act(visit, "coverage.flash.addressed") { store, row, form, seen, now in
            try store.address(row.uid, to: try form.audience(), seen: seen, at: now).row
        } view: {
            addressRequirement($0, $1, $2, chosen: chosen, visit.page)
        }
    }

    // MARK: - One unit

    func duty(_ visit: Visit) async throws -> Answer {
        let detail = try await dutyDetail(visit)
        let fields = Fields(raw: ["version": String(detail.requirement.row.requirement.version)])
        return visit.html(dutyPage(detail, fields, [], visit.page))
    }

    func decide(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("requirement"), unit = try visit.uid("unit")
        let typed = try visit.form()
        let detail = try await dutyDetail(visit)
        do {
            let decision = try await visit.changeCoverage { store, now in
                _ = try store.findKeptDuty(uid, unit)
                var form = RequirementForm(typed, store: store)
                let seen = form.seen()
                let decision = try form.decision()
                _ = try store.decide(uid, unit, decision, seen: seen, at: now)
                return decision
            }
            let back = decision.isRelease ? "/requirements/\(uid)" : "/requirements/\(uid)/units/\(unit)"
            return visit.redirect(
                to: back, flash: Message("duty.flash.\(decision.name.rawValue)", ["name": .text(detail.unit.name)]))
        } catch {
            return try await visit.refused(error, typed) { dutyPage(detail, $0, $1, visit.page) }
        }
    }

    private func dutyDetail(_ visit: Visit) async throws -> DutyDetail {
        let uid = try visit.uid("requirement"), unit = try visit.uid("unit")
        return try await visit.coverage { try $0.dutyDetail(uid, unit) }
    }

    // MARK: - What the acts share

    private func kept(_ visit: Visit) async throws -> RequirementDetail {
        let uid = try visit.uid("requirement")
        return try await visit.coverage { store in
            _ = try store.findKept(uid)
            return try store.detail(uid)
        }
    }

    /// One change: done and said, or refused with everything as it was typed.
    private func act(
        _ visit: Visit, _ flash: String,
        _ body:
            @escaping @Sendable (CoverageStore, RequirementRow, inout RequirementForm, Int?, Instant) throws ->
            RequirementRow,
        view: (RequirementDetail, Fields, [Problem]) -> HTML
    ) async throws -> Answer {
        let typed = try visit.form()
        let detail = try await kept(visit)
        let uid = detail.row.uid
        do {
            let changed = try await visit.changeCoverage { store, now in
                let row = try store.findKept(uid)
                var form = RequirementForm(typed, store: store)
                let seen = form.seen()
                return try body(store, row, &form, seen, now)
            }
            return visit.redirect(
                to: "/documents/\(detail.document.uid)/coverage",
                flash: Message(flash, ["type": .key(changed.requirement.type.nameKey)]))
        } catch {
            return try await visit.refused(error, typed) { view(detail, $0, $1) }
        }
    }

    /// How people call the units that a form's fields name, so that it comes back with names and not with uids.
    private func chosen(_ typed: Fields, _ visit: Visit) async throws -> [String: String] {
        let named = ["owner", "base"].filter { !typed[$0].isEmpty }
        guard !named.isEmpty else { return [:] }
        return try await visit.coverage { store in
            var names: [String: String] = [:]
            for field in named { names[field] = try store.units.find(typed: typed[field])?.name }
            return names
        }
    }
}
