import Storage

/// How each unit stands, with its place: for the map.
struct CoverageMap: Sendable {
    let document: DocumentRow
    let dots: [Dot]
    /// Units that have no place on the map.
    let placeless: Int

    struct Dot: Sendable {
        let unit: UnitLink
        let status: DutyStatus
        let latitude: Double
        let longitude: Double
    }
}

extension CoverageStore {
    /// One dot for each unit: late with anything, else still to issue something, else done; waived when all is waived.
    func coverageMap(_ uid: UID, _ filter: CoverageFilter) throws -> CoverageMap {
        let document = try documents.find(uid)
        var dots: [CoverageMap.Dot] = []
        var placeless = 0
        for row in try tx.all(try query(document, filter).places) {
            guard let latitude = try row.optionalInt64(7), let longitude = try row.optionalInt64(8) else {
                placeless += 1
                continue
            }
            dots.append(
                CoverageMap.Dot(
                    unit: UnitLink(uid: try row.uid(0), name: try row.text(1)), status: try CoverageMap.status(row),
                    latitude: Double(latitude) / 1_000_000, longitude: Double(longitude) / 1_000_000))
        }
        return CoverageMap(document: document, dots: dots, placeless: placeless)
    }
}

extension CoverageMap {
    /// From the columns late, missing, waived, tardy and cells.
    fileprivate static func status(_ row: Row) throws -> DutyStatus {
        if try row.int(2) > 0 { return .late }
        if try row.int(3) > 0 { return .due }
        if try row.int(4) == row.int(6) { return .waived }
        return try row.int(5) > 0 ? .doneLate : .done
    }
}
