import Foundation

/// The tasks of the demonstration as `Resources/demo/tasks.json` tells them, each with what became of it day by day up to
/// `today`, and the people who work on them.
struct DemoTasks: Decodable, Sendable {
    /// The day up to which the file tells; see ``DemoCalendar``.
    let today: String
    let people: [DemoWorld.Human]
    let crew: Crew
    let tasks: [Entry]
    let breakdowns: [DemoBreakdown]

    /// Who works in each commune of a province where nobody does by name: `{unit}` is filled.
    struct Crew: Decodable, Sendable {
        /// What the import is called.
        let file: String
        let below: String
        let people: [Post]

        struct Post: Decodable, Sendable {
            let name: String
            let title: String
            let role: String
        }
    }

    struct Entry: Decodable, Sendable {
        let key: String
        let title: String
        let description: String
        let lead: String
        let coordinating: [String]
        /// Keys of offices.
        let assigner: String
        let performer: String
        let leader: String
        let authority: String?
        let products: [Product]
        let document: String?
        let paragraph: String
        let deadline: Due
        let start: String
        let priority: String
        let isKey: Bool
        let pillar: String
        let group: String
        let parent: String?
        let weight: Int
        let tags: [String]?
        /// A field of the committee's own, by its key in `committees.json`.
        let field: String?
        let story: [Step]
        let mark: DemoMark

        enum CodingKeys: String, CodingKey {
            case key, title, description, lead, coordinating, assigner, performer, leader, authority, products, document
            case paragraph, deadline, start, priority, pillar, group, parent, weight, tags, field, story, mark
            case isKey = "is_key"
        }
    }

    struct Product: Decodable, Sendable {
        let name: String
        let kind: String
        let criterion: String
    }

    /// A date, or an event or a reason with the day of its review.
    enum Due: Decodable, Sendable {
        case date(String)
        case words(event: String?, reason: String?, review: String)

        private enum CodingKeys: String, CodingKey {
            case event, none, review
        }

        init(from decoder: any Decoder) throws {
            if let text = try? decoder.singleValueContainer().decode(String.self) {
                self = .date(text)
                return
            }
            let box = try decoder.container(keyedBy: CodingKeys.self)
            self = .words(
                event: try box.decodeIfPresent(String.self, forKey: .event),
                reason: try box.decodeIfPresent(String.self, forKey: .none),
                review: try box.decode(String.self, forKey: .review))
        }
    }

    /// An act of the task's life, or of a request for a later deadline (`extend_ask`, `extend_grant`, `extend_refuse`).
    struct Step: Decodable, Sendable {
        let act: String
        let on: String
        let by: String
        let text: String
        let percent: Int?
        let evidence: Evidence?
        /// Names of files in `Resources/demo/files`.
        let files: [String]?
        let until: String?
    }

    struct Evidence: Decodable, Sendable {
        let name: String
        let url: String
    }

    /// The day of the newest act: what has no story yet was drafted then.
    var lastDay: String { tasks.flatMap { $0.story.map(\.on) }.max() ?? today }

    /// When what is told happens, as seen from a day.
    func calendar(on today: Day) throws -> DemoCalendar {
        let told = try demoWord(self.today, Day.init(parsing:))
        let days = tasks.flatMap { $0.story.map(\.on) + [$0.start] }.compactMap { Day(parsing: $0) }
        return DemoCalendar(first: days.min() ?? told, told: told, today: today)
    }

    /// What ends last comes last, so that the newest events are of the newest days; a part comes after its task.
    func inOrder() -> [Entry] {
        let ends = Dictionary(tasks.map { ($0.key, $0.story.last?.on ?? "") }) { first, _ in first }
        func end(_ entry: Entry) -> String { max(ends[entry.key] ?? "", entry.parent.flatMap { ends[$0] } ?? "") }
        return tasks.enumerated().sorted { one, other in
            (end(one.element), one.offset) < (end(other.element), other.offset)
        }.map(\.element)
    }

    static func load(from resources: URL) throws(StartError) -> DemoTasks {
        try DemoWorld.decode("tasks.json", from: resources)
    }
}
