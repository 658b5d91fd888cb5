import Foundation
import HTTPTypes
import TestSupport

@testable import App

/// One well-formed request for any route, about a record of a relation, as anybody would send it.
struct AccessRequest {
    let world: World
    let route: Route
    let role: TableRole
    let relation: Relation

    func send() async throws -> Reply { try await send(to: try path()) }

    /// To another record than its own.
    func send(to path: String) async throws -> Reply {
        guard route.method != .get else { return try await ask(path) }
        if case .upload = route.body { return try await upload(path) }
        return route.isAPI ? try await change(path) : try await browser().post(path, form: try form())
    }

    private func ask(_ path: String) async throws -> Reply {
        route.isAPI && role != .nobody && role.who != nil
            ? try await world.api(as: role.who).get(path) : try await browser().get(path)
    }

    /// A form with a small file in it.
    private func upload(_ path: String) async throws -> Reply {
        let file = try file()
        guard route.isAPI, role != .nobody, role.who != nil else {
            let browser = try browser()
            var headers: HTTPFields = [:]
            if route.isAPI, let name = HTTPField.Name("X-CSRF-Token") { headers[name] = browser.csrf }
            guard route.isAPI else { return try await browser.upload(path, try form(), files: [file]) }
            headers[.contentType] = MultipartForm.contentType
            return try await browser.post(path, raw: MultipartForm([], files: [file]).bytes, headers: headers)
        }
        return try await world.api(as: role.who).send(
            route.method, path, headers: [.contentType: MultipartForm.contentType],
            body: MultipartForm(try form(), files: [file]).bytes)
    }

    /// A table for a route that imports one, else any small file.
    private func file() throws -> MultipartForm.File {
        if ["/tasks/import", "/api/v1/tasks/imports"].contains(route.path) {
            let table = "title,lead_unit\nKhảo sát từ tệp,\(try unit.text)\n"
            return MultipartForm.File("nhiem-vu.csv", Array(table.utf8))
        }
        if ["/documents/import", "/api/v1/documents/imports"].contains(route.path) {
            let table = "sign,type,issuer,title,issued_on\n91/QĐ-UBND,decision,\(try unit.text),Về việc nhập,\(today)\n"
            return MultipartForm.File("van-ban.csv", Array(table.utf8))
        }
        guard ["/people/import", "/api/v1/people/imports"].contains(route.path) else {
            return MultipartForm.File("ghi-chu.txt", Array("Nội dung thử nghiệm".utf8))
        }
        let table = "name,unit,title,from\nNgười Nhập,\(try unit.text),Chuyên viên,\(today)\n"
        return MultipartForm.File("can-bo.csv", Array(table.utf8))
    }

    private func browser() throws -> Browser { try world.browser(as: role.who) }

    /// With a token; somebody without an office has none and uses the session.
    private func change(_ path: String) async throws -> Reply {
        guard role == .nobody else {
            return try await world.api(as: role.who).send(
                route.method, path, members: try body(), lists: try lists(),
                ifMatch: route.operation?.needsVersion == true ? 1 : nil)
        }
        let browser = try browser()
        var headers: HTTPFields = [.contentType: "application/json", .ifMatch: "\"v1\""]
        if let name = HTTPField.Name("X-CSRF-Token") { headers[name] = browser.csrf }
        let text = JSONValue.object(try body().map { ($0.0, .text($0.1)) } + (try lists())).text
        return try await browser.send(route.method, path, headers: headers, body: Array(text.utf8))
    }

    // MARK: The record

    var staff: Staff { get throws { try world.staff(relation.place) } }
    var unit: UID { get throws { try world.uid(relation.place) } }
    private var isDissolution: Bool { route.path.contains("/dissolution") }
    private var documents: DocumentSet { get throws { try world.documents(relation.place) } }
    /// What is done to drafts only, or to these first.
    private var isOfDraft: Bool {
        ["/facts", "/issue", "/discard", "/opinions"].contains { route.path.contains("{document}\($0)") }
    }

    /// The task on which the act of the route can be done.
    var task: UID {
        get throws {
            let tasks = try world.tasks(relation.place)
            if route.path.contains("{extension}"), let extended = tasks.extended { return extended }
            if route.path.contains("/files") { return try tasks.before("progress") }
            let last = route.path.split(separator: "/").last.map(String.init) ?? ""
            if ["performer", "leader"].contains(last), let open = tasks.reassignable { return open }
            let isOfDraft =
                ["edit", "facts", "removal"].contains(last)
                || [.post, .delete].contains(route.method) && last == "{task}"
            return try tasks.before(isOfDraft ? "issue" : last)
        }
    }

    /// The route's path with the record's names in it.
    func path() throws -> String {
        let parts = try route.path.split(separator: "/").map { segment in
            segment.hasPrefix("{") ? try value(String(segment.dropFirst().dropLast())) : String(segment)
        }
        let path = "/" + parts.joined(separator: "/")
        return path == "/invitation" && route.method == .get ? "\(path)?key=\(try staff.key)" : path
    }

    private func value(_ name: String) throws -> String {
        switch name {
        case "unit": try world.uid(isDissolution ? relation.emptyPlace : relation.place).text
        // Whose data is erased holds no office any more.
        case "person": try (route.path.hasSuffix("/erasure") ? staff.former : staff.person).text
        case "invitation": try staff.invitation.text
        // The deputy's office is free to be acted for; the head's has a deputy already.
        case "office": try (route.path.contains("/delegations") ? staff.deputyOffice : staff.office).text
        case "grant": try staff.grant.text
        case "delegation": try staff.delegation.text
        case "document": try (isOfDraft ? documents.draft : documents.issued).text
        case "target": try documents.basis.text
        case "attachment" where route.path.contains("/tasks/"): try world.tasks(relation.place).file?.text ?? ""
        case "attachment": try documents.file.text
        case "requirement": try world.requirement(relation.place).text
        case "gap": try world.gap(relation.place).text
        case "task": try task.text
        case "import": try (ownKept ?? world.tasks(relation.place).imported)?.text ?? ""
        case "view": try (ownView ?? world.tasks(relation.place).view)?.text ?? ""
        case "act": try world.tasks(relation.place).bulk?.text ?? ""
        case "extension": try world.tasks(relation.place).extensionAsked?.text ?? ""
        case "opinion": try documents.opinion.text
        case "notice": try (ownNotice ?? staff.notice)?.text ?? ""
        case "label": "III.2"
        case "kind": "implements"
        case "session": try ownSession ?? staff.session
        case "token": try ownToken?.text ?? staff.token.text
        case "committee": try world.committee(relation.committee).committee.text
        case "seat": try world.committee(relation.committee).member.text
        case "organ": try world.committee(relation.committee).organ.text
        case "paper": try world.committee(relation.committee).paper.text
        case "version": world.services.assets.version
        case "file": "app.css"
        case "page": "first-steps"
        default: throw AccessTable.Broken(description: "the parameter {\(name)} of \(route.path) has no record")
        }
    }

    private var ownSession: String? {
        get throws { try role.who.flatMap { relation == .own ? try world.session($0) : nil } }
    }

    private var ownNotice: UID? {
        get throws { try role.who.flatMap { relation == .own && $0 != .nobody ? try world.notice($0) : nil } }
    }

    private var ownToken: UID? {
        get throws { try role.who.flatMap { relation == .own && $0 != .nobody ? try world.token($0) : nil } }
    }

    private var ownView: UID? { relation == .own ? role.who.flatMap(world.view) : nil }

    // MARK: What it carries

    private var today: String { world.today.text }

    /// The fields of the form, without the proof of origin.
    func form() throws -> [(String, String)] {
        switch route.path {
        case "/sign-in": [("sign_in", world.signIn(.leader)), ("password", World.password)]
        case "/sign-out", "/account/sessions/{session}/end": []
        case "/confirmation": [("password", World.password)]
        case "/account/password": [("password", "một câu mới thật dài"), ("again", "một câu mới thật dài")]
        case "/office": [("office", try chosenOffice)]
        case "/language": [("language", "en")]
        case "/tokens": [("name", "Kho số liệu"), ("scope", "read"), ("days", "30")]
        case let path where path.hasSuffix("/files/{attachment}/removal"): [("reason", "Nhầm tệp")]
        case "/tasks/acts": try body() + [("confirm", "1"), ("take.\(try task)", "1")]
        case "/tasks/{task}/children": try body() + [("confirm", "1")]
        case let path where path.contains("/tasks") || path.hasSuffix("/handover"): try body()
        case let path where path.contains("/notices"): []
        case let path where path.hasSuffix("/removal") || path.hasSuffix("/discard") || path.hasSuffix("/files"): []
        case let path where path.hasSuffix("/revocation") || path.contains("/account/"): []
        case "/people/{person}/name": [("name", "Tên Khác"), ("version", "1")]
        case "/people/import", "/api/v1/people/imports": [("days", "7")]
        case let path where path.contains("/committees"): try body() + committeeForm()
        case "/invitation":
            [("key", try staff.key), ("password", "một câu mới thật dài"), ("again", "một câu mới thật dài")]
        case "/people/{person}/erasure": [("name", try staff.formerName), ("reason", "Theo đề nghị")]
        default: try body()
        }
    }

    private var chosenOffice: String {
        get throws {
            guard relation == .own, let who = role.who, who != .nobody else { return try staff.office.text }
            return try world.office(who).text
        }
    }

    /// The members of the JSON body, which most forms share.
    func body() throws -> [(String, String)] {
        if ["/requirements", "/coverage"].contains(where: route.path.contains) { return try coverageBody() }
        if route.path.contains("/gaps") { return try gapBody() }
        if route.path.contains("/notices") { return [] }
        if route.path.contains("/tasks") { return try taskBody() }
        return try route.path.contains("/documents") ? documentBody() : otherBody()
    }

    private func otherBody() throws -> [(String, String)] {
        switch route.path {
        case let path where path.contains("/committees"): try committeeBody()
        case let path where path.hasSuffix("/revocation") || path.hasSuffix("/copies"): []
        case let path where path.contains("/account/"): []
        case let path where path.hasSuffix("/handover"):
            [("successor", try staff.deputyOffice.text), ("reason", "Nghỉ dài ngày")]
        case let path where path.hasSuffix("/end"): [("from", today), ("reason", "Chưa có người thay")]
        case let path where path.hasSuffix("/transfer"):
            [
                ("unit", try unit.text), ("title", "Biệt phái viên"), ("from", today), ("decision", "Quyết định 5"),
                ("reason", "Chưa có người thay"),
            ]
        case let path where path.hasSuffix("/delegations"):
            [("agent", try staff.office.text), ("capacity", "KT"), ("authority", "Quyết định 9"), ("from", today)]
        case let path where path.hasSuffix("/invitations"): [("days", "7")]
        case let path where path.hasSuffix("/erasure"): [("reason", "Theo đề nghị")]
        case "/units", "/api/v1/units":
            [
                ("kind", "department"), ("name", "Phòng mới"), ("parent", try unit.text), ("from", today),
                ("secrecy", "internal"), ("basis", "Quyết định 1"),
            ]
        case let path where path.hasSuffix("/names"):
            [("name", "Tên mới"), ("from", today), ("basis", "Quyết định 2")]
        case let path where path.hasSuffix("/parents"):
            [
                ("hierarchy", "territory"), ("parent", try world.uid(.pleiku).text), ("from", today),
                ("basis", "Quyết định 3"),
            ]
        case let path where path.hasSuffix("/dissolution"): [("from", today), ("basis", "Quyết định 4")]
        case let path where path.hasSuffix("/facts"): [("secrecy", "internal"), ("area_km2", "1.5")]
        case "/people", "/api/v1/people":
            [("name", "Người Mới"), ("unit", try unit.text), ("title", "Chuyên viên"), ("from", today)]
        case "/api/v1/people/{person}": [("name", "Tên Khác")]
        case let path where path.hasSuffix("/offices"):
            [("unit", try unit.text), ("title", "Kiêm nhiệm"), ("from", today)]
        case let path where path.hasSuffix("/grants"):
            [
                ("role", "member"), ("hierarchy", "territory"), ("unit", try unit.text), ("ceiling", "internal"),
                ("from", today),
            ]
        default: throw AccessTable.Broken(description: "no well-formed request for \(route.method) \(route.path)")
        }
    }

    private func documentBody() throws -> [(String, String)] {
        let named = [("issuer", try unit.text), ("title", "Về việc thử"), ("secrecy", "internal")]
        switch route.path.split(separator: "/").last {
        case "documents"?: return named + [("type", "plan"), ("numbering", "state"), ("issuer_sign", "UBND")]
        case "registrations"?: return named + [("type", "decision"), ("sign", "77/QĐ-UBND"), ("issued_on", today)]
        case "facts"?: return [("title", "Trích yếu mới")]
        case "issue"?: return [("issued_on", today)]
        case "withdrawal"?: return [("reason", "Ban hành nhầm")]
        case "links"?: return [("kind", "cites"), ("document", try documents.basis.text)]
        case "text"?: return [("text", "[I.1] Nội dung")]
        case "recipients"?: return [("unit", try unit.text)]
        case "readers"?: return [("office", try world.office(.member).text)]
        case "removal"?: return [("reason", "Nhầm tệp")]
        case "opinions"?: return [("office", try staff.office.text)]
        case "answer"?: return [("answer", "accepted")]
        default: return []
        }
    }

    private func coverageBody() throws -> [(String, String)] {
        switch route.path.split(separator: "/").last {
        case "requirements"?:
            [
                ("type", "notice"), ("due_on", "2026-12-31"), ("audience", "units"), ("units", try unit.text),
                ("owner", try unit.text),
            ]
        case "reminders"?: [("issuer", try unit.text), ("issuer_sign", "UBND-VP")]
        case "withdrawal"?: [("reason", "Không còn cần")]
        case "units"?: [("audience", "units"), ("units", try unit.text)]
        case "decisions"?: [("decision", "waive"), ("reason", "Đã có quy định chung")]
        default: [("title", "Nội dung mới"), ("due_on", "2026-12-31")]
        }
    }

    private func gapBody() throws -> [(String, String)] {
        guard route.path.hasSuffix("/decisions") else {
            return [
                ("title", "Quy chế dữ liệu"), ("type", "regulation"), ("owner", try unit.text),
                ("due_on", "2026-12-31"),
            ]
        }
        return [("decision", "drop"), ("reason", "Không còn cần")]
    }
}
