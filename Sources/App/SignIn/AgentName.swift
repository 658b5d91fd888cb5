/// What people call the program that a session was opened with: `Chrome` on `Windows`.
///
/// Names only what is said plainly; a program that is not known here is shown by its own words.
struct AgentName: Equatable {
    let browser: String
    let system: String

    /// Nil when either is not known.
    init?(_ agent: String) {
        guard let browser = AgentName.browsers.first(where: { agent.contains($0.mark) })?.name,
            let system = AgentName.systems.first(where: { agent.contains($0.mark) })?.name
        else { return nil }
        self.browser = browser
        self.system = system
    }

    /// The most particular first: most browsers name Chrome and Safari beside themselves.
    private static let browsers: [(mark: String, name: String)] = [
        ("Edg/", "Edge"), ("OPR/", "Opera"), ("coc_coc_browser", "Cốc Cốc"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox/", "Firefox"), ("HeadlessChrome/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ]

    private static let systems: [(mark: String, name: String)] = [
        ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
        ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ]
}
