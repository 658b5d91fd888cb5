import Storage

/// The part of a country in which a unit lies: the unit right below the highest one, which may be itself.
///
/// Words stand in the index once more with the parts in which their record is known: a search by somebody who belongs
/// to one part goes through the words of that part, not through those of all.
enum SearchRegion {
    /// The part of each of these units that lies in one; the highest lies in none.
    static func of(_ units: [Int64], in tx: Transaction) throws -> [Int64: Int64] {
        var regions: [Int64: Int64] = [:]
        guard !units.isEmpty else { return regions }
        for row in try tx.all(
            """
            SELECT r.unit_id, r.ancestor_id FROM unit_reach r
            WHERE r.hierarchy = 'territory' AND r.unit_id IN (\(list: units)) AND (SELECT COUNT(*) FROM unit_reach a
            WHERE a.hierarchy = 'territory' AND a.unit_id = r.ancestor_id) = 2 ORDER BY r.unit_id
            """
        ) { regions[try row.int64(0)] = try row.int64(1) }
        return regions
    }

    /// The parts in which all these units lie; nil when one lies in none.
    static func all(of units: [Int64], in tx: Transaction) throws -> [Int64]? {
        let known = try of(units, in: tx)
        guard units.allSatisfy({ known[$0] != nil }) else { return nil }
        return Set(known.values).sorted()
    }

    /// A word as it stands in the index with a part. No scope is written so, for none has an underline.
    static func word(_ word: String, in region: Int64) -> String { "\(word).\(region)" }
}
