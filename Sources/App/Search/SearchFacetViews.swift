/// How hits divide: each value with its count leads to those alone.
enum SearchFacetViews {
    /// One way to divide hits.
    private struct Facet {
        /// In the query string.
        let name: String
        let counts: [SearchFacets.Count]
        let word: (SearchFacets.Count) -> String
    }

    static func all(_ result: SearchResult, _ asked: SearchRequest, _ fields: [WorkField], _ page: PageContext) -> HTML
    {
        let blocks = facets(result, fields, page).filter { $0.counts.count > 1 }.map { facet -> HTML in
            let links = facet.counts.prefix(10).map { count -> HTML in
                """
                <li><a href="\(asked.link([facet.name: count.value]))">\(facet.word(count))</a> \
                <span class="sub">\(page.number(count.count))</span></li>
                """
            }
            return "<section><h2>\(page.t("search.facet.\(facet.name)"))</h2><ul>\(links)</ul></section>"
        }
        // A heading over nothing helps nobody.
        guard !blocks.isEmpty else { return .empty }
        let title = page.t("search.facets"),
            note = page.t("search.facets_capped", ["count": page.number(SearchStore.Limits().cap)])
        return """
            <details class="facets" open><summary>\(title)</summary>\
            \(result.isCapped ? "<p class=\"help\">\(note)</p>" : HTML.empty)<div>\(blocks)</div></details>
            """
    }

    /// What the search is narrowed to, each with the way back.
    static func narrowed(
        _ result: SearchResult, _ asked: SearchRequest, _ fields: [WorkField], _ page: PageContext
    ) -> HTML {
        let query = asked.filter.query
        let chosen = facets(result, fields, page).compactMap { facet -> HTML? in
            guard let value = query[facet.name], !value.isEmpty else { return nil }
            let count = facet.counts.first { $0.value == value } ?? SearchFacets.Count(value: value, count: 0)
            let word = facet.word(count)
            return """
                <li><a href="\(asked.link([facet.name: ""]))">\(page.t("search.facet.\(facet.name)")): \(word) ✕\
                <span class="sr"> \(page.t("search.widen"))</span></a></li>
                """
        }
        return chosen.isEmpty ? .empty : "<ul class=\"narrowed\">\(chosen)</ul>"
    }

    private static func facets(_ result: SearchResult, _ fields: [WorkField], _ page: PageContext) -> [Facet] {
        let facets = result.facets
        return [
            Facet(name: "kind", counts: facets.kinds) { page.t("search.kind.\($0.value)") },
            Facet(name: "status", counts: facets.statuses) { status($0.value, page) },
            Facet(name: "type", counts: facets.types) { count in
                DocumentType(rawValue: count.value).map { page.t("document-type.\($0.rawValue)") } ?? count.value
            },
            Facet(name: "pillar", counts: facets.pillars) { count in
                fields.first { $0.code == count.value }?.name(in: page.language) ?? count.value
            },
            Facet(name: "unit", counts: facets.units) { $0.name.isEmpty ? page.t("search.this_unit") : $0.name },
            Facet(name: "year", counts: facets.years) { $0.value },
        ]
    }

    /// `task.issued`
    static func status(_ value: String, _ page: PageContext) -> String {
        let parts = value.split(separator: ".").map(String.init)
        guard parts.count == 2 else { return value }
        let name = page.t("\(parts[0]).state.\(parts[1])")
        return page.t("search.status", ["kind": page.t("search.kind.\(parts[0])"), "state": name])
    }
}
