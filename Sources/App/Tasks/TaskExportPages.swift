import Foundation
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

    /// Made whole in the folder of what arrives, which is swept after a crash; only then is a byte of it sent.
    func xlsx(_ visit: Visit) async throws -> Answer {
        let asked = try await TaskListRequest(visit)
        let page = visit.page, files = visit.services.files
        let file = try await FileStore.run { try files.begin() }
        defer { file.discard() }
        let (url, folder) = (file.url, files.incoming)
        try await visit.tasks { try TaskExport(store: $0, page: page).xlsx(asked.filter, to: url, folder: folder) }
        let bytes = try await FileStore.run { [UInt8](try Data(contentsOf: url)) }
        return visit.xlsx(name: "tasks-\(visit.today.text).xlsx", bytes)
    }
}
