import Storage

/// What the home page shows, read in one snapshot and scoped like everything else.
struct Home: Sendable {
    /// Nil for the whole country.
    let place: HomePlace?
    /// Units of the whole country that exist today and that the viewer may know, by kind, in the order of the kinds;
    /// read where there is no place.
    let kinds: [(kind: UnitKind, count: Int)]
    /// How the tasks of the own unit and those below it stand; nil for somebody without one.
    let own: (unit: UnitRow, counts: TaskCounts, counted: CountedBelow)?
    /// The province of the office in use; nil for the whole country.
    let province: Place?
    /// Communes of that province, or of the country.
    let map: HomeMap
    let rights: [Right]
    let recent: [EventRow]
    /// Nil for somebody without an office.
    let duties: HomeDuties?
    let today: TaskToday
    /// Drafts on which the office in use is asked for its opinion.
    let requests: [(row: DocumentRow, opinion: UID)]

    struct Place: Sendable {
        let uid: UID
        let name: String
    }

    struct Right: Sendable {
        let grant: Viewer.Grant
        let unit: Place
    }
}

struct HomeStore {
    let tx: Transaction
    let viewer: Viewer
    let today: Day
    let now: Instant
    let dots: CountryDots

    func read() throws -> Home {
        let (province, place) = (try province(), try place())
        let tasks = TaskStore(tx: tx, viewer: viewer, today: today)
        return Home(
            place: place,
            kinds: place == nil ? try UnitStore(tx: tx, viewer: viewer, today: today).countsByKind() : [],
            own: try tasks.ownCounts(),
            province: province.map { Home.Place(uid: $0.uid, name: $0.name) },
            map: try map(in: province?.id), rights: try rights(),
            recent: try ActivityStore(tx: tx, viewer: viewer, today: today)
                .newest(EventFilter(isOfWork: true), limit: 12),
            duties: try HomeDuties(tx: tx, viewer: viewer, today: today),
            today: try tasks.today(limit: HomeParts.tasksShown),
            requests: try DocumentStore(tx: tx, viewer: viewer, today: today).openRequests())
    }

    /// The province above the unit of the office in use, by today's map.
    private func province() throws -> UnitLife? {
        guard let unit = viewer.office?.unit else { return nil }
        let row = try tx.first(
            """
            SELECT r.ancestor_id FROM unit_reach r JOIN unit_version v ON v.unit_id = r.ancestor_id \
            WHERE r.unit_id = \(unit) AND r.hierarchy = \(Hierarchy.territory.rawValue) \
            AND v.level = \(UnitKind.Level.province.rawValue) AND v.from_day <= \(today) AND v.to_day > \(today) LIMIT 1
            """)
        return try row.flatMap { try UnitLife.find(try $0.id(0), tx: tx, viewer: viewer, today) }
    }

    /// The rights in use, without those over units that the viewer may not know.
    private func rights() throws -> [Home.Right] {
        try viewer.grants.compactMap { grant in
            try UnitLife.find(grant.unit, tx: tx, viewer: viewer, today).map {
                Home.Right(grant: grant, unit: Home.Place(uid: $0.uid, name: $0.name))
            }
        }
    }
}
