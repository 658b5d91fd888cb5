/// Something that the proof of the chain found wrong.
public struct AuditFinding: Sendable, Equatable, CustomStringConvertible {
    public enum Kind: String, Sendable, CaseIterable {
        /// A column of a sealed event differs from what was sealed.
        case eventChanged = "event-changed"
        /// A sealed event is no longer there, or one that waited for sealing.
        case eventMissing = "event-missing"
        /// An event that no act of this program recorded.
        case eventAdded = "event-added"
        /// An event is marked erased and no intact erasure names it.
        case erasedWithoutRecord = "erased-without-record"
        /// Two seals stand in each other's place.
        case sealReordered = "seal-reordered"
        /// A seal's own columns contradict each other.
        case sealChanged = "seal-changed"
        /// Numbers are missing in the sequence.
        case sealMissing = "seal-missing"
        /// A link does not follow from the one before it.
        case chainBroken = "chain-broken"
        /// The chain ends before a checkpoint.
        case truncated
        /// The chain at a checkpoint is another one than was signed.
        case rewritten
        /// A checkpoint is not signed by its key, or belongs to another installation.
        case badCheckpoint = "bad-checkpoint"
    }

    public let kind: Kind
    /// The place in the chain, where there is one.
    public let seq: Int64?
    /// The event, where it is known.
    public let uid: String?
    public let detail: String

    init(_ kind: Kind, seq: Int64? = nil, uid: String? = nil, _ detail: String) {
        self.kind = kind
        self.seq = seq
        self.uid = uid
        self.detail = detail
    }

    public var description: String {
        let place = [seq.map { "seq \($0)" }, uid.map { "event \($0)" }].compactMap { $0 }.joined(separator: ", ")
        return place.isEmpty ? "\(kind.rawValue): \(detail)" : "\(kind.rawValue) at \(place): \(detail)"
    }
}

/// What a proof of the chain could tell, and what it could not.
public struct AuditReport: Sendable, Equatable {
    /// The last seal looked at.
    public internal(set) var end: Int64 = 0
    /// Everything up to here is as it was sealed; ends before the first finding.
    public internal(set) var intactTo: Int64 = 0
    /// Recorded, waiting to be sealed: nothing is proved about these.
    public internal(set) var pending = 0
    public internal(set) var oldestPending: Duration?
    public internal(set) var erased = 0
    /// The first ``AuditVerification/shown`` of ``findingCount``.
    public internal(set) var findings: [AuditFinding] = []
    public internal(set) var findingCount = 0
    /// The highest place vouched for by a checkpoint; nil when none was given.
    public internal(set) var vouchedTo: Int64?
    public internal(set) var checkpoints = 0
    /// Worth a look, proves nothing.
    public internal(set) var notes: [String] = []

    public var isIntact: Bool { findingCount == 0 }
    /// 0 intact, 1 findings. (2, cannot tell, is an error thrown.)
    public var exitCode: Int32 { isIntact ? 0 : 1 }

    mutating func add(_ finding: AuditFinding) {
        findingCount += 1
        if findings.count < AuditVerification.shown { findings.append(finding) }
    }

    /// One line per fact, ending with what cannot be told.
    public var lines: [String] {
        var lines = findings.map { "FINDING \($0)" }
        if findingCount > findings.count { lines.append("… and \(findingCount - findings.count) more findings") }
        lines.append(
            isIntact
                ? "Intact: each of the \(end) sealed events is as it was sealed, and in its place."
                : "NOT intact: \(findingCount) finding(s); up to seq \(intactTo) of \(end) nothing was found.")
        if erased > 0 { lines.append("\(erased) of them had their content erased, each named by an erasure.") }
        if pending > 0 {
            let age = oldestPending.map { ", the oldest \($0.components.seconds) s old" } ?? ""
            lines.append("\(pending) event(s) not yet sealed\(age): about these nothing is proved.")
        }
        lines += notes
        lines.append(limits)
        return lines
    }

    private var limits: String {
        guard let vouchedTo else {
            return """
                Without a checkpoint it cannot be told whether events were cut off at the end, or the whole chain \
                rewritten from the start.
                """
        }
        return """
            \(checkpoints) checkpoint(s) used, the highest at seq \(vouchedTo): up to there the chain was neither cut \
            off nor rewritten unless a finding says so. After it that cannot be told.
            """
    }
}
