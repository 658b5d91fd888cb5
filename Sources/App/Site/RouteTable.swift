import HTTPTypes

/// Finds the route of a request. Literal segments win over named ones; a known path with another method is a 405.
///
/// Our own, since the same values also make the OpenAPI document and the access test, and a 405 names what is allowed.
struct RouteTable: Sendable {
    enum Found {
        case route(Route, parameters: [String: String])
        case otherMethods([String])
        case nothing
    }

    private final class Node: Sendable {
        let literals: [String: Node]
        let named: Node?
        let routes: [Entry]

        init(_ entries: [(segments: ArraySlice<String>, route: Route)]) {
            var byLiteral: [String: [(ArraySlice<String>, Route)]] = [:]
            var byName: [(ArraySlice<String>, Route)] = []
            var here: [Entry] = []
            for (segments, route) in entries {
                guard let first = segments.first else {
                    here.append(Entry(route))
                    continue
                }
                let rest = segments.dropFirst()
                if first.hasPrefix("{") {
                    byName.append((rest, route))
                } else {
                    byLiteral[first, default: []].append((rest, route))
                }
            }
            literals = byLiteral.mapValues { Node($0.map { (segments: $0.0, route: $0.1) }) }
            named = byName.isEmpty ? nil : Node(byName.map { (segments: $0.0, route: $0.1) })
            routes = here
        }
    }

    private struct Entry: Sendable {
        let route: Route
        let names: [(position: Int, name: String)]

        init(_ route: Route) {
            self.route = route
            names = route.path.split(separator: "/").enumerated().compactMap { position, segment in
                segment.hasPrefix("{") ? (position, String(segment.dropFirst().dropLast())) : nil
            }
        }
    }

    private let root: Node

    init(_ routes: [Route]) {
        root = Node(routes.map { (segments: $0.path.split(separator: "/").map(String.init)[...], route: $0) })
    }

    /// `path` without the query. A segment that is not valid percent-encoded UTF-8 finds nothing.
    func find(_ method: HTTPRequest.Method, _ path: String) -> Found {
        var segments: [String] = []
        for part in path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true) {
            guard segments.count < 12, let segment = PercentDecoding.segment(part) else { return .nothing }
            segments.append(segment)
        }
        guard let node = find(segments[...], from: root), !node.routes.isEmpty else { return .nothing }
        let wanted = method == .head ? .get : method
        guard let entry = node.routes.first(where: { $0.route.method == wanted }) else {
            return .otherMethods(node.routes.map(\.route.method.rawValue).sorted())
        }
        var parameters: [String: String] = [:]
        for (position, name) in entry.names { parameters[name] = segments[position] }
        return .route(entry.route, parameters: parameters)
    }

    private func find(_ segments: ArraySlice<String>, from node: Node) -> Node? {
        guard let first = segments.first else { return node.routes.isEmpty ? nil : node }
        let rest = segments.dropFirst()
        if let next = node.literals[first], let found = find(rest, from: next) { return found }
        return node.named.flatMap { find(rest, from: $0) }
    }
}

/// Percent-decoding of one path segment: `+` is itself there, unlike in a form.
enum PercentDecoding {
    static func segment(_ bytes: some Sequence<UInt8>) -> String? {
        Fields.decode(bytes.flatMap { $0 == UInt8(ascii: "+") ? Array("%2B".utf8) : [$0] })
    }
}
