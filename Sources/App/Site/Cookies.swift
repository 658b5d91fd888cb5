/// The request's cookies. A name that comes twice counts as absent: somebody else may have planted the second.
struct Cookies: Sendable {
    private var values: [String: String] = [:]
    private var doubled: Set<String> = []

    init(header: String?) {
        for pair in (header ?? "").split(separator: ";") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2 else { continue }
            let name = String(halves[0].drop { $0 == " " })
            if values.updateValue(String(halves[1]), forKey: name) != nil { doubled.insert(name) }
        }
    }

    subscript(name: String) -> String? { doubled.contains(name) ? nil : values[name] }
}
