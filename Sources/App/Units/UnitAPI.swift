import HTTPTypes
import Storage

/// The registry of units for programs.
struct UnitAPI {
    var routes: [Route] {
        [
            Route(.get, "/api/v1/units", operation: UnitBodies.list, index),
            Route(.post, "/api/v1/units", operation: UnitBodies.create, create),
            Route(.get, "/api/v1/units/{unit}", operation: UnitBodies.show, show),
            Route(.get, "/api/v1/units/{unit}/history", operation: UnitBodies.history, history),
            Route(.post, "/api/v1/units/{unit}/names", operation: UnitBodies.rename, rename),
            Route(.post, "/api/v1/units/{unit}/parents", operation: UnitBodies.move, move),
            Route(.post, "/api/v1/units/{unit}/dissolution", operation: UnitBodies.dissolve, dissolve),
            Route(.put, "/api/v1/units/{unit}/facts", operation: UnitBodies.describe, describe),
        ]
    }

    func index(_ visit: Visit) async throws -> Answer {
        let asked = try UnitListRequest(visit)
        let page = try await visit.read { try $0.list(asked.filter, on: asked.day, page: asked.page) }
        let day = asked.day
        return visit.json(page.map { UnitBody($0, on: day) })
    }

    func show(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("unit")
        var query = visit.query
        let day = query.day("on", required: false)
        try query.problems.check()
        let detail = try await visit.read { try $0.detail(uid, on: day) }
        return visit.json(
            UnitDetailBody(detail, on: day ?? visit.today).json, version: detail.row.unit.version)
    }

    func history(_ visit: Visit) async throws -> Answer {
        let uid = try visit.uid("unit")
        let request = try visit.listRequest(cursorParts: 1)
        let events = try await visit.read { store in try store.history(of: try store.find(uid), page: request) }
        return visit.json(events.map(EventBody.init))
    }

    func create(_ visit: Visit) async throws -> Answer {
        var body = try visit.jsonBody()
        body.allow(UnitBodies.draftNames)
        let fields = body.fields
        return try await change(visit, status: .created) { store, now in
            try store.requireMayCreateSomewhere()
            var form = UnitForm(fields, store: store)
            return try store.create(try form.draft(), at: now)
        }
    }

    func rename(_ visit: Visit) async throws -> Answer {
        try await change(visit, allowing: ["name", "name_en", "kind", "from", "basis"]) { store, uid, form, seen, now in
            let unit = try store.find(uid)
            return try store.rename(uid, try form.renaming(of: unit), seen: seen, at: now)
        }
    }

    func move(_ visit: Visit) async throws -> Answer {
        try await change(visit, allowing: ["hierarchy", "parent", "from", "basis"]) { store, uid, form, seen, now in
            try store.move(uid, try form.move(), seen: seen, at: now)
        }
    }

    func dissolve(_ visit: Visit) async throws -> Answer {
        try await change(visit, allowing: ["from", "basis"]) { store, uid, form, seen, now in
            try store.dissolve(uid, try form.dissolution(), seen: seen, at: now)
        }
    }

    func describe(_ visit: Visit) async throws -> Answer {
        let names: Set<String> = ["secrecy", "latitude", "longitude", "area_km2"]
        return try await change(visit, allowing: names) { store, uid, form, seen, now in
            try store.describe(uid, try form.facts(), seen: seen, at: now)
        }
    }

    /// A change of a known unit: from the version in `If-Match`, with the fields that the change knows and no others.
    private func change(
        _ visit: Visit, allowing names: Set<String>,
        _ body: @escaping @Sendable (UnitStore, UID, inout UnitForm, Int, Instant) throws -> UnitRow
    ) async throws -> Answer {
        let uid = try visit.uid("unit")
        // Who may not know of the unit learns nothing, whatever else is wrong with the request.
        _ = try await visit.read { try $0.find(uid) }
        let seen = try visit.expectedVersion()
        var json = try visit.jsonBody()
        json.allow(names)
        let fields = json.fields
        return try await change(visit, status: .ok) { store, now in
            var form = UnitForm(fields, store: store)
            return try body(store, uid, &form, seen, now)
        }
    }

    private func change(
        _ visit: Visit, status: HTTPResponse.Status,
        _ body: @escaping @Sendable (UnitStore, Instant) throws -> UnitRow
    ) async throws -> Answer {
        let (viewer, today, now) = (visit.viewer, visit.today, visit.now)
        return try await visit.change(queue: UnitStore.queue) { tx in
            let unit = try body(UnitStore(tx: tx, viewer: viewer, today: today), now)
            return ChangeAnswer(
                status: status, body: UnitBody(unit, on: today).json, version: unit.unit.version,
                location: "/api/v1/units/\(unit.uid)")
        }
    }
}
