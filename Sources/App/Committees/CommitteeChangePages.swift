import HTTPTypes
import Storage

/// The forms by which one committee is changed: seats, consolidation, organs, papers.
struct CommitteeChangePages {
    var routes: [Route] {
        [
            .get("/committees/{committee}/seats/new", newSeat),
            .post("/committees/{committee}/seats", addSeat),
            .get("/committees/{committee}/seats/{seat}/end", endSeat),
            .post("/committees/{committee}/seats/{seat}/end", endSeatNow),
            .get("/committees/{committee}/consolidations/new", newConsolidation),
            .post("/committees/{committee}/consolidations", consolidate),
            .get("/committees/{committee}/organs/new", newOrgan),
            .post("/committees/{committee}/organs", addOrgan),
            .get("/committees/{committee}/organs/{organ}/end", endOrgan),
            .post("/committees/{committee}/organs/{organ}/end", endOrganNow),
            .get("/committees/{committee}/papers/new", newPaper),
            .post("/committees/{committee}/papers", addPaper),
            .get("/committees/{committee}/papers/{paper}/end", endPaper),
            .post("/committees/{committee}/papers/{paper}/end", endPaperNow),
        ]
    }

    func newSeat(_ visit: Visit) async throws -> Answer {
        let row = try await visit.committee(may: \.mayKeep)
        return visit.html(newSeatPage(row, Fields(raw: visit.committeeForm(row)), [], visit.page))
    }

    func addSeat(_ visit: Visit) async throws -> Answer {
        try await visit.change(may: \.mayKeep, flash: "committee.flash.seat_added") { store, uid, form, now in
            let seen = form.seen()
            return try store.addSeat(uid, try form.seat(), seen: seen, at: now)
        } view: {
            newSeatPage($0, $1, $2, visit.page)
        }
    }

    func endSeat(_ visit: Visit) async throws -> Answer {
        let (row, seat) = try await seat(visit)
        return visit.html(endSeatPage(row, seat, Fields(raw: visit.committeeForm(row)), [], visit.page))
    }

    func endSeatNow(_ visit: Visit) async throws -> Answer {
        let (_, seat) = try await seat(visit)
        return try await visit.change(may: \.mayKeep, flash: "committee.flash.seat_ended") { store, uid, form, now in
            let seen = form.seen()
            return try store.endSeat(uid, seat: seat.seat.uid, try form.end(), seen: seen, at: now)
        } view: {
            endSeatPage($0, seat, $1, $2, visit.page)
        }
    }

    func newConsolidation(_ visit: Visit) async throws -> Answer {
        let row = try await visit.committee(may: \.mayConsolidate)
        let day = visit.today
        let seats = try await visit.committees { try $0.seats(of: row, on: day).filter { $0.seat.isHeld(on: day) } }
        var raw = visit.committeeForm(row)
        for seat in seats { raw["seat.\(seat.seat.uid)"] = "stays" }
        let form = ConsolidationView(row: row, seats: seats, plan: nil)
        return visit.html(consolidationPage(form, Fields(raw: raw), [], visit.page))
    }

    /// `preview` shows both lists and stores nothing, `more` adds empty lines; otherwise it is done.
    func consolidate(_ visit: Visit) async throws -> Answer {
        let row = try await visit.committee(may: \.mayConsolidate)
        let typed = try visit.form()
        let day = typed.dayOrNil("from") ?? visit.today
        let seats = try await visit.committees { try $0.seats(of: row, on: day).filter { $0.seat.isHeld(on: day) } }
        let form = ConsolidationView(row: row, seats: seats, plan: nil)
        if !typed["more"].isEmpty { return visit.html(consolidationPage(form.longer(typed), typed, [], visit.page)) }
        if !typed["preview"].isEmpty { return try await preview(visit, form, typed) }
        return try await visit.change(may: \.mayConsolidate, flash: "committee.flash.consolidated") {
            store, uid, form, now in
            let seen = form.seen()
            return try store.consolidate(uid, try form.consolidation(), seen: seen, at: now)
        } view: {
            consolidationPage(ConsolidationView(row: $0, seats: seats, plan: nil), $1, $2, visit.page)
        }
    }

    private func preview(_ visit: Visit, _ form: ConsolidationView, _ typed: Fields) async throws -> Answer {
        do {
            let plan = try await visit.committees { store in
                var reading = CommitteeForm(typed, store: store)
                return try store.plan(form.row, try reading.consolidation())
            }
            let shown = ConsolidationView(row: form.row, seats: form.seats, plan: plan)
            return visit.html(consolidationPage(shown, typed, [], visit.page))
        } catch {
            return try visit.refused(error) { consolidationPage(form, typed, $0, visit.page) }
        }
    }

    func newOrgan(_ visit: Visit) async throws -> Answer {
        let row = try await visit.committee(may: \.mayKeep)
        var raw = visit.committeeForm(row)
        raw["kind"] = visit.query["kind"]
        return visit.html(newOrganPage(row, Fields(raw: raw), [], chosen: [:], visit.page))
    }

    func addOrgan(_ visit: Visit) async throws -> Answer {
        _ = try await visit.committee(may: \.mayKeep)
        let chosen = try await visit.chosenUnits(try visit.form(), ["unit"])
        return try await visit.change(may: \.mayKeep, flash: "committee.flash.organ_added") { store, uid, form, now in
            let seen = form.seen()
            return try store.addOrgan(uid, try form.organ(), seen: seen, at: now)
        } view: {
            newOrganPage($0, $1, $2, chosen: chosen, visit.page)
        }
    }

    func endOrgan(_ visit: Visit) async throws -> Answer {
        let (row, organ) = try await organ(visit)
        return visit.html(endOrganPage(row, organ, Fields(raw: visit.committeeForm(row)), [], visit.page))
    }

    func endOrganNow(_ visit: Visit) async throws -> Answer {
        let (_, organ) = try await organ(visit)
        return try await visit.change(may: \.mayKeep, flash: "committee.flash.organ_ended") { store, uid, form, now in
            let seen = form.seen()
            return try store.endOrgan(uid, organ: organ.organ.uid, try form.end(), seen: seen, at: now)
        } view: {
            endOrganPage($0, organ, $1, $2, visit.page)
        }
    }

    func newPaper(_ visit: Visit) async throws -> Answer {
        let row = try await visit.committee(may: \.mayKeep)
        var raw = visit.committeeForm(row)
        raw["item"] = visit.query["item"]
        return visit.html(newPaperPage(row, Fields(raw: raw), [], visit.page))
    }

    func addPaper(_ visit: Visit) async throws -> Answer {
        try await visit.change(may: \.mayKeep, flash: "committee.flash.paper_added") { store, uid, form, now in
            let seen = form.seen()
            return try store.addPaper(uid, try form.paper(), seen: seen, at: now)
        } view: {
            newPaperPage($0, $1, $2, visit.page)
        }
    }

    func endPaper(_ visit: Visit) async throws -> Answer {
        let (row, paper) = try await paper(visit)
        return visit.html(endPaperPage(row, paper, Fields(raw: visit.committeeForm(row)), [], visit.page))
    }

    func endPaperNow(_ visit: Visit) async throws -> Answer {
        let (_, paper) = try await paper(visit)
        return try await visit.change(may: \.mayKeep, flash: "committee.flash.paper_ended") { store, uid, form, now in
            let seen = form.seen()
            return try store.endPaper(uid, paper: paper.uid, try form.end(), seen: seen, at: now)
        } view: {
            endPaperPage($0, paper, $1, $2, visit.page)
        }
    }

    private func seat(_ visit: Visit) async throws -> (CommitteeRow, SeatRow) {
        let (committee, seat) = (try visit.uid("committee"), try visit.uid("seat"))
        return try await visit.committees { store in
            let row = try store.find(committee, may: \.mayKeep)
            return (row, try store.seat(seat, of: row))
        }
    }

    private func organ(_ visit: Visit) async throws -> (CommitteeRow, OrganRow) {
        let (committee, organ) = (try visit.uid("committee"), try visit.uid("organ"))
        return try await visit.committees { store in
            let row = try store.find(committee, may: \.mayKeep)
            return (row, try store.organ(organ, of: row))
        }
    }

    private func paper(_ visit: Visit) async throws -> (CommitteeRow, CommitteePaper) {
        let (committee, paper) = (try visit.uid("committee"), try visit.uid("paper"))
        return try await visit.committees { store in
            let row = try store.find(committee, may: \.mayKeep)
            return (row, try store.paper(paper, of: row))
        }
    }
}

extension Visit {
    /// The committee of the path, if the viewer may do this to it.
    func committee(may ability: any KeyPath<CommitteeAbilities, Bool> & Sendable) async throws -> CommitteeRow {
        let uid = try uid("committee")
        return try await committees { try $0.find(uid, may: ability) }
    }

    /// What every form of a change begins with: the day of today and the version that it is made from.
    func committeeForm(_ row: CommitteeRow) -> [String: String] {
        ["from": page.day(row.day(today)), "version": String(row.committee.version)]
    }

    /// One change: done and said, or refused with everything as it was typed.
    func change(
        may ability: any KeyPath<CommitteeAbilities, Bool> & Sendable, flash: String, to path: String = "",
        _ body: @escaping @Sendable (CommitteeStore, UID, inout CommitteeForm, Instant) throws -> CommitteeRow,
        view: (CommitteeRow, Fields, [Problem]) -> HTML
    ) async throws -> Answer {
        let row = try await committee(may: ability)
        let typed = try form()
        do {
            let changed = try await changeCommittees { store, now in
                var form = CommitteeForm(typed, store: store)
                return try body(store, row.uid, &form, now)
            }
            return redirect(to: row.href + path, flash: Message(flash, ["name": .text(changed.name)]))
        } catch {
            return try await refused(error, typed) { view(row, $0, $1) }
        }
    }
}

extension Fields {
    /// A day without a problem when it is none: for what is shown beside the field itself.
    func dayOrNil(_ name: String) -> Day? { Day(typed: self[name]) }
}
