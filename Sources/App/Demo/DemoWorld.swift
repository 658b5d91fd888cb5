import Foundation

/// The demonstration as `Resources/demo/world.json` tells it: bodies in the three hierarchies, what happened to them,
/// people by their role. Units are named by a key of this file, by a code with its scheme (`gso-before-2025:P02`), or by
/// the name of a piece of territory.
struct DemoWorld: Decodable, Sendable {
    /// Legal basis of every entry: says that it is made up.
    let basis: String
    let units: [Body]
    let renames: [Rename]
    let moves: [Move]
    let people: [Human]
    let delegations: [Substitution]

    struct Body: Decodable, Sendable {
        let key: String
        let kind: String
        let name: String
        let en: String
        let territory: String
        let state: String?
        let party: String?
        let secrecy: String
        let from: String
        /// The day from which it is no more.
        let to: String?
        /// Nil where no article states the body; the file's note says where it stems from then.
        let mark: DemoMark?
    }

    struct Rename: Decodable, Sendable {
        let unit: String
        let name: String
        let en: String
        let from: String
    }

    struct Move: Decodable, Sendable {
        let unit: String
        let hierarchy: String
        let parent: String
        let from: String
    }

    struct Human: Decodable, Sendable {
        /// What `demo-accounts.json` calls the account.
        let role: String
        let signIn: String
        let name: String
        let offices: [Seat]

        enum CodingKeys: String, CodingKey {
            case role, name, offices
            case signIn = "sign_in"
        }
    }

    struct Seat: Decodable, Sendable {
        let key: String
        let unit: String
        let title: String
        /// Otherwise since the reform, or as long as the unit exists.
        let from: String?
        let grants: [Right]
    }

    struct Right: Decodable, Sendable {
        let role: String
        let hierarchy: String
        let unit: String
        let ceiling: String
    }

    struct Substitution: Decodable, Sendable {
        let principal: String
        let agent: String
        let capacity: String
        let authority: String
    }

    static func load(from resources: URL) throws(StartError) -> DemoWorld { try decode("world.json", from: resources) }

    /// A file of the demonstration as its type.
    static func decode<Content: Decodable>(_ name: String, from resources: URL) throws(StartError) -> Content {
        let file = resources.appending(path: "demo/\(name)")
        do {
            return try JSONDecoder().decode(Content.self, from: try Data(contentsOf: file))
        } catch {
            throw StartError("The demonstration \(file.path) cannot be read: \(error)", exitCode: 66)
        }
    }
}

/// A word of the demonstration in its type; a word that is none is a mistake in the file, with its name.
func demoWord<Word>(_ text: String, _ read: (String) -> Word?) throws(StartError) -> Word {
    guard let word = read(text) else { throw StartError("The demonstration says \"\(text)\", which is unknown.") }
    return word
}
