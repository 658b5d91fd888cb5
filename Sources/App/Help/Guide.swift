public import Foundation

/// The guide of the product as pages in each language, read at start: whoever asks needs neither a network nor a file.
public struct Guide: Sendable {
    struct Page: Sendable {
        /// Of its file and its address, the same in each language.
        let name: String
        let title: String
        let body: HTML
    }

    /// In the order in which they are offered.
    static let names = [
        "first-steps", "demonstration", "tasks", "task-import", "notices", "search", "documents", "coverage", "gaps",
        "committees", "portfolios", "people", "person-import", "unit-import",
    ]

    private var pages: [Language: [Page]] = [:]

    /// Without a page.
    public init() {}

    /// Reads the folder `guide` below `resources`. Throws a ``StartError`` that names the page that is missing.
    public static func load(from resources: URL, _ assets: Assets) throws(StartError) -> Guide {
        var guide = Guide()
        let text = GuideText(link: address, picture: { picture($0, assets) })
        for language in Language.allCases {
            for name in names {
                let file = resources.appending(path: "guide/\(language.rawValue)/\(name).md")
                guard let written = try? String(contentsOf: file, encoding: .utf8) else {
                    throw StartError("\(file.path) cannot be read. Set --resources to the folder Resources.")
                }
                let (title, body) = text.page(written)
                guide.pages[language, default: []].append(Page(name: name, title: title, body: body))
            }
        }
        return guide
    }

    func pages(in language: Language) -> [Page] { pages[language] ?? [] }

    func page(_ name: String, in language: Language) -> Page? { pages(in: language).first { $0.name == name } }

    /// Where a link leads inside the product; nil when only the sources have what it names.
    private static func address(_ target: String) -> String? {
        if target.hasPrefix("#") { return target }
        let file = target.prefix { $0 != "#" }
        guard file.hasSuffix(".md"), names.contains(String(file.dropLast(3))) else { return nil }
        return "/help/\(file.dropLast(3))\(target.dropFirst(file.count))"
    }

    /// Pictures are served as those of the pages are.
    private static func picture(_ target: String, _ assets: Assets) -> String? {
        let name = String(target.split(separator: "/").last ?? "")
        return assets.file(name) == nil ? nil : "/assets/\(assets.version)/\(name)"
    }
}
