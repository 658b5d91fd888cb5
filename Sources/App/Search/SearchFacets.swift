/// How many of the hits there are of each kind, status, type, pillar, unit and year.
struct SearchFacets: Sendable {
    struct Count: Sendable, Equatable {
        /// As the query string carries it.
        let value: String
        /// Of a unit its name, which no catalogue has.
        var name = ""
        let count: Int
    }

    var kinds: [Count] = []
    var statuses: [Count] = []
    var types: [Count] = []
    var pillars: [Count] = []
    var units: [Count] = []
    var years: [Count] = []

    init() {}

    /// Everything but the units, which the store names.
    init(_ hits: [SearchHit]) {
        kinds = SearchFacets.counts(hits, { $0.kind }, \.kind.rawValue)
        statuses = SearchFacets.counts(hits, { Status(kind: $0.kind, state: $0.state) }, \.status)
        types = SearchFacets.counts(hits, { $0.type }, \.type)
        pillars = SearchFacets.counts(hits, { $0.pillar }, \.pillar)
        years = SearchFacets.counts(hits, { SearchEntry.dayPart(of: $0.id) }) { $0.year.map(String.init) ?? "" }
            .sorted { $0.value > $1.value }
    }

    private struct Status: Hashable {
        let kind: Subject.Kind
        let state: String
    }

    /// What stands most first. `key` tells hits apart that `value`, which is dearer, may call the same.
    private static func counts<Key: Hashable>(
        _ hits: [SearchHit], _ key: (SearchHit) -> Key, _ value: (SearchHit) -> String
    ) -> [Count] {
        var groups: [Key: (first: SearchHit, count: Int)] = [:]
        for hit in hits { groups[key(hit), default: (hit, 0)].count += 1 }
        var counts: [String: Int] = [:]
        for group in groups.values { counts[value(group.first), default: 0] += group.count }
        return counts.filter { !$0.key.isEmpty }.map { Count(value: $0.key, count: $0.value) }
            .sorted { ($1.count, $0.value) < ($0.count, $1.value) }
    }
}
