import Synchronization

/// Counts for `/metrics`, in the text format that Prometheus reads.
public final class Metrics: Sendable {
    private struct Counts {
        var requests: [String: Int] = [:]
        var durations: [Int] = Array(repeating: 0, count: Metrics.bounds.count + 1)
        var durationSum = 0.0
        var inFlight = 0
    }

    /// Upper bounds in milliseconds.
    private static let bounds: [Double] = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000]
    private let counts = Mutex(Counts())

    public init() {}

    public func began() { counts.withLock { $0.inFlight += 1 } }

    /// `route` is the pattern, never the path, so that the number of series stays small.
    public func ended(route: String, method: String, status: Int, milliseconds: Double) {
        let bucket = Metrics.bounds.firstIndex { milliseconds <= $0 } ?? Metrics.bounds.count
        counts.withLock {
            $0.inFlight -= 1
            $0.requests["method=\"\(method)\",route=\"\(route)\",status=\"\(status)\"", default: 0] += 1
            $0.durations[bucket] += 1
            $0.durationSum += milliseconds
        }
    }

    public func text() -> String {
        let now = counts.withLock { $0 }
        var lines = ["# HELP resolute_requests_total Answers by route.", "# TYPE resolute_requests_total counter"]
        lines += now.requests.sorted { $0.key < $1.key }.map { "resolute_requests_total{\($0.key)} \($0.value)" }
        lines += [
            "# HELP resolute_request_milliseconds Time to answer.", "# TYPE resolute_request_milliseconds histogram",
        ]
        var sum = 0
        for (bound, count) in zip(Metrics.bounds, now.durations) {
            sum += count
            lines.append("resolute_request_milliseconds_bucket{le=\"\(bound)\"} \(sum)")
        }
        sum += now.durations.last ?? 0
        lines.append("resolute_request_milliseconds_bucket{le=\"+Inf\"} \(sum)")
        lines.append("resolute_request_milliseconds_sum \(now.durationSum)")
        lines.append("resolute_request_milliseconds_count \(sum)")
        lines += ["# HELP resolute_requests_in_flight Requests under way.", "# TYPE resolute_requests_in_flight gauge"]
        lines.append("resolute_requests_in_flight \(now.inFlight)")
        return lines.joined(separator: "\n") + "\n"
    }
}
