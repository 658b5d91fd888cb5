import Foundation
import HTTPTypes
import Storage
import Synchronization
import TestSupport
import Testing

@testable import App

/// A form with files on its way through the door: nothing is kept before its origin and the right are known, and
/// nothing is left behind.
@Suite struct UploadTests {
    /// What the handler was given: field values, and name and content of each file.
    final class Seen: Sendable {
        struct Call: Sendable {
            var fields: [String: String]
            var files: [String]
            var isThere: Bool
        }
        private let calls = Mutex<[Call]>([])
        var all: [Call] { calls.withLock { $0 } }

        func note(_ upload: Upload) {
            let files = upload.files.map { file in
                "\(file.field)/\(file.name)/\(file.size)/\((try? String(contentsOf: file.url, encoding: .utf8)) ?? "?")"
            }
            let isThere = upload.files.allSatisfy { FileManager.default.fileExists(atPath: $0.url.path) }
            calls.withLock { $0.append(Call(fields: upload.fields.raw, files: files, isThere: isThere)) }
        }
    }

    /// A world with a form at `/trial` and the same on the API, that takes 1,000 bytes of files.
    private func with(_ body: (World, Seen) async throws -> Void) async throws {
        let seen = Seen()
        let handler: Route.Handler = { visit in
            seen.note(try visit.uploaded())
            return visit.redirect(to: "/")
        }
        let admit: @Sendable (Visit) async throws -> Void = { visit in
            guard visit.viewer.has(.administrator) else { throw AppError.notFound }
        }
        let routes = [
            Route.upload("/trial", limit: 1_000, admit: admit, handler),
            Route(.post, "/api/v1/trial", body: .upload(limit: 1_000, admit: admit), handler),
        ]
        try await World.with(.sqlite, extraRoutes: routes) { world async throws in try await body(world, seen) }
    }

    private func left(_ world: World) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: world.services.files.incoming.path)) ?? []
    }

    private let file = MultipartForm.File("../../Báo \"cáo\".pdf", Array("nội dung".utf8))

    @Test func fieldsAndFilesReachTheHandlerAndAreGoneAfterwards() async throws {
        try await with { world, seen in
            let more = [MultipartForm.File("b.txt", Array("hai".utf8)), MultipartForm.File("", [])]
            let reply = try await world.browser(as: .administrator).upload(
                "/trial", [("note", "Nghị quyết"), ("empty", "")], files: [file] + more)
            #expect(reply.status == 303)
            let call = try #require(seen.all.first)
            #expect(call.fields["note"] == "Nghị quyết" && call.fields["empty"] == "")
            #expect(call.files == ["file/../../Báo \"cáo\".pdf/10/nội dung", "file/b.txt/3/hai"])
            #expect(call.isThere)
            #expect(left(world) == [])
        }
    }

    /// Without the token, with a wrong one, with the token after the file, with two.
    @Test func aFormThatIsNotOursIsRefusedBeforeAnythingIsKept() async throws {
        try await with { world, seen in
            let browser = try world.browser(as: .administrator)
            let stranger = try world.browser(as: .leader)
            for fields in [
                [("csrf", "x")], [("csrf", stranger.csrf)], [("csrf", "")], [("note", "a"), ("csrf", browser.csrf)],
            ] {
                #expect(try await browser.upload("/trial", fields, files: [file]).status == 403)
            }
            let headers: HTTPFields = [.contentType: MultipartForm.contentType]
            let bare = MultipartForm([], files: [file]).bytes
            #expect(try await browser.post("/trial", raw: bare, headers: headers).status == 403)
            let twice = [("csrf", browser.csrf), ("csrf", browser.csrf)]
            #expect(try await browser.upload("/trial", twice, files: [file]).status == 403)
            let name = try #require(HTTPField.Name("Sec-Fetch-Site"))
            #expect(try await browser.upload("/trial", files: [file], headers: [name: "cross-site"]).status == 403)
            #expect(seen.all.isEmpty && left(world) == [])
            // Not even the folder has been made: no file was begun.
            #expect(!FileManager.default.fileExists(atPath: world.services.files.incoming.path))
        }
    }

    @Test func whoMayNotIsToldBeforeTheFileIsRead() async throws {
        try await with { world, seen in
            #expect(try await world.browser(as: .leader).upload("/trial", files: [file]).status == 404)
            let nobody = try await world.browser().upload("/trial", files: [file])
            #expect(nobody.status == 303 && nobody.location?.hasPrefix("/sign-in") == true)
            #expect(seen.all.isEmpty)
            #expect(!FileManager.default.fileExists(atPath: world.services.files.incoming.path))
        }
    }

    private static let ofOurs: HTTPFields = HTTPField.Name("Sec-Fetch-Site").map { [$0: "same-origin"] } ?? [:]

    /// The session is over, or the token is that of an older one: what was typed comes along, the file is named.
    @Test(arguments: [true, false]) func aRefusedFormWithAFileKeepsItsFields(isOver: Bool) async throws {
        try await with { world, seen in
            let browser = try world.browser(as: .administrator)
            if isOver { world.clock.advance(world.services.configuration.limits.sessionIdle) }
            let fields = [("csrf", "of-an-older-session"), ("note", "Nghị \"quyết\""), ("other", "b")]
            var page = try await browser.upload(
                "/trial", fields, files: [file, MultipartForm.File("", [])], headers: Self.ofOurs)
            #expect(page.status == (isOver ? 401 : 403))
            if isOver {
                #expect(page.text.contains("name=\"carried-file.file\""))
                let hidden = [
                    ("carried", "/trial"), ("carried.note", "Nghị \"quyết\""), ("carried.other", "b"),
                    ("carried-file.file", "Báo cáo.pdf"),
                ]
                page = try await browser.post(
                    "/sign-in",
                    form: hidden + [("sign_in", world.signIn(.administrator)), ("password", World.password)])
                #expect(page.status == 200)
            }
            #expect(page.text.contains("enctype=\"multipart/form-data\""))
            #expect(page.text.contains("<input type=\"file\" id=\"file-0\" name=\"file\" required>"))
            #expect(page.text.contains("name=\"note\" value=\"Nghị &quot;quyết&quot;\""))
            #expect(page.text.contains("Tệp đã chọn trước đó: "))
            #expect(seen.all.isEmpty && left(world) == [])
            #expect(!FileManager.default.fileExists(atPath: world.services.files.incoming.path))
            #expect(try await browser.upload("/trial", [("note", "a")], files: [file]).status == 303)
            #expect(seen.all.count == 1)
        }
    }

    @Test func aProgramSendsFilesWithItsToken() async throws {
        try await with { world, seen in
            let body = MultipartForm([("note", "a")], files: [file]).bytes
            let headers: HTTPFields = [.contentType: MultipartForm.contentType]
            func send(_ who: Who?) async throws -> Int {
                try await world.api(as: who).send(.post, "/api/v1/trial", headers: headers, body: body).status
            }
            #expect(try await send(.administrator) == 303)
            #expect(seen.all.map(\.files) == [["file/../../Báo \"cáo\".pdf/10/nội dung"]])
            #expect(try await send(.leader) == 404)
            #expect(try await send(nil) == 401)
            // A session on the API needs the header.
            let browser = try world.browser(as: .administrator)
            #expect(try await browser.post("/api/v1/trial", raw: body, headers: headers).status == 403)
            let name = try #require(HTTPField.Name("X-CSRF-Token"))
            let proof = headers.merging([name: browser.csrf])
            #expect(try await browser.post("/api/v1/trial", raw: body, headers: proof).status == 303)
            #expect(seen.all.count == 2 && left(world) == [])
        }
    }

    @Test func tooMuchIsRefusedAtItsAnnouncementAndAtTheLimit() async throws {
        try await with { world, seen in
            let browser = try world.browser(as: .administrator)
            let large = MultipartForm.File("a.txt", [UInt8](repeating: 65, count: 1_001))
            for files in [[large], [file, file, MultipartForm.File("b", [UInt8](repeating: 66, count: 990))]] {
                let reply = try await browser.upload("/trial", files: files)
                #expect(reply.status == 413)
                #expect(reply.header("Connection") == "close")
            }
            let announced = try await browser.upload("/trial", files: [], headers: [.contentLength: "2147483648"])
            #expect(announced.status == 413)
            #expect(
                try await browser.upload(
                    "/trial", files: [MultipartForm.File("a", [UInt8](repeating: 65, count: 1_000))]
                ).status == 303)
            #expect(seen.all.count == 1 && left(world) == [])
        }
    }

    /// Whoever comes when all places are taken, or when the disk is for the database alone, is asked to come again.
    @Test func aFullHouseAndAFullDiskAreToldBeforeAFileIsKept() async throws {
        let routes = [Route.upload("/trial", admit: { _ in }, { $0.redirect(to: "/") })]
        for change: @Sendable (inout Configuration) -> Void in [
            { $0.limits.uploads = 0 }, { $0.limits.diskReserve = .max },
        ] {
            try await World.with(.sqlite, extraRoutes: routes, configure: change) { world async throws in
                let reply = try await world.browser(as: .leader).upload("/trial", files: [file])
                #expect(reply.status == 503 && reply.header("Retry-After") == "5")
                #expect(left(world) == [])
                // Who may not send files at all is told that, and not that the house is full.
                let refused = try await world.browser(as: .leader).upload("/trial", [("csrf", "x")], files: [file])
                #expect(refused.status == 403)
            }
        }
        try await World.with(.sqlite, extraRoutes: routes, configure: { $0.limits.uploads = 1 }) { world async throws in
            // A place is given back, and whoever is refused takes none.
            let browser = try world.browser(as: .leader)
            #expect(try await browser.upload("/trial", [("csrf", "x")], files: [file]).status == 403)
            #expect(try await browser.upload("/trial", files: [file]).status == 303)
            #expect(try await browser.upload("/trial", files: [file]).status == 303)
        }
    }

    @Test func aLimitIsSaidInAUnitThatFits() async throws {
        let routes = [Route.upload("/trial", admit: { _ in }, { $0.redirect(to: "/") })]
        try await World.with(.sqlite, extraRoutes: routes) { world async throws in
            let browser = try world.browser(as: .leader)
            let reply = try await browser.upload("/trial", files: [], headers: [.contentLength: "2147483648"])
            #expect(reply.status == 413 && reply.text.contains("200 MiB"))
        }
    }

    @Test func whatBreaksOffLeavesNothing() async throws {
        try await with { world, seen in
            let browser = try world.browser(as: .administrator)
            let whole = MultipartForm([("csrf", browser.csrf)], files: [file]).bytes
            for length in [0, 20, 150, whole.count - 60, whole.count - 20, whole.count - 5] {
                let reply = try await browser.post(
                    "/trial", raw: Array(whole.prefix(length)), headers: [.contentType: MultipartForm.contentType])
                #expect(reply.status == 400, "\(length)")
                #expect(left(world) == [])
            }
            #expect(seen.all.isEmpty)
        }
    }

    @Test func aFieldThatIsDoubledOrUnreadableIsAProblemOfIt() async throws {
        try await with { world, seen in
            let browser = try world.browser(as: .administrator)
            for fields in [[("a", "1"), ("a", "2")], [("a", "x\u{0}y")]] {
                let reply = try await browser.upload("/trial", [("csrf", browser.csrf)] + fields, files: [file])
                #expect(reply.status == 422)
                #expect(reply.text.contains("a: "))
            }
            #expect(seen.all.isEmpty && left(world) == [])
        }
    }

    /// The same key with another file is another request.
    @Test func aKeyRemembersTheBytesThatCameWithIt() throws {
        func text(_ fields: [String: String], _ name: String, _ bytes: [UInt8]) throws -> String {
            let folder = FileManager.default.temporaryDirectory.appending(path: "resolute-keys-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: folder) }
            let file = try FileStore(folder: folder).begin()
            try file.write(bytes)
            let received = ReceivedFile(
                field: "file", name: name, file: file, size: file.size, sha256: file.sha256())
            return Upload(fields: Fields(raw: fields), files: [received]).digestText
        }
        let first = try text(["a": "1", "b": "2"], "x.pdf", [1])
        #expect(try text(["b": "2", "a": "1"], "x.pdf", [1]) == first)
        #expect(try text(["a": "1", "b": "2"], "x.pdf", [2]) != first)
        #expect(try text(["a": "1", "b": "3"], "x.pdf", [1]) != first)
        #expect(try text(["a": "1", "b": "2"], "y.pdf", [1]) != first)
    }

    @Test(arguments: [
        "application/x-www-form-urlencoded", "multipart/form-data", "multipart/mixed; boundary=x", "text/plain",
    ])
    func aFormOfAnotherKindIsRefused(_ type: String) async throws {
        try await with { world, seen in
            let browser = try world.browser(as: .administrator)
            let reply = try await browser.post(
                "/trial", raw: Array("csrf=\(browser.csrf)".utf8), headers: [.contentType: type])
            #expect(reply.status == 415)
            #expect(seen.all.isEmpty)
        }
    }
}

extension HTTPFields {
    fileprivate func merging(_ other: HTTPFields) -> HTTPFields {
        var merged = self
        for field in other { merged[field.name] = field.value }
        return merged
    }
}
