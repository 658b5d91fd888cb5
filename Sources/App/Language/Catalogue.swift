public import Foundation

/// Every word that a person sees, by language and key; read once at start from `Resources/messages/<language>/*.json`.
public struct Catalogue: Sendable {
    /// In the order of the languages: hundreds of texts are looked up for one page.
    private let texts: [[String: String]]

    public init(texts: [Language: [String: String]]) { self.texts = Language.allCases.map { texts[$0] ?? [:] } }

    /// Reads the folder. Throws a message that names the file when one is missing, unreadable or repeats a key.
    public static func load(from resources: URL) throws(StartError) -> Catalogue {
        var texts: [Language: [String: String]] = [:]
        for language in Language.allCases {
            texts[language] = try load(language, from: resources.appending(path: "messages/\(language.rawValue)"))
        }
        return Catalogue(texts: texts)
    }

    private static func load(_ language: Language, from folder: URL) throws(StartError) -> [String: String] {
        var all: [String: String] = [:]
        let files: [URL]
        do {
            files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
                .filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
        } catch {
            throw StartError(
                "The message catalogue \(folder.path) cannot be read. Set --resources to the folder Resources.")
        }
        for file in files {
            guard let data = try? Data(contentsOf: file),
                let entries = try? JSONDecoder().decode([String: String].self, from: data)
            else { throw StartError("\(file.path) is not a JSON object of texts.") }
            for (key, text) in entries where all.updateValue(text, forKey: key) != nil {
                throw StartError("\(file.path) repeats the key \(key).")
            }
        }
        return all
    }

    /// Keys of one language, for the test that compares them.
    public func keys(_ language: Language) -> Set<String> { Set(texts[language.place].keys) }

    public func has(_ key: String, _ language: Language) -> Bool { texts[language.place][key] != nil }

    /// The text with its `{name}` gaps filled. A missing key shows as `⟦key⟧`, which the tests look for on every page.
    public func text(_ key: String, _ language: Language, _ arguments: [String: String] = [:]) -> String {
        guard let pattern = texts[language.place][key] else { return "⟦\(key)⟧" }
        guard !arguments.isEmpty, pattern.utf8.contains(UInt8(ascii: "{")) else { return pattern }
        var result = ""
        // Bytes and not characters, whose ends in Vietnamese text are dear to find.
        var rest = pattern.utf8[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "{")),
            let close = rest[open...].firstIndex(of: UInt8(ascii: "}"))
        {
            let name = String(Substring(rest[rest.index(after: open)..<close]))
            result += Substring(rest[..<open])
            result += arguments[name] ?? "{\(name)}"
            rest = rest[rest.index(after: close)...]
        }
        return result + Substring(rest)
    }

    /// The form of `key` for a count: `key.one`, `key.other`; `{count}` is the number in the language's own digits.
    public func text(_ key: String, count: Int, _ language: Language, _ arguments: [String: String] = [:]) -> String {
        var filled = arguments
        filled["count"] = NumberText.whole(count, language)
        return text("\(key).\(language.pluralForm(count))", language, filled)
    }

    /// A ``Message`` in words.
    public func text(_ message: Message, _ language: Language) -> String {
        text(
            message.key, language,
            message.arguments.mapValues { argument in
                switch argument {
                case .text(let text): text
                case .number(let number): NumberText.whole(number, language)
                case .day(let day): DayText.short(day, language)
                case .key(let key): text(key, language)
                }
            })
    }
}
