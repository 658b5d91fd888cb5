import Foundation
import NIOCore
import Testing

@testable import App

/// What pages refer to is in memory, light, legible and for good.
@Suite struct AssetsTests {
    private static let resources = WallsTests.root.appending(path: "Resources")

    private func folder(_ files: [String: String]) throws -> URL {
        let root = FileManager.default.temporaryDirectory.appending(path: "assets-\(UUID().uuidString)")
        for (path, text) in files {
            let file = root.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        return root
    }

    private let whole = ["css/a.css": "p{}", "js/a.js": "1", "icons/a.svg": "<svg/>"]

    @Test func everyFileIsThereWithItsTypeAndCompressed() throws {
        let assets = try Assets.load(from: AssetsTests.resources)
        for name in ["app.css", "app.js", "forms.js", "suggest.js", "brand.svg", "favicon.svg"] {
            #expect(assets.file(name) != nil, "\(name)")
        }
        let css = try #require(assets.file("app.css"))
        #expect(css.contentType == "text/css; charset=utf-8")
        let gzip = try #require(css.gzip)
        #expect(gzip.readableBytes < css.bytes.readableBytes / 2)
        #expect(gzip.getBytes(at: 0, length: 2) == [0x1F, 0x8B])
        #expect(assets.file("../messages/vi/site.json") == nil && assets.file("") == nil)
    }

    @Test func styleAndScriptsStayLight() throws {
        let assets = try Assets.load(from: AssetsTests.resources)
        let names = assets.names.filter { $0.hasSuffix(".css") || $0.hasSuffix(".js") }
        let sum = names.reduce(0) { $0 + (assets.file($1)?.bytes.readableBytes ?? 0) }
        #expect(sum > 5_000 && sum < 60_000, "\(sum) bytes")
    }

    @Test func theVersionFollowsTheBytesAndTheNames() throws {
        func version(_ files: [String: String]) throws -> String { try Assets.load(from: try folder(files)).version }
        let first = try version(whole)
        #expect(try version(whole) == first && first.count == 16)
        #expect(try version(whole.merging(["css/a.css": "p{} "]) { $1 }) != first)
        #expect(try version(whole.merging(["css/b.css": ""]) { $1 }) != first)
    }

    @Test func whatIsMissingOrWrongIsNamed() throws {
        func words(_ files: [String: String]) throws -> String {
            let root = try folder(files)
            let error = #expect(throws: StartError.self) { try Assets.load(from: root) }
            return error?.description ?? ""
        }
        #expect(try words(["css/a.css": "", "icons/a.svg": ""]).contains("/js is missing"))
        #expect(try words(whole.merging(["icons/a.css": ""]) { $1 }).contains("a.css"))
        #expect(try words(whole.merging(["js/run.sh": ""]) { $1 }).contains("run.sh"))
    }

    @Test func nothingIsFetchedFromElsewhereOrLaidOutByLeftAndRight() throws {
        let css = try String(contentsOf: AssetsTests.resources.appending(path: "css/app.css"), encoding: .utf8)
        #expect(!css.contains("url(") && !css.contains("@import"))
        let physical = css.matches(
            of: /(margin|padding|border)-(left|right)|text-align: (left|right)|[ ;{](left|right):|float:/)
        #expect(physical.isEmpty, "\(physical.map { String($0.output.0) })")
    }

    /// Letters are measured by the size that a reader has set (WCAG 2.2, 1.4.4); only a drawing has units of its own.
    @Test func lettersFollowTheSizeSetInTheBrowser() throws {
        let css = try String(contentsOf: AssetsTests.resources.appending(path: "css/app.css"), encoding: .utf8)
        let fixed = css.matches(of: /([^{}]*)\{[^{}]*font(-size)?: [0-9.]+px/).map { String($0.output.1) }
        let drawn = fixed.filter { $0.contains(" text") || $0.contains(".mark") || $0.contains(".kind") }
        #expect(fixed == drawn && !drawn.isEmpty)
        #expect(!css.contains(/width: [0-9]+px\)/), "a page folds by the size of its letters")
    }

    /// WCAG 2.2 AA: 4.5 for words on each ground they stand on, 3 for edges of fields; in light and in dark.
    @Test(arguments: [0, 1]) func everyWordContrastsWithItsGround(_ scheme: Int) throws {
        let css = try String(contentsOf: AssetsTests.resources.appending(path: "css/app.css"), encoding: .utf8)
        let colours = Palette.schemes(css)
        try #require(colours.count >= 2)
        let palette = colours[0].merging(scheme == 0 ? [:] : colours[1]) { $1 }
        let pairs: [(word: String, grounds: [String], least: Double)] = [
            ("ink", ["paper", "card", "accent-soft", "none-soft"], 4.5), ("soft", ["paper", "card"], 4.5),
            ("faint", ["paper", "card"], 4.5), ("accent-ink", ["paper", "card", "accent-soft"], 4.5),
            ("on-accent", ["accent"], 4.5), ("good", ["paper", "card", "good-soft"], 4.5),
            ("warn", ["paper", "card", "warn-soft"], 4.5), ("bad", ["paper", "card", "bad-soft"], 4.5),
            ("none", ["paper", "card", "none-soft"], 4.5), ("card", ["bad"], 4.5), ("edge", ["paper", "card"], 3),
            ("accent", ["paper", "card"], 3),
        ]
        for (word, grounds, least) in pairs {
            for ground in grounds {
                let contrast = Palette.contrast(try #require(palette[word]), try #require(palette[ground]))
                #expect(contrast >= least, "\(word) on \(ground): \(contrast)")
            }
        }
    }
}

/// The colours of the style sheet and how far apart they are (WCAG 2.2, relative luminance).
private enum Palette {
    /// The `:root` blocks in order: light, dark, print.
    static func schemes(_ css: String) -> [[String: String]] {
        css.matches(of: /:root \{([^}]*)\}/).map { block in
            var colours: [String: String] = [:]
            for entry in block.output.1.matches(of: /--([a-z-]+): #([0-9a-f]{3,6})/) {
                let digits = String(entry.output.2)
                colours[String(entry.output.1)] = digits.count == 3 ? digits.map { "\($0)\($0)" }.joined() : digits
            }
            return colours
        }
    }

    static func contrast(_ one: String, _ other: String) -> Double {
        let (a, b) = (luminance(one), luminance(other))
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    private static func luminance(_ digits: String) -> Double {
        let value = Int(digits, radix: 16) ?? 0
        let parts = [value >> 16 & 255, value >> 8 & 255, value & 255].map { part -> Double in
            let share = Double(part) / 255
            return share <= 0.03928 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
}
