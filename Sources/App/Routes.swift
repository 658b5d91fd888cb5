/// The table of contents: one line per feature, in the order of the menu.
enum Routes {
    static var all: [Route] {
        [
            HomePages().routes, TodayPages().routes, LeaderPages().routes, SearchPages().routes, SearchAPI().routes,
            TaskImportPages().routes, TaskImportAPI().routes,
            TaskExportPages().routes, SavedViewPages().routes, SavedViewAPI().routes,
            TaskPages().routes, TaskActPages().routes, TaskBreakdownPages().routes, TaskBulkPages().routes,
            TaskAPI().routes, TaskPastAPI().routes, TaskBulkAPI().routes,
            NoticePages().routes, NoticeAPI().routes,
            TaskFilePages().routes, TaskFileAPI().routes, TaskReassigningPages().routes,
            TaskReassigningAPI().routes, TaskHandoverPages().routes,
            UnitPages().routes, UnitAPI().routes,
            PersonPages().routes, PersonAPI().routes, PersonAccountAPI().routes,
            PersonImportPages().routes, PersonImportAPI().routes,
            UnitRosterPages().routes, OfficeAPI().routes,
            DocumentPages().routes, DocumentActPages().routes, DocumentOpinionPages().routes,
            DocumentReaderPages().routes, DocumentImportPages().routes, DocumentImportAPI().routes,
            DocumentFilePages().routes, DocumentAPI().routes, DocumentFileAPI().routes,
            CommitteePages().routes, CommitteeAPI().routes, PortfolioPages().routes, PortfolioAPI().routes,
            CoveragePages().routes, RequirementPages().routes, CoverageAPI().routes,
            GapPages().routes, GapAPI().routes,
            ActivityPages().routes, ActivityAPI().routes,
            SignInPages().routes, AccountPages().routes, TokenPages().routes,
            InvitationPages().routes, InvitationAPI().routes, PersonDataPages().routes, PersonDataAPI().routes,
            OpenAPIPages().routes,
            HelpPages().routes, SystemPages().routes,
        ].flatMap { $0 }
    }
}
