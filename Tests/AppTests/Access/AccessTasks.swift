import HTTPTypes
import TestSupport

@testable import App

extension AccessRequest {
    /// What is confirmed, and what is told to be wrong with it, is what waits for the viewer.
    var ownKept: UID? {
        let isOfKept = route.method == .post || route.path.hasSuffix("/problems.csv")
        return relation == .own && isOfKept ? role.who.flatMap(world.keptImport) : nil
    }

    /// What a request about tasks carries.
    func taskBody() throws -> [(String, String)] {
        if route.method == .delete { return [] }
        return switch route.path.split(separator: "/").last.map(String.init) {
        case "tasks", "{task}", "facts":
            [("title", "Lập danh mục dữ liệu dùng chung"), ("lead_unit", try unit.text)]
        case "extensions": [("to", "2027-01-31"), ("reason", "Chưa đủ số liệu")]
        case "decision": [("decision", "refused"), ("answer", "Đủ thời gian")]
        case "children": [("audience", "units"), ("units", try unit.text)]
        case "acts": [("act", "pause"), ("text", "Theo chỉ đạo")]
        case "progress": [("text", "Đã xong một nửa"), ("percent", "50")]
        case "views", "{view}": [("name", "Việc sắp đến hạn"), ("query", "schedule=week")]
        case "removal": route.isAPI && route.path.contains("/files/") ? [("reason", "Nhầm tệp")] : []
        case "files", "import", "imports", "{import}", "default": []
        case "performer": [("office", try staff.deputyOffice.text), ("reason", "Chuyển công tác")]
        case "leader": [("office", try staff.deputyOffice.text), ("reason", "Phân công lại")]
        default: [("text", "Theo chỉ đạo")]
        }
    }
}
