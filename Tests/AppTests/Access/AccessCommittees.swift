import TestSupport

@testable import App

/// What well-formed requests about committees carry.
extension AccessRequest {
    private var day: String { world.today.text }

    /// The members that the form and the JSON body share.
    func committeeBody() throws -> [(String, String)] {
        switch route.path {
        case "/committees", "/api/v1/committees":
            [
                ("host", try world.uid(relation.host).text), ("name", "Ban Chỉ đạo mới"), ("secrecy", "internal"),
                ("programme", "Xây dựng nông thôn mới"), ("from", day), ("decision", "Quyết định 5"),
            ]
        case let path where path.hasSuffix("/end"): [("from", day), ("decision", "Quyết định 6")]
        case let path where path.hasSuffix("/seats"):
            [("position", "member"), ("title", "Giám đốc Sở"), ("from", day), ("decision", "Quyết định 7")]
        case let path where path.hasSuffix("/consolidations"): [("from", day), ("decision", "Quyết định 8")]
        case let path where path.hasSuffix("/organs"):
            [
                ("kind", "support-team"), ("unit", try world.uid(.giaLai).text), ("from", day),
                ("decision", "Quyết định 9"),
            ]
        case let path where path.hasSuffix("/papers"):
            [("item", "notice"), ("reference", "Thông báo 02-TB/BCĐ"), ("from", day)]
        case let path where path.hasSuffix("/assignments"):
            [
                ("seat", try world.committee(relation.committee).member.text), ("reference", "Thông báo 03-TB/BCĐ"),
                ("from", day),
            ]
        case let path where path.hasSuffix("/fields"): [("name", "Nông nghiệp số")]
        case let path where path.hasSuffix("/rules"):
            [
                ("reference", "Quy chế 01-QC/BCĐ"), ("from", day), ("cadence", "monthly"),
                ("calendar", "administrative"), ("cut_off_day", "14"), ("clear_points", "6"), ("warn_days", "3"),
                ("warn_days_long", "15"),
            ]
        default: throw AccessTable.Broken(description: "no well-formed request for \(route.method) \(route.path)")
        }
    }

    /// What a form carries where the JSON body has a list.
    func committeeForm() -> [(String, String)] {
        switch route.path {
        case let path where path.hasSuffix("/consolidations"):
            [("additions.0.position", "member"), ("additions.0.title", "Giám đốc Sở")]
        case let path where path.hasSuffix("/assignments"): [("localities", "52")]
        case let path where path.hasSuffix("/rules"): [("extender.head", "1")]
        default: []
        }
    }

    /// The lists of the JSON body.
    func lists() throws -> [(String, JSONValue)] {
        switch route.path {
        case let path where path.hasSuffix("/consolidations"):
            [
                (
                    "additions",
                    .list([.object([("position", "member"), ("title", "Giám đốc Sở")])])
                )
            ]
        case let path where path.hasSuffix("/assignments"):
            [("localities", .list([.text(try world.uid(.giaLai).text)]))]
        case "/api/v1/tasks/acts":
            [("tasks", .list([.object([("task", .text(try task.text)), ("version", .int(1))])]))]
        case let path where path.hasSuffix("/rules"): [("extenders", .list(["head"]))]
        default: []
        }
    }
}
