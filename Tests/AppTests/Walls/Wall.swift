import Foundation

/// A source file as the walls see it.
struct SourceFile: Sendable {
    /// From the root of the package: `Sources/App/Units/UnitStore.swift`.
    let path: String
    let text: String

    var name: String { path.split(separator: "/").last.map(String.init) ?? path }
    /// The first folder under Sources.
    var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

    /// `Foundation`, `GRDB` …
    var imports: [String] {
        code.split(separator: "\n").compactMap { line in
            var words = line.split(separator: " ").map(String.init)
            if let first = words.first, ["public", "package", "internal", "private", "fileprivate"].contains(first) {
                words.removeFirst()
            }
            while let first = words.first, first.hasPrefix("@") { words.removeFirst() }
            guard words.first == "import", words.count >= 2 else { return nil }
            let kinds = ["struct", "class", "enum", "func", "protocol", "var", "let", "typealias"]
            let module = kinds.contains(words[1]) && words.count > 2 ? words[2] : words[1]
            return module.split(separator: ".").first.map(String.init)
        }
    }

    /// The text without comments and without what stands between quotation marks.
    var code: String {
        var result = ""
        var isBlock = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let quotes = line.components(separatedBy: "\"\"\"").count - 1
            if isBlock || quotes % 2 == 1 {
                if quotes % 2 == 1 { isBlock.toggle() }
                result += "\n"
                continue
            }
            result += SourceFile.bare(line) + "\n"
        }
        return result
    }

    private static func bare(_ line: Substring) -> String {
        var result = ""
        var isString = false
        var last: Character = " "
        for character in line {
            if character == "\"", last != "\\" {
                isString.toggle()
                result.append(character)
            } else if !isString {
                if character == "/", last == "/" { return String(result.dropLast()) }
                result.append(character)
            }
            last = last == "\\" && character == "\\" ? " " : character
        }
        return result
    }
}

/// What the walls of the house say: each is a function from a file to what is wrong with it.
enum Wall {
    static let all: [@Sendable (SourceFile) -> [String]] = [imports, length, traps, folders, foreign]

    /// Who may know of a module.
    static func imports(_ file: SourceFile) -> [String] {
        file.imports.filter { !isWelcome($0, in: file) }.map { "\(file.path) imports \($0)" }
    }

    private static func isWelcome(_ module: String, in file: SourceFile) -> Bool {
        switch module {
        case "Hummingbird", "HummingbirdTLS", "HummingbirdCore":
            file.target == "TestSupport" || (file.target == "App" && isWeb(file))
        case "GRDB", "CLibPQ", "CSQLite": file.target == "Storage"
        case "CArgon2": file.path == "Sources/App/Services/PasswordHasher.swift"
        case "CLibZip": file.path == "Sources/App/Archive/ZipArchive.swift"
        case "CXLSXWriter": file.path == "Sources/App/Spreadsheet/XLSXWriter.swift"
        case "CZlib": file.path == "Sources/App/Site/Compression.swift"
        case "ArgumentParser": file.target == "resolute"
        case "App": file.target == "resolute" || file.target == "TestSupport"
        case "Storage": file.target != "Storage"
        case "Testing", "XCTest": false
        default: true
        }
    }

    private static func isWeb(_ file: SourceFile) -> Bool {
        file.name.hasSuffix("Pages.swift") || file.name.hasSuffix("API.swift")
            || file.path.hasPrefix("Sources/App/Site/") || file.path.hasPrefix("Sources/App/API/")
            || ["Sources/App/Routes.swift", "Sources/App/Application.swift"].contains(file.path)
    }

    /// A file of 300 lines is two things in one room.
    static func length(_ file: SourceFile) -> [String] {
        let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
        return lines > 300 ? ["\(file.path) has \(lines) lines"] : []
    }

    /// What ends the process, for everybody, when an input is not as thought.
    static func traps(_ file: SourceFile) -> [String] {
        guard file.target == "App" || file.target == "Storage" else { return [] }
        var found: [String] = []
        for (index, line) in file.code.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            for word in ["try!", "as!", "fatalError(", "preconditionFailure(", "unowned(unsafe)"]
            where line.contains(word) { found.append("\(file.path):\(index + 1) has \(word)") }
            // SQLite's and libpq's C interfaces need them; each use in Storage says why.
            for word in ["@unchecked Sendable", "unsafeBitCast"] where file.target == "App" && line.contains(word) {
                found.append("\(file.path):\(index + 1) has \(word)")
            }
            if line.contains(/[\w\)\]\?"]!(?![=\w])/) { found.append("\(file.path):\(index + 1) unwraps by force") }
        }
        return found
    }

    /// Drawers in which everything lands.
    static func folders(_ file: SourceFile) -> [String] {
        let drawers = ["Utils", "Util", "Utilities", "Helpers", "Common", "Extensions", "Misc"]
        return file.path.split(separator: "/").dropLast().filter { drawers.contains(String($0)) }
            .map { "\(file.path) lies in a drawer called \($0)" }
    }

    /// The project stands alone: no path outside it.
    static func foreign(_ file: SourceFile) -> [String] {
        // Written in two pieces, so that this file does not refer to them itself.
        ["../" + "shared", "/" + "work/"].filter(file.text.contains).map { "\(file.path) refers to \($0)" }
    }
}
