/// One of the points on which a task must be clear before it is issued: "5 rõ", and the sixth where the rules ask.
public enum ClarityPoint: String, Sendable, CaseIterable {
    case person, work, time, responsibility, product, authority

    /// Those that a working regulation asks for.
    public static func asked(by rules: CommitteeRules) -> [ClarityPoint] {
        rules.clearPoints >= 6 ? allCases : allCases.filter { $0 != .authority }
    }
}

/// Whether a task is clear enough to be issued, and if not, everything that is missing, at once.
public struct TaskClarity: Sendable, Equatable {
    public let asked: [ClarityPoint]
    public let findings: [Finding]

    /// A point that is not clear: where, why, and what to do.
    public struct Finding: Sendable, Hashable {
        public let point: ClarityPoint
        public let problem: Problem
    }

    public init(_ facts: TaskFacts, rules: CommitteeRules = .standard) {
        asked = ClarityPoint.asked(by: rules)
        findings = asked.flatMap { point in
            var found = Validation()
            switch point {
            case .person: TaskClarity.checkPerson(facts, &found)
            case .work: TaskClarity.checkWork(facts, &found)
            case .time: TaskClarity.checkTime(facts, &found)
            case .responsibility: TaskClarity.checkResponsibility(facts, &found)
            case .product: TaskClarity.checkProducts(facts, &found)
            case .authority: TaskClarity.checkAuthority(facts, &found)
            }
            return found.problems.map { Finding(point: point, problem: $0) }
        }
    }

    public var isClear: Bool { findings.isEmpty }
    public var problems: [Problem] { findings.map(\.problem) }
    /// Points without a finding, in order: "4 of 5 clear".
    public var clear: [ClarityPoint] { asked.filter { point in !findings.contains { $0.point == point } } }
}
