/// What a working regulation lays down, as settings that other features ask for.
public struct CommitteeRules: Sendable, Equatable {
    /// How often the committee meets. Sessions will go by it; nothing does yet.
    public var cadence: SessionCadence
    /// How periods of reports are counted. Reports will go by it; nothing does yet.
    public var calendar: ReportingCalendar
    /// The last day of a month whose figures count, 1 to 31; 31 is the last day of any month. Reports will go by it;
    /// nothing does yet.
    public var cutOffDay: Int
    /// Who may extend a deadline.
    public var extenders: Set<DeadlineExtender>
    /// 5 clear (person, work, time, responsibility, product), or 6 with authority.
    public var clearPoints: Int
    /// Days before its deadline from which a short task is due soon.
    public var warnDays: Int
    /// The same for a long task.
    public var warnDaysLong: Int

    /// In force until a regulation says otherwise: quarterly sessions, the administrative calendar of Decree
    /// 09/2019/NĐ-CP (15th to 14th), extensions by whoever assigned, five clear, warnings 3 and 15 days before.
    public static let standard = CommitteeRules(
        cadence: .quarterly, calendar: .administrative, cutOffDay: 14, extenders: [.assigner], clearPoints: 5,
        warnDays: 3, warnDaysLong: 15)

    public init(
        cadence: SessionCadence, calendar: ReportingCalendar, cutOffDay: Int, extenders: Set<DeadlineExtender>,
        clearPoints: Int, warnDays: Int, warnDaysLong: Int
    ) {
        self.cadence = cadence
        self.calendar = calendar
        self.cutOffDay = cutOffDay
        self.extenders = extenders
        self.clearPoints = clearPoints
        self.warnDays = warnDays
        self.warnDaysLong = warnDaysLong
    }

    /// As an event tells them.
    var described: [String: String] {
        [
            "cadence": cadence.rawValue, "calendar": calendar.rawValue, "cut_off_day": String(cutOffDay),
            "extenders": orderedExtenders.map(\.rawValue).joined(separator: " "),
            "clear_points": String(clearPoints), "warn_days": String(warnDays),
            "warn_days_long": String(warnDaysLong),
        ]
    }

    public var orderedExtenders: [DeadlineExtender] { DeadlineExtender.allCases.filter(extenders.contains) }
}

public enum SessionCadence: String, Sendable, CaseIterable {
    case monthly, quarterly
    case halfYearly = "half-yearly"
}

public enum ReportingCalendar: String, Sendable, CaseIterable {
    /// From the 15th of a month to the 14th of the next.
    case administrative
    /// From the first to the last day of a month.
    case calendar
}

public enum DeadlineExtender: String, Sendable, CaseIterable {
    /// Whoever assigned the task.
    case assigner
    /// The head of the committee.
    case head
    case standingAgency = "standing-agency"
}

/// The rules on a day, and the regulation that they rest on.
public struct RulesInForce: Sendable, Equatable {
    public let rules: CommitteeRules
    /// Nil while no regulation is in force: then the rules are ``CommitteeRules/standard``.
    public let regulation: CommitteePaper?
    /// The regulation is known, but not what it lays down: the rules are the standard ones.
    public let isStandard: Bool
}
