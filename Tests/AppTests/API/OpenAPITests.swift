import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// The document is made from the routes; here it is held against them and against the rules of OpenAPI 3.1.
@Suite struct OpenAPITests {
    private typealias Object = [String: Any]
    private static let methods: Set<String> = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]

    private func document() throws -> [String: Any] {
        let text = OpenAPI.document(App.Application.routes).text
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? Object)
    }

    private func operations() throws -> [(path: String, method: String, operation: [String: Any])] {
        let paths = try #require(try document()["paths"] as? [String: Object])
        return paths.flatMap { path, methods in
            methods.compactMap { method, operation in (operation as? Object).map { (path, method, $0) } }
        }
    }

    @Test func everyRouteOfTheAPIIsInIt() throws {
        let described = Set(try operations().map { "\($0.method) \($0.path)" })
        let routes = App.Application.routes.filter { $0.path.hasPrefix("/api/v") }
        #expect(!routes.isEmpty)
        for route in routes {
            #expect(route.operation != nil, "\(route.path) says nothing of itself")
            #expect(described.contains("\(route.method.rawValue.lowercased()) \(route.path)"))
        }
        #expect(described.count == routes.count)
    }

    @Test func itIsServedAsItIsMade() async throws {
        try await World.with(.sqlite) { world async throws in
            let reply = try await world.door.send(.get, "/api/openapi.json")
            #expect(reply.status == 200)
            #expect(reply.header("Content-Type") == "application/json")
            #expect(reply.json["openapi"] as? String == "3.1.0")
        }
    }

    @Test func theDocumentFollowsTheRules() throws {
        let document = try document()
        let info = try #require(document["info"] as? Object)
        #expect(info["title"] is String && info["version"] is String)
        let licence = info["license"] as? Object
        #expect(licence?["name"] is String)
        #expect(licence?["identifier"] == nil || licence?["url"] == nil)
        for server in document["servers"] as? [Object] ?? [] { #expect(server["url"] is String) }
        #expect(document["paths"] != nil || document["components"] != nil)
        let schemes = (document["components"] as? Object)?["securitySchemes"] as? Object ?? [:]
        for requirement in document["security"] as? [Object] ?? [] {
            for name in requirement.keys { #expect(schemes[name] != nil, "security \(name)") }
        }
        let known: Set = [
            "openapi", "info", "jsonSchemaDialect", "servers", "paths", "webhooks", "components", "security", "tags",
            "externalDocs",
        ]
        #expect(known.isSuperset(of: document.keys))
    }

    @Test func everyOperationFollowsTheRules() throws {
        let all = try operations()
        let identifiers = all.compactMap { $0.operation["operationId"] as? String }
        #expect(identifiers.count == all.count)
        #expect(Set(identifiers).count == all.count, "operationId must be unique")
        for (path, method, operation) in all {
            let name = "\(method) \(path)"
            #expect(Self.methods.contains(method))
            #expect(path.hasPrefix("/"))
            #expect((operation["summary"] as? String)?.isEmpty == false, "\(name)")
            try checkParameters(path, name, operation)
            try checkResponses(name, operation)
            if let body = operation["requestBody"] as? Object {
                #expect(!["get", "head", "delete"].contains(method), "\(name) has a body")
                try checkContent(body["content"], name)
            }
        }
    }

    @Test func theOrderOfUnitsIsTold() throws {
        let list = try operations().first { $0.path == "/api/v1/units" && $0.method == "get" }
        let parameters = list?.operation["parameters"] as? [Object] ?? []
        let sort = parameters.first { $0["name"] as? String == "sort" }
        #expect(sort?["description"] as? String == "level otherwise; with q name.")
    }

    /// A link is made anew for each request; what the document offers must do something.
    @Test func theKeyIsOfferedWhereItIsRemembered() throws {
        let without = try operations().filter { _, method, operation in
            let names = (operation["parameters"] as? [Object] ?? []).compactMap { $0["name"] as? String }
            return method != "get" && !names.contains(IdempotencyKey.header)
        }
        #expect(Set(without.map(\.path)) == ["/api/v1/people/{person}/invitations", "/api/v1/people/imports"])
    }

    private func checkParameters(_ path: String, _ name: String, _ operation: [String: Any]) throws {
        let parameters = operation["parameters"] as? [Object] ?? []
        let keys = parameters.map { "\($0["in"] ?? "") \($0["name"] ?? "")" }
        #expect(Set(keys).count == keys.count, "\(name): a parameter twice")
        for parameter in parameters {
            let place = try #require(parameter["in"] as? String)
            #expect(["query", "header", "path", "cookie"].contains(place))
            #expect(parameter["schema"] != nil || parameter["content"] != nil)
            if place == "path" { #expect(parameter["required"] as? Bool == true) }
            // These are said elsewhere and would be ignored.
            #expect(
                place != "header"
                    || !["accept", "content-type", "authorization"].contains(
                        (parameter["name"] as? String ?? "").lowercased())
            )
            try checkSchema(parameter["schema"], name)
        }
        let templated = Set(
            path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) })
        let declared = Set(parameters.filter { $0["in"] as? String == "path" }.compactMap { $0["name"] as? String })
        #expect(templated == declared, "\(name)")
    }

    private func checkResponses(_ name: String, _ operation: [String: Any]) throws {
        let responses = try #require(operation["responses"] as? [String: Object])
        #expect(responses.keys.contains { $0.hasPrefix("2") }, "\(name)")
        #expect(responses.keys.contains { $0.hasPrefix("4") }, "\(name)")
        for (status, response) in responses {
            #expect(status == "default" || (status.count == 3 && Int(status) != nil))
            if let reference = response["$ref"] as? String {
                #expect(try resolves(reference), "\(reference)")
            } else {
                #expect(response["description"] is String)
                try checkContent(response["content"], name)
            }
        }
    }

    private func resolves(_ reference: String) throws -> Bool {
        var here: Any? = try document()
        for part in reference.split(separator: "/").dropFirst() { here = (here as? Object)?[String(part)] }
        return here != nil
    }

    private func checkContent(_ content: Any?, _ name: String) throws {
        guard let content else { return }
        let types = try #require(content as? [String: Object])
        #expect(!types.isEmpty)
        for (type, media) in types {
            #expect(type.contains("/"))
            try checkSchema(media["schema"], name)
        }
    }

    /// JSON Schema 2020-12, as far as we use it.
    private func checkSchema(_ schema: Any?, _ name: String) throws {
        let schema = try #require(schema as? Object, "\(name) lacks a schema")
        if let choices = schema["anyOf"] as? [Any] {
            for choice in choices { try checkSchema(choice, name) }
            return
        }
        let type = try #require(schema["type"] as? String, "\(name): \(schema)")
        #expect(["null", "boolean", "object", "array", "number", "string", "integer"].contains(type))
        #expect(schema["nullable"] == nil, "nullable is OpenAPI 3.0")
        if type == "array" { try checkSchema(schema["items"], name) }
        if let choices = schema["enum"] as? [String] { #expect(Set(choices).count == choices.count) }
        if type == "object" {
            let properties = schema["properties"] as? Object ?? [:]
            let required = schema["required"] as? [String] ?? []
            #expect(Set(required).isSubset(of: properties.keys), "\(name): required \(required)")
            for property in properties.values { try checkSchema(property, name) }
        }
    }

    /// What a good answer says of itself is what it is: each GET of the API is asked and held against its schema.
    @Test func goodAnswersAreAsTheDocumentSays() async throws {
        try await World.with(.sqlite) { world async throws in
            let program = try world.api(as: .root)
            for (path, method, operation) in try operations() where method == "get" {
                let document = try world.documents(.science).file, own = try world.tasks(.science).file
                let file = path.contains("{task}") ? own ?? document : document
                let real = path.replacing("{unit}", with: try world.uid(.science).text)
                    .replacing("{person}", with: try world.staff(.science).person.text)
                    .replacing("{office}", with: try world.staff(.science).office.text)
                    .replacing("{committee}", with: try world.committee(.provinceSteering).committee.text)
                    .replacing("{document}", with: try world.documents(.science).issued.text)
                    .replacing("{label}", with: "III.2")
                    .replacing("{attachment}", with: file.text)
                    .replacing("{requirement}", with: try world.requirement(.science).text)
                    .replacing("{task}", with: try task(of: path, world).text)
                    .replacing("{extension}", with: try world.tasks(.science).extensionAsked?.text ?? "")
                    .replacing("{gap}", with: try world.gap(.science).text)
                    .replacing("{view}", with: world.view(.root)?.text ?? "")
                    .replacing("{import}", with: try world.tasks(.science).imported?.text ?? "")
                    .replacing("{act}", with: try world.tasks(.science).bulk?.text ?? "")
                // A file of tasks is known in the unit that took it alone, and made by whoever gives tasks.
                let asking = path.contains("/tasks/imports") ? try world.api(as: .secretariat) : program
                let reply = try await asking.get(real)
                #expect(reply.status == 200, "\(real)")
                let good = (operation["responses"] as? [String: Object])?["200"]
                let content = good?["content"] as? [String: Object]
                // The bytes of a file have no schema.
                guard let media = content?["application/json"] else {
                    #expect(content?.keys.sorted() == ["*/*"], "\(path)")
                    continue
                }
                let problems = mismatches(reply.json, media["schema"] as? Object ?? [:], at: path)
                #expect(problems.isEmpty, "\(problems.prefix(5))")
            }
        }
    }

    /// One for which a later deadline was asked, where that is asked about.
    private func task(of path: String, _ world: World) throws -> UID {
        let tasks = try world.tasks(.science)
        return try path.contains("/extensions") ? tasks.extended ?? tasks.before("progress") : tasks.before("progress")
    }

    private func mismatches(_ value: Any, _ schema: [String: Any], at place: String) -> [String] {
        if let choices = schema["anyOf"] as? [Object] {
            return choices.contains { mismatches(value, $0, at: place).isEmpty } ? [] : ["\(place): none of anyOf"]
        }
        switch schema["type"] as? String {
        case "null": return value is NSNull ? [] : ["\(place): not null"]
        case "string":
            guard let text = value as? String else { return ["\(place): not text"] }
            return (schema["enum"] as? [String]).map { $0.contains(text) ? [] : ["\(place): \(text) is no choice"] }
                ?? []
        case "integer", "boolean": return value is NSNumber ? [] : ["\(place): not a number"]
        case "array":
            guard let items = value as? [Any], let item = schema["items"] as? Object else {
                return ["\(place): not a list"]
            }
            return items.flatMap { mismatches($0, item, at: "\(place)[]") }
        case "object": return members(value, schema, at: place)
        default: return ["\(place): unknown schema"]
        }
    }

    private func members(_ value: Any, _ schema: [String: Any], at place: String) -> [String] {
        guard let object = value as? Object else { return ["\(place): not an object"] }
        guard let properties = schema["properties"] as? [String: Object] else { return [] }
        let missing = (schema["required"] as? [String] ?? []).filter { object[$0] == nil }.map {
            "\(place): \($0) is missing"
        }
        let extra = object.keys.filter { properties[$0] == nil }.map { "\(place): \($0) is not in the document" }
        return missing + extra
            + object.flatMap { name, member in
                properties[name].map { mismatches(member, $0, at: "\(place).\(name)") } ?? []
            }
    }
}
