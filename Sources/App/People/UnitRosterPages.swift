import HTTPTypes
import Hummingbird
import Storage

/// Who sits where in a unit, as of a day.
struct UnitRosterPages {
    var routes: [Route] {
        [
            .get("/units/{unit}/offices", index),
            .get("/units/{unit}/offices.csv", export),
        ]
    }

    func index(_ visit: Visit) async throws -> Answer {
        let asked = try UnitRosterRequest(visit)
        let (unit, roster) = try await visit.database.read { tx in
            let unit = try asked.unit(tx, visit)
            return (unit, try visit.people(tx).roster(of: unit, on: asked.day, page: asked.page))
        }
        return visit.html(unitRosterPage(visit.page, unit, roster, asked))
    }

    func export(_ visit: Visit) async throws -> Answer {
        let asked = try UnitRosterRequest(visit)
        let page = visit.page
        let text = try await visit.database.read { tx in
            try UnitRosterExport(store: visit.people(tx), page: page).csv(try asked.unit(tx, visit), on: asked.day)
        }
        return visit.csv(name: "offices-\(asked.day.text).csv", text)
    }
}

/// What a list of holders is asked for: `?on=&after=&limit=`.
struct UnitRosterRequest: Sendable {
    let uid: UID
    let askedDay: Day?
    let day: Day
    let page: PageRequest

    init(_ visit: Visit) throws(AppError) {
        uid = try visit.uid("unit")
        var query = visit.query
        askedDay = query.day("on", required: false)
        try query.problems.check()
        day = askedDay ?? visit.today
        page = try visit.listRequest(cursorParts: PersonStore.holderCursorParts)
    }

    /// The unit as it was on the day; not found also when the viewer may not know of it.
    func unit(_ tx: Transaction, _ visit: Visit) throws -> UnitRow {
        try UnitStore(tx: tx, viewer: visit.viewer, today: visit.today).find(uid, on: day)
    }
}
