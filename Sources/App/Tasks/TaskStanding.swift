import Storage

/// `unit_standing`: of the tally the states, one row for each unit and level of secrecy, so that the page of a head reads
/// few rows for many units. Made from the same appended changes as `unit_tally`.
enum TaskStanding {
    /// Which column holds which bucket.
    static let columns: [(bucket: String, name: StaticString)] =
        TaskWorkflow.State.allCases.filter { $0 != .draft }.map { (TaskTally.Bucket.state($0), $0.column) }
        + [(TaskTally.Bucket.doneLate, "done_late"), (TaskTally.Bucket.extensionWaits, "waiting")]

    static var names: SQL { columns.map { SQL(static: $0.name) }.joined(", ") }

    /// Each column summed.
    static var total: SQL {
        columns.map { "CAST(SUM(\(SQL(static: $0.name))) AS BIGINT)" as SQL }.joined(", ")
    }

    /// The sums of these columns over rows `bucket`, `n`.
    private static var sums: SQL {
        columns.map { column -> SQL in
            "CAST(SUM(CASE WHEN bucket = \(column.bucket) THEN n ELSE 0 END) AS BIGINT)"
        }.joined(", ")
    }

    /// Adds rows `scope_id`, `bucket`, `secrecy`, `n`, of which those that are no state count nowhere.
    static func add(_ rows: SQL) -> SQL {
        let added = columns.map { column -> SQL in
            let name = SQL(static: column.name)
            return "\(name) = unit_standing.\(name) + excluded.\(name)"
        }
        return """
            INSERT INTO unit_standing (scope_id, secrecy, \(names))
            SELECT scope_id, secrecy, \(sums) FROM (\(rows)) d WHERE bucket >= \(TaskTally.Bucket.afterActs)
            GROUP BY scope_id, secrecy ON CONFLICT (scope_id, secrecy) DO UPDATE SET \(added.joined(", "))
            """
    }

    /// Back in the form of the tally.
    static var rows: SQL {
        columns.map { column -> SQL in
            """
            SELECT scope_id, CAST(\(column.bucket) AS TEXT) AS bucket, secrecy, \(SQL(static: column.name)) AS n \
            FROM unit_standing
            """
        }.joined(" UNION ALL ")
    }
}

extension TaskWorkflow.State {
    fileprivate var column: StaticString {
        switch self {
        case .draft: "draft"
        case .issued: "issued"
        case .accepted: "accepted"
        case .refused: "refused"
        case .inProgress: "in_progress"
        case .declared: "declared"
        case .returned: "returned"
        case .verified: "verified"
        case .closed: "closed"
        case .paused: "paused"
        case .cancelled: "cancelled"
        }
    }
}
