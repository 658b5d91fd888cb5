import Storage

/// What a feature gives to search: one line in ``all`` and a file of its own.
struct SearchSource: Sendable {
    let kind: Subject.Kind
    /// Of which states there are, for the choice of one.
    let states: [String]
    /// What is to be found of the records with these keys; of those that are not there, or not to be found, nothing.
    let entries: @Sendable (Transaction, [Int64]) throws -> [SearchEntry]
    /// Keys above one, in their order, at most so many.
    let keys: @Sendable (Transaction, _ above: Int64, _ limit: Int) throws -> [Int64]
    /// The scopes in which the viewer knows records.
    let scopes: @Sendable (Viewer, SearchReach) -> [String]
    /// Others, of few records, which may lie in any part of the country.
    let names: @Sendable (Viewer) -> [String]
    /// Its records lie in parts of the country.
    let hasParts: Bool
    /// The parts of the country in which all records of ``scopes`` lie; nil: anywhere.
    let regions: @Sendable (Transaction, Viewer, SearchReach) throws -> [Int64]?
    /// How many records the viewer's scopes hold, counted no further than `cap`.
    let size: @Sendable (Transaction, Viewer, SearchReach, _ cap: Int) throws -> Int
    /// The records among these that the viewer may know of, as a hit shows them.
    let show: @Sendable (Transaction, Viewer, Day, [Int64]) throws -> [SearchCard]
    /// The local key of a record.
    let key: @Sendable (Transaction, UID) throws -> Int64?

    static let all = [TaskSearch.source, DocumentSearch.source]

    static func of(_ kind: Subject.Kind) throws(AppError) -> SearchSource {
        guard let source = all.first(where: { $0.kind == kind }) else { throw .notFound }
        return source
    }
}

/// How far a search goes.
enum SearchReach: String, Sendable {
    /// What the viewer's offices and rights have to do with, and the documents that everybody may know of.
    case own
    /// Also public tasks of other units.
    case everything = "all"
}

/// A record as a hit shows it.
struct SearchCard: Sendable {
    let subject: Subject
    let href: String
    let title: String
    /// The unit that leads or has issued it.
    let unit: String
    /// Where words may stand that are not in the title.
    let passages: [String]
    /// By which hits are ordered: first day of a task, issuing day of a document; nil of a draft or where there is none.
    let day: Day?
    /// Last day of a task.
    var due: Day?
    /// As ``SearchEntry/state``.
    let state: String
    /// What a page shows of the record's states instead of that one; nil where it says all.
    var states: (@Sendable (PageContext) -> HTML)?
    /// The name of a file in which all the words stand.
    var file: String?
}
