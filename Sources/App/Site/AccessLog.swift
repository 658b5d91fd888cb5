import HTTPTypes
import HummingbirdCore
import Logging

/// One line per answer. No query string and no body: they may hold what nobody should find in a log.
enum AccessLog {
    static func write(_ logger: Logger, _ arrival: Arrival, status: Int, milliseconds: Double) {
        logger.info(
            "request",
            metadata: [
                "request": "\(arrival.requestID)", "method": "\(arrival.request.method.rawValue)",
                "path": "\(arrival.path.prefix(200))", "route": "\(arrival.route?.path ?? "")", "status": "\(status)",
                "ms": "\((milliseconds * 1_000).rounded() / 1_000)", "address": "\(arrival.address)",
                "person": "\(arrival.identified?.viewer.personID.map { String($0.value) } ?? "")",
            ])
    }
}
