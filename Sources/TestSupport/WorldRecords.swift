import Storage

@testable import App

/// What was made when the template was: by it a copy knows its units and people.
struct WorldRecords: Sendable {
    var units: [Place: UnitRow] = [:]
    var people: [Who: PersonRecord] = [:]
    var sessions: [Who: SessionRecord] = [:]
    var tokens: [Who: TokenRecord] = [:]
    var staff: [Place: Staff] = [:]

    struct PersonRecord: Sendable {
        let id: ID<Person>
        let uid: UID
        var office: UID?
        var officeID: ID<Office>?
        var delegation: ID<Delegation>?
    }

    struct SessionRecord: Sendable {
        let secret: String
        let csrf: String
        /// Names the session in a URL.
        let mark: String
    }

    struct TokenRecord: Sendable {
        let uid: UID
        let secret: String
    }

    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    func unit(_ place: Place) throws -> (id: ID<OrgUnit>, uid: UID) {
        guard let row = units[place] else { throw Missing(description: "no unit \(place)") }
        return (row.unit.id, row.uid)
    }

    func person(_ who: Who) throws -> PersonRecord {
        guard let record = people[who] else { throw Missing(description: "no person \(who)") }
        return record
    }

    func session(_ who: Who) throws -> SessionRecord {
        guard let record = sessions[who] else { throw Missing(description: "no session of \(who)") }
        return record
    }

    func token(_ who: Who) throws -> TokenRecord {
        guard let token = tokens[who] else { throw Missing(description: "\(who) holds no office, so no token") }
        return token
    }

    func staff(_ place: Place) throws -> Staff {
        guard let found = staff[place] else { throw Missing(description: "nobody works in \(place)") }
        return found
    }
}
