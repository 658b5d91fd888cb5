import App
import Foundation
import HTTPTypes
import Storage

/// Routes behind a hidden option, for a measurement that must see into the product.
enum TrialRoutes {
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
}
