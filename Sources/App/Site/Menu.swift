/// A line of the side menu.
struct MenuItem: Sendable {
    /// Key of its word.
    let key: String
    let href: String
    /// Who is shown it. The page behind it still asks for itself.
    let isFor: @Sendable (Viewer) -> Bool

    init(_ key: String, _ href: String, for isFor: @escaping @Sendable (Viewer) -> Bool = { $0.isSignedIn }) {
        self.key = key
        self.href = href
        self.isFor = isFor
    }
}

/// What the side menu offers, in its order. A feature adds its line here.
enum Menu {
    static func items(for viewer: Viewer) -> [MenuItem] { all.filter { $0.isFor(viewer) } }

    static let all = [
        MenuItem("site.menu.home", "/"),
        MenuItem("site.menu.today", "/today", for: { $0.office != nil }),
        MenuItem("site.menu.leader", "/leader", for: { $0.office != nil }),
        MenuItem("site.menu.tasks", "/tasks"),
        MenuItem("site.menu.units", "/units"),
        MenuItem("site.menu.committees", "/committees"),
        MenuItem("site.menu.people", "/people", for: { $0.has(.administrator) || $0.has(.secretariat) }),
        MenuItem("site.menu.documents", "/documents"),
        MenuItem("site.menu.coverage", "/coverage"),
        MenuItem("site.menu.gaps", "/gaps"),
        MenuItem("site.menu.events", "/events", for: { $0.has(.administrator) || $0.has(.secretariat) }),
        MenuItem("site.menu.account", "/account"),
        MenuItem("site.menu.help", "/help", for: { _ in true }),
    ]

    /// The list of links; the one that leads to the page at hand, or to a page above it, is marked.
    static func links(_ page: PageContext) -> HTML {
        let path = page.location.prefix { $0 != "?" && $0 != "#" }
        let lines = items(for: page.viewer).map { item -> HTML in
            let mark: HTML = path == item.href ? " aria-current=\"page\"" : isAbove(item.href, path) ? above : ""
            return "<li><a href=\"\(item.href)\"\(mark)>\(page.t(item.key))</a></li>"
        }
        return "<ul>\(lines)</ul>"
    }

    private static let above: HTML = " aria-current=\"true\""

    private static func isAbove(_ href: String, _ path: Substring) -> Bool {
        href != "/" && path.hasPrefix(href + "/")
    }
}
