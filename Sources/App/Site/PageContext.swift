/// What every view is handed: the language, who looks, the day, and the small duties of a page.
public struct PageContext: Sendable {
    public let language: Language
    public let catalogue: Catalogue
    public let viewer: Viewer
    public let clock: WallClock
    /// The day of today when the request came in.
    public let today: Day
    /// Path and query as asked for, to mark the menu and to come back to after a switch of language.
    public let location: String
    /// The token that each form carries; empty when nobody could have a session.
    public internal(set) var csrf: String
    /// Said once, after an act.
    public let flash: Message?
    /// Hash of the assets, in their URLs so that they can be cached for good.
    public let assetVersion: String
    /// Of the office in use, for the head of the page; nil where nobody counted them.
    public internal(set) var unreadNotices: Int?

    public func t(_ key: String) -> String { catalogue.text(key, language) }
    public func t(_ key: String, _ arguments: [String: String]) -> String { catalogue.text(key, language, arguments) }
    public func t(_ key: String, count: Int, _ arguments: [String: String] = [:]) -> String {
        catalogue.text(key, count: count, language, arguments)
    }
    public func t(_ message: Message) -> String { catalogue.text(message, language) }

    public func number(_ number: Int) -> String { NumberText.whole(number, language) }
    public func day(_ day: Day) -> String { DayText.short(day, language) }

    /// `16:20 12/11/2025` in the configured zone.
    public func moment(_ instant: Instant) -> String {
        let (day, minutes) = clock.local(instant)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minutes / 60)):\(two(minutes % 60)) \(self.day(day))"
    }
}
