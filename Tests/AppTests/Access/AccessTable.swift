import Foundation
import HTTPTypes
import TestSupport

@testable import App

/// To whom the record belongs that a request names, seen from the viewer.
enum Relation: String, CaseIterable {
    case own, parent, sibling, child, unrelated

    /// The internal body that it stands for.
    var place: Place {
        switch self {
        case .own: .science
        case .parent: .steering
        case .sibling: .otherCommittee
        case .child: .wardCommittee
        case .unrelated: .communeCommittee
        }
    }

    /// The steering committee that it stands for.
    var committee: Place {
        switch self {
        case .own: .provinceSteering
        case .parent: .steering
        case .sibling: .otherSteering
        case .child: .wardSteering
        case .unrelated: .communeSteering
        }
    }

    /// The territory of that committee, which everybody may know.
    var host: Place {
        switch self {
        case .own: .giaLai
        case .parent: .vietnam
        case .sibling: .tayNinh
        case .child: .quyNhon
        case .unrelated: .tanBien
        }
    }

    /// A body of the same relation that may be dissolved, since nobody holds an office in it. The own one has people.
    var emptyPlace: Place {
        switch self {
        case .own: .science
        case .parent: .steeringOffice
        case .sibling: .otherCentre
        case .child: .wardCentre
        case .unrelated: .communeClinic
        }
    }
}

/// Who asks, as the table calls them; nil is somebody without a session.
enum TableRole: String, CaseIterable {
    case anonymous, administrator, secretariat, leader, member, focal, supervisor, root
    case nobody = "no-office"

    var who: Who? { Who(rawValue: rawValue) }
}

/// `Tests/access.csv`, expanded: the expected status by route, role and relation.
struct AccessTable {
    struct Key: Hashable {
        let method: String
        let path: String
        let role: TableRole
    }

    struct Broken: Error, CustomStringConvertible {
        let description: String
    }

    let rows: [Key: [Relation: Int]]
    /// `GET /units`, in the order of the file.
    let routes: [String]

    static let file = World.repository.appending(path: "Tests/access.csv")

    init() throws { try self.init(text: String(contentsOf: AccessTable.file, encoding: .utf8)) }

    init(text: String) throws {
        var rows: [Key: [Relation: Int]] = [:]
        var routes: [String] = []
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .filter { !$0.element.isEmpty && !$0.element.hasPrefix("#") }
        guard lines.first?.element == "method,path,role,own,parent,sibling,child,unrelated" else {
            throw Broken(description: "the columns of access.csv")
        }
        for (number, line) in lines.dropFirst() {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            let statuses = cells.dropFirst(3).compactMap { Int($0) }
            guard cells.count == 8, statuses.count == 5, statuses.allSatisfy((200..<500).contains) else {
                throw Broken(description: "access.csv line \(number + 1): \(line)")
            }
            let route = "\(cells[0]) \(cells[1])"
            if routes.last != route { routes.append(route) }
            for role in try AccessTable.roles(cells[2], line: number + 1) {
                let key = Key(method: cells[0], path: cells[1], role: role)
                let row = Dictionary(uniqueKeysWithValues: zip(Relation.allCases, statuses))
                guard rows.updateValue(row, forKey: key) == nil else {
                    throw Broken(description: "access.csv line \(number + 1): a second row for \(role.rawValue)")
                }
            }
        }
        self.rows = rows
        self.routes = routes
    }

    private static func roles(_ words: String, line: Int) throws -> [TableRole] {
        try words.split(separator: " ").flatMap { word -> [TableRole] in
            switch word {
            case "reader": [.leader, .member, .focal, .supervisor]
            case "six": [.administrator, .secretariat, .leader, .member, .focal, .supervisor]
            case "office": [.administrator, .secretariat, .leader, .member, .focal, .supervisor, .root]
            case "signed": TableRole.allCases.filter { $0 != .anonymous }
            case "all": TableRole.allCases
            default:
                try [TableRole(rawValue: String(word)) ?? { throw Broken(description: "line \(line): role \(word)") }()]
            }
        }
    }

    func expected(_ route: Route, _ role: TableRole, _ relation: Relation) -> Int? {
        rows[Key(method: route.method.rawValue, path: route.path, role: role)]?[relation]
    }
}
