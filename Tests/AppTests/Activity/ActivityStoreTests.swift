import Storage
import TestSupport
import Testing

@testable import App

@Suite struct ActivityStoreTests {
    @Test(arguments: Engine.allCases)
    func anEventTellsWhoInWhichOfficeOnWhoseBehalfWhatAndWhen(_ engine: Engine) async throws {
        try await ActivityWorld.with(engine) { world in
            let plain = world.viewer(.administrator, over: .north)
            let office = try #require(plain.office)
            let deputy = Viewer(
                identity: plain.identity,
                office: Viewer.OfficeInUse(
                    id: office.id, uid: office.uid, title: "Phó Chủ tịch", unit: office.unit, unitName: "north",
                    onBehalf: Viewer.OnBehalf(
                        delegation: ID(7), capacity: .kt, office: ID(9), officeTitle: "Chủ tịch",
                        authority: "QĐ 12/QĐ-UBND")),
                grants: plain.grants)
            try await world.record(world.event(.renamed, .north, "<b>"), as: deputy)
            let row = try #require(try await world.recent(plain).items.first)
            #expect(row.actor == "Nguyễn An, Phó Chủ tịch, KT. Chủ tịch")
            #expect(row.authority == "QĐ 12/QĐ-UBND")
            #expect(row.at == world.now)
            #expect(row.verb == .renamed)
            #expect(row.subject == ActivityWorld.Place.north.uid)
            #expect(row.unit?.name == "north")
            #expect(row.changes == [EventRow.Change(field: "name", before: "old <b>", after: "new <b>")])
            let html = historySection([row], try world.page(plain), more: nil).text
            #expect(html.contains("KT. Chủ tịch"))
            #expect(html.contains("new &lt;b&gt;") && !html.contains("<b>"))
            #expect(!html.contains("⟦"))
        }
    }

    @Test func aMomentIsReadOnlyAsItIsWritten() {
        for milliseconds: Int64 in [0, 1_790_000_000_123, -1, -62_135_596_800_000] {
            let moment = Instant(milliseconds: milliseconds)
            #expect(Instant(parsing: moment.text) == moment)
        }
        let others = [
            "", "2026-02-31T00:00:00.000Z", "2026-02-01T24:00:00.000Z", "2026-02-01 00:00:00.000Z",
            "2026-02-01T00:00:00.0+1Z",
        ]
        for bad in others {
            #expect(Instant(parsing: bad) == nil)
        }
    }

    @Test(arguments: Engine.allCases)
    func anEventDisappearsWithTheActThatFailed(_ engine: Engine) async throws {
        try await ActivityWorld.with(engine) { world in
            struct Failure: Error {}
            let event = world.event(.renamed, .north)
            let now = world.now
            await #expect(throws: Failure.self) {
                try await world.database.write { tx in
                    try ActivityStore(tx: tx, viewer: .system("test")).record(event, at: now)
                    throw Failure()
                }
            }
            #expect(try await world.recent(.system("test")).items.isEmpty)
            let pending = try await world.database.read { tx in try AuditChain(tx: tx).hasPending() }
            #expect(!pending)
        }
    }

    @Test(arguments: Engine.allCases)
    func eachViewerSeesWhatTheyMayKnowAndNothingElse(_ engine: Engine) async throws {
        try await ActivityWorld.with(engine) { world in
            for place in ActivityWorld.Place.allCases {
                try await world.record(world.event(.changed, place, "\(place)"))
            }
            let office = Subject(.office, id: 1, uid: UID.new(at: world.now))
            try await world.record(Event(.appointed, office, unit: world.unit(.southCommune)))
            try await world.record(Event(.signedIn, Subject(.person, id: 1, uid: office.uid), unit: nil))

            func seen(_ viewer: Viewer) async throws -> [String] {
                try await world.recent(viewer).items.map { "\($0.kind?.rawValue ?? "")@\($0.unit?.name ?? "-")" }
            }
            let open = ["country", "north", "northCommune", "south", "southCommune"].reversed().map { "unit@" + $0 }
            #expect(try await seen(.anonymous) == open)
            #expect(
                try await seen(world.viewer(.focal, over: .north, ceiling: .public))  // and its own office's unit
                    == open)
            #expect(
                try await seen(world.viewer(.secretariat, over: .north)) == [
                    "unit@southCommune", "unit@south", "unit@northBody", "unit@northCommune", "unit@north",
                    "unit@country",
                ])
            #expect(
                try await seen(world.viewer(.leader, over: .south)) == [
                    "office@southCommune", "unit@southBody", "unit@southCommune", "unit@south", "unit@northCommune",
                    "unit@north", "unit@country",
                ])
            #expect(try await seen(world.viewer(.secretariat, over: .country, ceiling: .restricted)).count == 9)
            #expect(try await seen(world.viewer(.administrator, over: .country, ceiling: .restricted)).count == 10)
            #expect(try await seen(.system("test")).count == 10)
        }
    }

    @Test(arguments: Engine.allCases)
    func theWordsOfAPlantedEventChangeNoByteOfPageFileOrAPI(_ engine: Engine) async throws {
        try await ActivityWorld.with(engine) { world in
            let viewer = world.viewer(.secretariat, over: .north)
            for number in 0..<7 { try await world.record(world.event(.changed, .northBody, "\(number)")) }
            let before = try await answers(world, viewer)
            #expect(before[0].contains("new 6"))
            let secret = Subject(.person, id: 5, uid: UID.new(at: world.now))
            try await world.record(world.event(.renamed, .southBody, "PLANTED"))
            try await world.record(world.event(.renamed, .northSecret, "PLANTED"))
            try await world.record(Event(.created, secret, unit: nil, after: ["name": "PLANTED"]))
            try await world.record(Event(.appointed, secret, unit: world.unit(.southCommune), after: ["x": "PLANTED"]))
            let after = try await answers(world, viewer)
            #expect(before == after)
            let all = try await answers(world, .system("test"))
            #expect(all.allSatisfy { $0.contains("PLANTED") })
        }
    }

    /// The page, its file, the API's answer, and the second page.
    private func answers(_ world: ActivityWorld, _ viewer: Viewer) async throws -> [String] {
        let query = try EventQuery(Fields(), clock: try world.page(viewer).clock)
        let first = try await world.recent(viewer, page: PageRequest(after: nil, limit: 5))
        let second = try await world.recent(viewer, page: PageRequest(after: first.next, limit: 5))
        let csv = try await world.database.read { tx in
            try EventExport(store: ActivityStore(tx: tx, viewer: viewer)).csv(EventFilter(), limit: 100)
        }
        let page = try world.page(viewer)
        let json = JSONValue.list((first.items + second.items).map { EventBody($0).json }).text + "\(first.total)"
        return [
            eventsPage(page, first, query, isFirst: true, audit: false).text
                + eventsPage(page, second, query, isFirst: false, audit: false).text, csv, json,
        ]
    }

    @Test(arguments: Engine.allCases)
    func pagesFollowOneAnotherWithoutGapOrRepetition(_ engine: Engine) async throws {
        try await ActivityWorld.with(engine) { world in
            let places: [ActivityWorld.Place] = [.northBody, .southBody, .northCommune, .northSecret, .south]
            for number in 0..<60 {
                try await world.record(world.event(.changed, places[number % 5], "\(number)"))
            }
            let viewers = [
                Viewer.system("test"), world.viewer(.focal, over: .north), world.viewer(.focal, over: .northBody),
            ]
            // Pages of one and two events have fewer rows than the subtree has units, pages of seven have more.
            for (viewer, limit) in viewers.flatMap({ viewer in [1, 2, 7].map { (viewer, $0) } }) {
                let all = try await world.recent(viewer, page: PageRequest(after: nil, limit: 200))
                var walked: [EventRow] = []
                var request = PageRequest(after: nil, limit: limit)
                while true {
                    let page = try await world.recent(viewer, page: request)
                    walked += page.items
                    #expect(page.total == all.items.count && !page.totalIsFloor)
                    guard let next = page.next else { break }
                    request.after = next
                }
                #expect(walked == all.items)
                #expect(walked.count == (viewer.isSystem ? 60 : 36))
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func filtersNarrowTheListAndTheCount(_ engine: Engine) async throws {
        try await ActivityWorld.with(engine) { world in
            let an = world.viewer(.secretariat, over: .north)
            try await world.record(world.event(.renamed, .northBody), as: an)
            try await world.record(world.event(.changed, .northBody), after: 86_400)
            try await world.record(world.event(.changed, .northCommune), after: 2 * 86_400)
            func count(_ filter: EventFilter) async throws -> Int {
                let page = try await world.recent(an, filter)
                #expect(page.total == page.items.count)
                return page.items.count
            }
            #expect(try await count(EventFilter()) == 3)
            #expect(try await count(EventFilter(verb: .changed)) == 2)
            #expect(try await count(EventFilter(kind: .person)) == 0)
            #expect(try await count(EventFilter(from: world.now.adding(.seconds(86_400)))) == 2)
            #expect(try await count(EventFilter(until: world.now.adding(.seconds(86_400)))) == 1)
            let stranger = UID.new(at: world.now)
            #expect(try await count(EventFilter(person: stranger)) == 0)
        }
    }

    @Test(arguments: Engine.allCases)
    func aRecordsHistoryLeavesOutWhatBelongsToAHiddenUnit(_ engine: Engine) async throws {
        try await ActivityWorld.with(engine) { world in
            let person = Subject(.person, id: 3, uid: UID.new(at: world.now))
            try await world.record(Event(.appointed, person, unit: world.unit(.northBody), after: ["title": "A"]))
            try await world.record(Event(.appointed, person, unit: world.unit(.northSecret), after: ["title": "B"]))
            // A public unit, but nobody of the north has a say there; and one for administrators of the whole only.
            try await world.record(Event(.appointed, person, unit: world.unit(.southCommune), after: ["title": "C"]))
            try await world.record(Event(.created, person, unit: nil, after: ["title": "D"]))
            let viewer = world.viewer(.secretariat, over: .north)
            let seen = try await world.database.read { tx in
                try ActivityStore(tx: tx, viewer: viewer).history(of: person)
            }
            #expect(seen.items.map { $0.after["title"] } == ["A"])
            #expect(seen.total == 1)
            let all = try await world.database.read { tx in
                try ActivityStore(tx: tx, viewer: .system("test")).history(of: person)
            }
            #expect(all.items.map { $0.after["title"] } == ["D", "C", "B", "A"])
        }
    }

    @Test(arguments: Engine.allCases)
    func severalRecordsHaveOneHistoryEachByItsOwnRule(_ engine: Engine) async throws {
        try await ActivityWorld.with(engine) { world in
            let person = Subject(.person, id: 3, uid: UID.new(at: world.now))
            let offices = [7, 8].map { Subject(.office, id: $0, uid: UID.new(at: world.now)) }
            let account = Subject(.account, id: 3, uid: person.uid)
            for (place, subject) in [person, offices[0], account, offices[1], person].enumerated() {
                try await world.record(
                    Event(.appointed, subject, unit: world.unit(.northBody), after: ["title": String(place)]))
            }
            try await world.record(Event(.appointed, offices[0], unit: world.unit(.northSecret), after: ["title": "x"]))
            // The number of an office that is gone, given again.
            let other = Subject(.office, id: 7, uid: UID.new(at: world.now))
            try await world.record(Event(.appointed, other, unit: world.unit(.northBody), after: ["title": "y"]))
            func told(_ viewer: Viewer, _ page: PageRequest = .first) async throws -> Page<EventRow> {
                try await world.database.read { tx in
                    try ActivityStore(tx: tx, viewer: viewer).history(of: [person, account] + offices, page: page)
                }
            }
            let seen = try await told(world.viewer(.secretariat, over: .north))
            #expect(seen.items.map { $0.after["title"] } == ["4", "3", "1", "0"], "an account is for administrators")
            let all = try await told(.system("test"))
            #expect(all.items.map { $0.after["title"] } == ["x", "4", "3", "2", "1", "0"] && all.total == 6)
            var (walked, after, totals): ([String?], Cursor?, Set<Int>) = ([], nil, [])
            repeat {
                let page = try await told(.system("test"), PageRequest(after: after, limit: 2))
                walked += page.items.map { $0.after["title"] }
                totals.insert(page.total)
                after = page.next
            } while after != nil
            #expect(walked == all.items.map { $0.after["title"] } && totals == [6])
        }
    }

    @Test(arguments: Engine.allCases)
    func aUnitThatTurnsInternalTakesItsEventsAlong(_ engine: Engine) async throws {
        try await ActivityWorld.with(engine) { world in
            try await world.record(world.event(.changed, .southCommune))
            try await world.tamper("UPDATE unit SET secrecy = 1 WHERE id = 7")
            #expect(try await world.recent(.anonymous).items.isEmpty)
            try await world.tamper("UPDATE unit SET secrecy = 0 WHERE id = 8")
            try await world.record(world.event(.changed, .southBody))
            try await world.tamper("UPDATE unit SET secrecy = 1 WHERE id = 8", "UPDATE event SET is_open = 0")
            try await world.tamper("UPDATE unit SET secrecy = 0 WHERE id = 8")
            let unit = world.unit(.southBody)
            try await world.database.write { tx in
                try ActivityStore(tx: tx, viewer: .system("test")).secrecyChanged(of: unit)
            }
            #expect(try await world.recent(.anonymous).items.map(\.unit?.name) == ["southBody"])
        }
    }
}
