public import Storage

/// One thing that was looked at: what it is, how it stands, what to do.
public struct Finding: Sendable, Equatable, Encodable {
    public enum State: String, Sendable, Encodable { case ok, warn, fail }

    public let name: String
    public let state: State
    /// In plain English, with what to do when it is not ok.
    public let text: String

    public init(_ name: String, _ state: State, _ text: String) {
        self.name = name
        self.state = state
        self.text = text
    }
}

/// Examines an installation: the machine under it, the database, and the tables that are computed from others.
///
/// Opens nothing and migrates nothing, so that it can speak about an installation that does not start.
public struct Doctor: Sendable {
    let configuration: Configuration
    let database: Database
    let clock: WallClock

    public init(configuration: Configuration, database: Database, clock: WallClock) {
        self.configuration = configuration
        self.database = database
        self.clock = clock
    }

    /// All findings in the order of the report. With `repair`, tables that differ from what they are computed from
    /// are computed again. Never throws: what cannot be examined is a finding.
    public func examine(repair: Bool = false) async -> [Finding] {
        var findings = MachineCheck(configuration: configuration).findings()
        findings += await DatabaseCheck(database: database).findings()
        guard await DatabaseCheck(database: database).isComplete() else {
            return findings + [Finding("tables", .fail, "Not examined: run `resolute migrate` first.")]
        }
        findings += await RecordCheck(database: database, clock: clock).findings()
        let files = FileStore(folder: configuration.filesFolder)
        findings += await FileCheck(store: files, database: database).findings()
        findings.append(await RebuildableCheck(database: database, clock: clock).finding(repair: repair))
        return findings
    }

    /// The installation can be used: nothing has failed.
    public static func isWell(_ findings: [Finding]) -> Bool { !findings.contains { $0.state == .fail } }
}
