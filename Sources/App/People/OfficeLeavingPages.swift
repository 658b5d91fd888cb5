import HTTPTypes
import Hummingbird
import Storage

/// Pages on which an office ends, or its holder moves: what is open is shown first, and somebody is asked for.
struct OfficeLeavingPages {
    var routes: [Route] {
        [
            .get("/offices/{office}/end", end),
            .post("/offices/{office}/end", endNow),
            .get("/offices/{office}/transfer", transfer),
            .post("/offices/{office}/transfer", for: .confirmed, transferNow),
        ]
    }

    func end(_ visit: Visit) async throws -> Answer {
        let view = try await view(visit, nil)
        return visit.html(endOfficePage(visit.page, view, Fields(raw: ["from": visit.page.day(view.day)])))
    }

    func endNow(_ visit: Visit) async throws -> Answer {
        var form = EndingForm(try visit.form())
        let view = try await view(visit, form.fields)
        do {
            let draft = try form.read()
            try await visit.database.write { tx in
                try visit.people(tx).endOffice(view.office.office.uid, draft, at: visit.now)
            }
            return visit.redirect(
                to: view.office.personHref, flash: Message("person.ended", ["title": .text(view.office.office.title)]))
        } catch {
            let values = form.fields
            return try visit.refused(error) { endOfficePage(visit.page, view, values, $0) }
        }
    }

    func transfer(_ visit: Visit) async throws -> Answer {
        let view = try await view(visit, nil)
        let values = Fields(raw: ["from": visit.page.day(view.day), "unit": view.office.unitUID.text])
        return visit.html(transferPage(visit.page, view, values, chosen: view.office.unitName))
    }

    func transferNow(_ visit: Visit) async throws -> Answer {
        var form = TransferForm(try visit.form())
        let view = try await view(visit, form.fields)
        do {
            let draft = try form.read()
            let made = try await visit.database.write { tx in
                try visit.people(tx).transfer(view.office.office.uid, draft, at: visit.now)
            }
            return visit.redirect(
                to: made.personHref, flash: Message("person.transferred", ["title": .text(made.office.title)]))
        } catch {
            let values = form.fields
            let chosen = try await visit.chosenUnit(values)
            return try visit.refused(error) { transferPage(visit.page, view, values, $0, chosen: chosen) }
        }
    }

    /// The office with what is open on the day that was typed, or from today on.
    private func view(_ visit: Visit, _ typed: Fields?) async throws -> OfficeLeavingView {
        let uid = try visit.uid("office")
        let (asked, today) = (typed.flatMap { Day(typed: $0["from"]) }, visit.today)
        let successor = typed?["successor_person"] ?? ""
        return try await visit.database.read { tx in
            let store = visit.people(tx)
            let office = try store.office(uid)
            try store.requireMayEnd(office)
            let day = asked ?? max(today, office.office.from)
            return OfficeLeavingView(
                office: office, day: day, work: try store.openWork(of: office, on: day, at: visit.now),
                successors: try store.possibleAgents(of: office),
                chosen: successor.isEmpty ? nil : try store.find(typed: successor)?.name)
        }
    }
}

/// What the pages show of an office that is about to be left.
struct OfficeLeavingView: Sendable {
    let office: OfficeRow
    let day: Day
    let work: [OfficeWorkItem]
    /// Offices held today, near by, by others.
    let successors: [OfficeRow]
    /// How the person is called who has been chosen from elsewhere.
    let chosen: String?
}
