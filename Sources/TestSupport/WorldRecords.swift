import Storage

@testable import App

/// What was made when the template was: by it a copy knows its units and people.
struct WorldRecords: Sendable {
    var units: [Place: UnitRow] = [:]
    var people: [Who: PersonRecord] = [:]
    var sessions: [Who: SessionRecord] = [:]
    var tokens: [Who: TokenRecord] = [:]
    var staff: [Place: Staff] = [:]
    var documents: [Place: DocumentSet] = [:]
    var committees: [Place: CommitteeRecord] = [:]
    var requirements: [Place: UID] = [:]
    var gaps: [Place: UID] = [:]
    var tasks: [Place: TaskSet] = [:]
    /// A saved view of one's own, and a file of tasks that waits for whoever sent it.
    var views: [Who: UID] = [:]
    var kept: [Who: UID] = [:]
    var notices: [Who: UID] = [:]

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

    func requirement(_ place: Place) throws -> UID {
        guard let found = requirements[place] else { throw Missing(description: "no requirement of \(place)") }
        return found
    }

    func gap(_ place: Place) throws -> UID {
        guard let found = gaps[place] else { throw Missing(description: "no gap of \(place)") }
        return found
    }

    func tasks(_ place: Place) throws -> TaskSet {
        guard let found = tasks[place] else { throw Missing(description: "no tasks of \(place)") }
        return found
    }

    func notice(_ who: Who) throws -> UID {
        guard let found = notices[who] else { throw Missing(description: "\(who) holds no office, so no notice") }
        return found
    }

    func documents(_ place: Place) throws -> DocumentSet {
        guard let found = documents[place] else { throw Missing(description: "no documents of \(place)") }
        return found
    }

    func committee(_ place: Place) throws -> CommitteeRecord {
        guard let found = committees[place] else { throw Missing(description: "\(place) is no committee") }
        return found
    }

    func staff(_ place: Place) throws -> Staff {
        guard let found = staff[place] else { throw Missing(description: "nobody works in \(place)") }
        return found
    }
}
