import Foundation

@testable import App

/// The files of the demonstration as they are shipped, for the tests that read them without a database.
struct DemoSources {
    let world: DemoWorld
    let documents: DemoDocuments
    let committees: DemoCommittees
    let tasks: DemoTasks
    /// Article by file name.
    let articles: [String: String]
    /// Codes with their scheme, and the code above each.
    let parents: [String: String]

    static let resources = WallsTests.root.appending(path: "Resources")

    init() throws {
        world = try DemoWorld.load(from: Self.resources)
        documents = try DemoDocuments.load(from: Self.resources)
        committees = try DemoCommittees.load(from: Self.resources)
        tasks = try DemoTasks.load(from: Self.resources)
        let folder = Self.resources.appending(path: "articles")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".txt") }
        articles = Dictionary(
            uniqueKeysWithValues: try names.map {
                ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8))
            })
        var parents: [String: String] = [:]
        for (file, scheme) in [("units-2025", "gso-2025"), ("units-before-2025-07-01", "gso-before-2025")] {
            let text = try String(contentsOf: Self.resources.appending(path: "units/\(file).csv"), encoding: .utf8)
            for line in text.split(separator: "\n").dropFirst() {
                let cells = line.split(separator: ",", omittingEmptySubsequences: false)
                let top = cells[3] == "VN" ? "gso-2025:VN" : "\(scheme):\(cells[3])"
                parents["\(scheme):\(cells[0])"] = top
            }
        }
        self.parents = parents
    }

    static func raw(_ name: String) throws -> String {
        try String(contentsOf: resources.appending(path: "demo/\(name)"), encoding: .utf8)
    }

    static let files = ["world.json", "documents.json", "committees.json", "tasks.json"]

    /// Every object of a file that says where a statement comes from.
    static func marks(in name: String) throws -> [[String: Any]] {
        var found: [[String: Any]] = []
        func walk(_ value: Any) {
            if let object = value as? [String: Any] {
                if object["certainty"] != nil || object["quote"] != nil || object["article"] != nil {
                    found.append(object)
                }
                for inner in object.values { walk(inner) }
            } else if let list = value as? [Any] {
                for inner in list { walk(inner) }
            }
        }
        walk(try JSONSerialization.jsonObject(with: Data(try raw(name).utf8)))
        return found
    }

    /// A body of the world, or a piece of territory.
    func knows(_ unit: String) -> Bool { world.units.contains { $0.key == unit } || parents[unit] != nil }

    func paper(_ key: String) -> DemoDocuments.Paper? { documents.documents.first { $0.key == key } }

    /// What must issue, by a requirement.
    func units(of requirement: DemoDocuments.Requirement) -> Set<String> {
        if let list = requirement.units.list { return Set(list) }
        // Of the country's children only those of today: the provinces before the reform stand below it too.
        return Set(
            parents.filter { code, top in
                top == requirement.units.below && (top != "gso-2025:VN" || code.hasPrefix("gso-2025:"))
            }.map(\.key))
    }
}
