import App
import Foundation
import HTTPTypes
import Storage

/// Routes behind hidden options, for trials that must reach a part of the product directly.
enum TrialRoutes {
    /// Files of the unit of the office in use: `POST /trial/files` answers with the uid, under which they are read back.
    static let files: [Route] = [
        .upload("/trial/files", admit: { visit in _ = try office(visit) }, keep), .get("/trial/files/{file}", send),
    ]

    /// `GET /trial/statements` answers with every distinct statement since it was asked last, each with the values that it
    /// ran with last.
    static let statements: [Route] = [.get("/trial/statements", tell)]

    private static func tell(_ visit: Visit) async throws -> Answer {
        StatementLog.start()
        let entries = StatementLog.statements.map { entry -> [String: Any] in
            ["text": entry.sql.text(for: entry.engine), "values": entry.sql.values.map(json)]
        }
        StatementLog.forget()
        let text = String(decoding: try JSONSerialization.data(withJSONObject: entries), as: UTF8.self)
        return Answer(status: .ok, headers: [.contentType: "application/json"], text: text)
    }

    private static func json(_ value: SQLValue) -> Any {
        switch value {
        case .null: NSNull()
        case .integer(let value): value
        case .double(let value): value
        case .text(let value): value
        case .blob(let bytes): ["hex": bytes.map { String(format: "%02x", $0) }.joined()]
        }
    }

    private static func keep(_ visit: Visit) async throws -> Answer {
        let kept = try await AttachmentIntake(visit.services.files).keep(try visit.uploaded().files("file"))
        let (viewer, today, now, unit) = (visit.viewer, visit.today, visit.now, try office(visit).unit)
        let added = try await visit.database.write { tx in
            let subject = Subject(
                .unit, id: unit.value, uid: try UnitStore(tx: tx, viewer: viewer, today: today).find(unit).uid)
            return try AttachmentStore(tx: tx, viewer: viewer, today: today).add(kept, to: subject, unit: unit, at: now)
        }
        return Answer(status: .created, headers: [.contentType: "text/plain"], text: added.map(\.uid.text).joined())
    }

    private static func send(_ visit: Visit) async throws -> Answer {
        let (viewer, today, unit, uid) = (visit.viewer, visit.today, try office(visit).unit, try visit.uid("file"))
        let attachment = try await visit.database.read { tx in
            let subject = Subject(
                .unit, id: unit.value, uid: try UnitStore(tx: tx, viewer: viewer, today: today).find(unit).uid)
            return try AttachmentStore(tx: tx, viewer: viewer, today: today).find(uid, of: subject)
        }
        return try visit.answer(attachment)
    }

    private static func office(_ visit: Visit) throws -> Viewer.OfficeInUse {
        guard let office = visit.viewer.office else { throw AppError.notFound }
        return office
    }
}
