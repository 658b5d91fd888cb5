import Storage

/// Which working regulation counts where several are in force: the one place of this rule.
///
/// Of a committee the newest that lays down rules: by its first day, then the one that was recorded last. Of several
/// committees the nearest that has one, which the caller's order says.
enum RegulationsInForce {
    /// On `committee_paper q`.
    static func condition(on day: Day) -> SQL {
        "q.item = 'regulation' AND q.from_day <= \(day) AND q.to_day > \(day)"
    }

    /// The first of these rows is the one that counts.
    static let order: SQL = "q.from_day DESC, q.id DESC"
}
