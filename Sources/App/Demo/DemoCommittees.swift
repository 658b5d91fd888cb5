import Foundation

/// The steering committees of the demonstration as `Resources/demo/committees.json` tells them: by role, never by name.
struct DemoCommittees: Decodable, Sendable {
    /// Fields of committees' own.
    let fields: [Field]
    let committees: [Entry]
    let communeCommittee: Template
    let communes: [Communes]

    enum CodingKeys: String, CodingKey {
        case fields, committees, communes
        case communeCommittee = "commune_committee"
    }

    struct Field: Decodable, Sendable {
        let key: String
        let name: String
        let en: String
        let mark: DemoMark
    }

    struct Entry: Decodable, Sendable {
        let key: String
        /// The body in `world.json`.
        let unit: String
        let host: String
        let programme: String
        let seats: [Seat]
        let organs: [Organ]
        let papers: [Paper]
        let consolidation: Consolidation?
        let regulation: Regulation?
        let portfolios: [Portfolio]?
        let statements: [DemoMark]?
        let mark: DemoMark
    }

    struct Seat: Decodable, Sendable {
        let position: String
        let title: String
        let unit: String
        let from: String
        let to: String?
        /// The key of a document, or a number as written.
        let decision: String
        let endDecision: String?
        /// An office of `world.json` whose holder sits here.
        let office: String?
        let mark: DemoMark

        enum CodingKeys: String, CodingKey {
            case position, title, unit, from, to, decision, office, mark
            case endDecision = "end_decision"
        }
    }

    struct Organ: Decodable, Sendable {
        let kind: String
        let unit: String
        let from: String
        let to: String?
        let decision: String
        let endDecision: String?
        let mark: DemoMark

        enum CodingKeys: String, CodingKey {
            case kind, unit, from, to, decision, mark
            case endDecision = "end_decision"
        }
    }

    struct Paper: Decodable, Sendable {
        let item: String
        let document: String?
        let reference: String?
        let mark: DemoMark
    }

    /// One act that changed who sits in the committee: the titles that left and that came.
    struct Consolidation: Decodable, Sendable {
        let day: String
        let decision: String
        let leaving: [String]
        let coming: [String]
        let mark: DemoMark

        enum CodingKeys: String, CodingKey {
            case day, decision, mark
            case leaving = "out"
            case coming = "in"
        }
    }

    struct Regulation: Decodable, Sendable {
        let document: String?
        let reference: String?
        let cadence: String
        let calendar: String
        let cutOffDay: Int
        let extenders: [String]
        let clearPoints: Int
        let warnDays: Int
        let warnDaysLong: Int
        let mark: DemoMark

        enum CodingKeys: String, CodingKey {
            case document, reference, cadence, calendar, extenders, mark
            case cutOffDay = "cut_off_day"
            case clearPoints = "clear_points"
            case warnDays = "warn_days"
            case warnDaysLong = "warn_days_long"
        }
    }

    struct Portfolio: Decodable, Sendable {
        /// The title of a seat.
        let seat: String
        let notice: String?
        let reference: String?
        /// Codes of the common fields, or keys of ``DemoCommittees/fields``.
        let fields: [String]
        /// Codes of `gso-2025`.
        let localities: [String]
        let mark: DemoMark
    }

    /// What the committee of a commune looks like; `{unit}` and `{number}` are filled.
    struct Template: Decodable, Sendable {
        let name: String
        let en: String
        let programme: String
        let head: String
        let deputy: String
        let team: String
        let decision: String
        let regulation: String
        let notice: String
        let plan: String
    }

    struct Communes: Decodable, Sendable {
        let below: String
        /// How many communes there are.
        let of: Int
        let committees: [Commune]
        /// Codes of those that have none, where it is known of all.
        let without: [String]?
        let mark: DemoMark
    }

    struct Commune: Decodable, Sendable {
        let unit: String
        let from: String
        let number: Int
        /// What it has beside its decision: `regulation`, `notice`, `support-team`, `plan`.
        let has: [String]
    }

    static func load(from resources: URL) throws(StartError) -> DemoCommittees {
        try DemoWorld.decode("committees.json", from: resources)
    }
}
