import Storage

/// What is chosen beside the words. The index knows nothing of it, its table does: so the search itself carries it, and
/// finds what is older than the newest hits.
extension SearchFilter {
    /// Some record of this kind may have all that is chosen.
    func mayBe(_ kind: Subject.Kind) -> Bool {
        (self.kind == nil || self.kind == kind) && (status.isEmpty || status.hasPrefix("\(kind.rawValue)."))
    }

    /// Conditions on `search_entry e`, of a kind that ``mayBe(_:)``.
    func codes(unit: ID<OrgUnit>?) -> [SQL] {
        var codes: [SQL] = []
        if let state = status.split(separator: ".").last { codes.append("e.state = \(String(state))") }
        if !type.isEmpty { codes.append("e.type = \(type)") }
        if !pillar.isEmpty { codes.append("e.pillar = \(pillar)") }
        if let unit { codes.append("e.unit_id = \(unit)") }
        return codes
    }
}
