import HTTPTypes

/// The list of tasks as a file.
struct TaskExportPages {
    var routes: [Route] {
        [.get("/tasks.csv", csv), .get("/tasks.xlsx", xlsx)]
    }

    func csv(_ visit: Visit) async throws -> Answer {
        let asked = try await TaskListRequest(visit)
        let page = visit.page
        let text = try await visit.tasks { try TaskExport(store: $0, page: page).csv(asked.filter) }
        return visit.csv(name: "tasks-\(visit.today.text).csv", text)
    }

    func xlsx(_ visit: Visit) async throws -> Answer {
        let asked = try await TaskListRequest(visit)
        let page = visit.page
        return try await visit.workbook(name: "tasks-\(visit.today.text).xlsx") { file, folder in
            try await visit.tasks { try TaskExport(store: $0, page: page).xlsx(asked.filter, to: file, folder: folder) }
        }
    }
}
