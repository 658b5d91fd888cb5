import Testing

@testable import App

/// What the unit says, what somebody has found, and what the calendar says: three answers.
@Suite struct TaskScheduleTests {
    private func day(_ text: String) throws -> Day {
        // "09-30" is a day of 2026.
        try #require(Day(parsing: text.count == 5 ? "2026-\(text)" : text))
    }

    private func times(
        _ state: TaskWorkflow.State, due: String, from start: String = "2026-09-01", percent: Int = 0,
        declared: String? = nil, evidence: Bool = true, original: String? = nil
    ) throws -> TaskTimes {
        let workflow = TaskWorkflow(state, before: state == .paused ? .inProgress : nil)
        return TaskTimes(
            due: try day(due), originalDue: try day(original ?? due), start: try day(start),
            workflow: try #require(workflow), percent: percent, declaredOn: try declared.map { try day($0) },
            hasEvidence: evidence)
    }

    /// From 1 September to 1 October is 30 days, short; a day more is long.
    @Test(arguments: [
        ("10-01", "09-28", 90, "in_time"), ("10-01", "09-29", 90, "due_soon"), ("10-01", "10-01", 0, "due_soon"),
        ("10-01", "10-02", 100, "overdue"), ("10-02", "09-17", 90, "in_time"), ("10-02", "09-18", 90, "due_soon"),
        ("10-02", "10-02", 90, "due_soon"), ("10-02", "10-03", 99, "overdue"), ("10-01", "08-01", 0, "in_time"),
        ("09-01", "09-01", 0, "due_soon"), ("09-01", "09-02", 0, "overdue"), ("9999-12-31", "09-15", 0, "no_deadline"),
    ]) func thereIsTimeUntilTheEndOfTheDueDay(_ due: String, _ today: String, _ percent: Int, _ expected: String) throws
    {
        let times = try times(.inProgress, due: due, percent: percent)
        #expect(TaskSchedule(times, due: times.due, today: try day(today)).name == expected)
    }

    /// A hundred days, so that a day is a point: warned of from the 86th on.
    @Test(arguments: [
        (24, 0, "in_time"), (25, 0, "likely_late"), (25, 4, "likely_late"), (25, 5, "in_time"), (50, 29, "likely_late"),
        (50, 30, "in_time"), (80, 59, "likely_late"), (80, 60, "in_time"), (85, 100, "in_time"), (86, 0, "due_soon"),
        (100, 0, "due_soon"), (101, 0, "overdue"), (-5, 0, "in_time"), (0, 0, "in_time"),
    ]) func whoFallsFarBehindIsLikelyLate(_ elapsed: Int, _ percent: Int, _ expected: String) throws {
        let start = try day("2026-01-01")
        let times = TaskTimes(
            due: start.adding(days: 100), originalDue: .never, start: start,
            workflow: try #require(TaskWorkflow(.inProgress)), percent: percent)
        let schedule = TaskSchedule(times, due: times.due, today: start.adding(days: elapsed))
        #expect(schedule.name == expected)
    }

    @Test func anyPercentAndAnyDayAreTaken() throws {
        for percent in [Int.min, -1, 101, .max] {
            var times = try times(.inProgress, due: "09-30", percent: percent)
            #expect(TaskProgress.range.contains(times.percent))
            (times.start, times.due) = (.beginning, try day("9999-12-30"))
            #expect(TaskSchedule(times, due: times.due, today: .never).name == "overdue")
            #expect(TaskSchedule(times, due: times.due, today: .beginning).name == "in_time")
            times.start = .never
            #expect(TaskSchedule(times, due: times.due, today: .beginning).name == "in_time")
        }
        #expect(!TaskSchedule.isLikelyLate(elapsed: 9, of: 0, percent: 0))
        #expect(!TaskSchedule.isLikelyLate(elapsed: 9, of: -3, percent: 0))
    }

    @Test(arguments: [
        ("verified", "09-30", true, "done_in_time"), ("verified", "10-01", true, "done_late"),
        ("closed", "09-29", true, "done_in_time"), ("closed", "10-15", true, "done_late"),
        // No evidence, no green.
        ("verified", "09-30", false, "in_time"), ("closed", "10-01", false, "overdue"),
        // While it is awaited, the clock stands at the day of the declaration.
        ("declared", "09-30", true, "in_time"), ("declared", "10-01", true, "overdue"),
        // What was returned is measured by today.
        ("returned", "09-30", true, "overdue"), ("in_progress", "09-30", true, "overdue"),
        ("draft", "09-30", true, "draft"), ("paused", "09-30", true, "paused"),
        ("cancelled", "09-30", true, "cancelled"),
        ("refused", "09-30", true, "overdue"), ("issued", "09-30", true, "overdue"),
        ("accepted", "09-30", true, "overdue"),
    ]) func theDayOfTheDeclarationCounts(
        _ state: String, _ declared: String, _ evidence: Bool, _ expected: String
    ) throws {
        let state = try #require(TaskWorkflow.State(rawValue: state))
        let times = try times(state, due: "09-30", percent: 100, declared: declared, evidence: evidence)
        #expect(TaskSchedule(times, due: times.due, today: try day("11-20")).name == expected)
    }

    @Test func whatIsDoneWithoutADeadlineIsDoneInTime() throws {
        let done = try times(.verified, due: "9999-12-31", declared: "10-01")
        #expect(TaskSchedule(done, due: done.due, today: try day("11-01")) == .doneInTime)
        let waiting = try times(.declared, due: "9999-12-31", declared: "10-01")
        #expect(TaskSchedule(waiting, due: waiting.due, today: try day("11-01")) == .noDeadline)
    }

    @Test func withoutADayOfDeclarationNothingIsDone() throws {
        let times = try times(.verified, due: "09-30")
        #expect(TaskSchedule(times, due: times.due, today: try day("09-30")) == .inTime)
        #expect(TaskSchedule(times, due: times.due, today: try day("10-01")) == .overdue)
        #expect(TaskSchedule(times, due: .never, today: try day("10-01")) == .noDeadline)
    }

    @Test func anExtensionDoesNotHideTheOriginal() throws {
        let open = TaskStatus(
            try times(.inProgress, due: "12-31", percent: 80, original: "09-30"), today: try day("11-01"))
        #expect(open.schedule == .inTime && open.againstOriginal == .overdue)
        let done = TaskStatus(
            try times(.closed, due: "12-31", percent: 100, declared: "11-01", original: "09-30"),
            today: try day("12-01"))
        #expect(done.schedule == .doneInTime && done.againstOriginal == .doneLate)
        let never = TaskStatus(try times(.inProgress, due: "09-30", original: "9999-12-31"), today: try day("10-01"))
        #expect(never.schedule == .overdue && never.againstOriginal == .noDeadline)
    }

    @Test func theWarningIsTheRegulations() throws {
        var rules = CommitteeRules.standard
        (rules.warnDays, rules.warnDaysLong) = (10, 20)
        let times = try times(.inProgress, due: "09-30", percent: 90)
        let today = try day("09-21")
        #expect(TaskSchedule(times, due: times.due, today: today) == .inTime)
        #expect(TaskSchedule(times, due: times.due, today: today, rules: rules) == .dueSoon)
    }

    @Test(arguments: [
        ("draft", "draft", "none"), ("issued", "not_started", "none"), ("accepted", "not_started", "none"),
        ("refused", "refused", "none"), ("in_progress", "in_progress", "none"), ("declared", "done", "awaiting"),
        ("returned", "in_progress", "returned"), ("verified", "done", "verified"), ("closed", "done", "verified"),
        ("paused", "paused", "none"), ("cancelled", "cancelled", "none"),
    ]) func whatIsSaidAndWhatIsFoundStandApart(_ state: String, _ declared: String, _ verified: String) throws {
        let state = try #require(TaskWorkflow.State(rawValue: state))
        let status = TaskStatus(try times(state, due: "09-30"), today: try day("09-10"))
        #expect(status.declared.name == declared && status.verified.name == verified)
        let bare = TaskStatus(try times(state, due: "09-30", evidence: false), today: try day("09-10"))
        #expect(bare.verified.name == (verified == "verified" ? "none" : verified))
    }

    @Test func aPausedTaskThatWasReturnedStaysReturned() throws {
        let paused = try #require(TaskWorkflow(.paused, before: .returned))
        #expect(TaskVerification(paused, hasEvidence: true) == .returned)
        #expect(TaskDeclared(try #require(TaskWorkflow(.accepted)), percent: 10) == .inProgress)
    }

    /// In messages and in what programs read.
    @Test func theWordsOfVerificationNeverChange() {
        #expect(TaskVerification.allCases.map(\.name) == ["none", "awaiting", "returned", "verified"])
    }
}
