import Storage

/// The communes of the first page: of a province each with its name, of the country as one drawing.
enum HomeMap: Sendable {
    case places([Commune])
    case drawing(MapDrawing)

    struct Commune: Sendable {
        let uid: UID
        let name: String
        let kind: UnitKind
        /// Degrees.
        let latitude: Double
        let longitude: Double

        var dot: MapDot {
            let tone: Tone =
                switch kind {
                case .ward: .accent
                case .specialZone: .warn
                default: .none
                }
            return MapDot(latitude: latitude, longitude: longitude, tone: tone, label: name, href: "/units/\(uid)")
        }
    }
}

extension HomeStore {
    /// The communes of a province, or of the country. The drawing of the country is kept as long as the viewer may know
    /// of no other communes than everybody.
    func map(in province: ID<OrgUnit>?) throws -> HomeMap {
        if let province {
            let inside: SQL = """
                u.id IN (SELECT r.unit_id FROM unit_reach r \
                WHERE r.hierarchy = \(Hierarchy.territory.rawValue) AND r.ancestor_id = \(province))
                """
            return .places(try communes("\(UnitScope(viewer).condition) AND \(inside)"))
        }
        if try knowsMoreCommunes() { return .places(try communes(UnitScope(viewer).condition)) }
        let key = try CountryDots.Key(tx, day: today, at: now)
        let drawing = try dots.drawing(key) { MapDrawing(try communes("u.secrecy = 0").map(\.dot)) }
        // A country of a few communes has names and links.
        return try drawing.map { .drawing($0) } ?? .places(communes("u.secrecy = 0"))
    }

    private func knowsMoreCommunes() throws -> Bool {
        try tx.first(
            """
            SELECT 1 FROM unit u WHERE u.secrecy > 0 AND u.latitude IS NOT NULL AND \(UnitScope(viewer).condition) \
            AND EXISTS (SELECT 1 FROM unit_version v WHERE v.unit_id = u.id AND v.from_day <= \(today) \
            AND v.to_day > \(today) AND v.level = \(UnitKind.Level.commune.rawValue)) LIMIT 1
            """) != nil
    }

    private func communes(_ which: SQL) throws -> [HomeMap.Commune] {
        try tx.all(
            """
            SELECT u.uid, v.name, v.kind, u.latitude, u.longitude FROM unit_version v JOIN unit u ON u.id = v.unit_id \
            WHERE v.level = \(UnitKind.Level.commune.rawValue) AND v.from_day <= \(today) AND v.to_day > \(today) \
            AND u.latitude IS NOT NULL AND \(which) ORDER BY v.sort_key, u.id
            """
        ).map { row in
            HomeMap.Commune(
                uid: try row.uid(0), name: try row.text(1), kind: UnitKind(rawValue: try row.text(2)) ?? .commune,
                latitude: Double(try row.int64(3)) / 1_000_000, longitude: Double(try row.int64(4)) / 1_000_000)
        }
    }
}
