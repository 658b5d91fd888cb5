@testable import App

/// Keys that are put together from a value of committees.
enum CommitteeWords {
    static let keys: [String] =
        SeatPosition.allCases.flatMap { ["committee.position.\($0.rawValue)", "event.field.seats-\($0.rawValue)"] }
        + OrganKind.allCases.map { "committee.organ.\($0.rawValue)" }
        + SetupItem.allCases.map { "committee.item.\($0.rawValue)" }
        + SetupLine.State.allCases.map { "committee.setup.\($0.rawValue)" }
        + ComplianceState.allCases.map { "committee.compliance.\($0.rawValue)" }
        + ComplianceFilter.TerritoryLevel.allCases.map { "committee.level.\($0.rawValue)" }
        + PortfolioCoverage.State.allCases.map { "portfolio.state.\($0.rawValue)" }
        + WorkField.Family.allCases.map { "portfolio.family.\($0.rawValue)" }
        + SessionCadence.allCases.map { "portfolio.cadence.\($0.rawValue)" }
        + ReportingCalendar.allCases.map { "portfolio.calendar.\($0.rawValue)" }
        + DeadlineExtender.allCases.map { "portfolio.extender.\($0.rawValue)" } + [
            "portfolio.clear.5", "portfolio.clear.6",
        ]
        + ["name", "host", "programme", "from", "over_from", "head_title", "head"].map { "committee.field.\($0)" }
}
