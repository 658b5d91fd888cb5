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
        return route.isAPI ? try await change(path) : try await browser().post(path, form: try form())
    }

    private func ask(_ path: String) async throws -> Reply {
        route.isAPI && role != .nobody && role.who != nil
            ? try await world.api(as: role.who).get(path) : try await browser().get(path)
    }

    private func browser() throws -> Browser { try world.browser(as: role.who) }

    /// With a token; somebody without an office has none and uses the session.
    private func change(_ path: String) async throws -> Reply {
        guard role == .nobody else {
            return try await world.api(as: role.who).send(
                route.method, path, members: try body(), ifMatch: route.operation?.needsVersion == true ? 1 : nil)
        }
        let browser = try browser()
        var headers: HTTPFields = [.contentType: "application/json", .ifMatch: "\"v1\""]
        if let name = HTTPField.Name("X-CSRF-Token") { headers[name] = browser.csrf }
        let text = JSONValue.object(try body().map { ($0.0, .text($0.1)) }).text
        return try await browser.send(route.method, path, headers: headers, body: Array(text.utf8))
    }

    // MARK: The record

    private var staff: Staff { get throws { try world.staff(relation.place) } }
    private var unit: UID { get throws { try world.uid(relation.place) } }
    private var isDissolution: Bool { route.path.contains("/dissolution") }

    /// The route's path with the record's names in it.
    func path() throws -> String {
        let parts = try route.path.split(separator: "/").map { segment in
            segment.hasPrefix("{") ? try value(String(segment.dropFirst().dropLast())) : String(segment)
        }
        return "/" + parts.joined(separator: "/")
    }

    private func value(_ name: String) throws -> String {
        switch name {
        case "unit": try world.uid(isDissolution ? relation.emptyPlace : relation.place).text
        case "person": try staff.person.text
        // The deputy's office is free to be acted for; the head's has a deputy already.
        case "office": try (route.path.contains("/delegations") ? staff.deputyOffice : staff.office).text
        case "grant": try staff.grant.text
        case "delegation": try staff.delegation.text
        case "session": try ownSession ?? staff.session
        case "token": try ownToken?.text ?? staff.token.text
        case "version": world.services.assets.version
        case "file": "app.css"
        default: throw AccessTable.Broken(description: "the parameter {\(name)} of \(route.path) has no record")
        }
    }

    private var ownSession: String? {
        get throws { try role.who.flatMap { relation == .own ? try world.session($0) : nil } }
    }

    private var ownToken: UID? {
        get throws { try role.who.flatMap { relation == .own && $0 != .nobody ? try world.token($0) : nil } }
    }

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
        case let path where path.hasSuffix("/revocation") || path.contains("/account/"): []
        case "/people/{person}/name": [("name", "Tên Khác"), ("version", "1")]
        case "/offices/{office}/end": [("from", today)]
        case "/offices/{office}/delegations":
            [("agent", try staff.office.text), ("capacity", "KT"), ("authority", "Quyết định 9"), ("from", today)]
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
        switch route.path {
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
}
