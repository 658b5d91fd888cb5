import Foundation
import Testing

/// The walls of the house hold, and each of them would fall if it were broken.
@Suite struct WallsTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static func files(in folder: String, _ endings: [String]) throws -> [SourceFile] {
        let base = root.appending(path: folder)
        return try FileManager.default.subpathsOfDirectory(atPath: base.path).sorted()
            .filter { path in endings.contains { path.hasSuffix($0) } }
            .map { path in
                let text = try String(contentsOf: base.appending(path: path), encoding: .utf8)
                return SourceFile(path: "\(folder)/\(path)", text: text)
            }
    }

    @Test func theWallsHoldInEverySource() throws {
        let files = try WallsTests.files(in: "Sources", [".swift"])
        #expect(files.count > 100)
        let broken = files.flatMap { file in Wall.all.flatMap { $0(file) } }
        #expect(broken.isEmpty, "\(broken.joined(separator: "\n"))")
    }

    @Test func testsAreShortAndStandAlone() throws {
        let files = try WallsTests.files(in: "Tests", [".swift", ".py"])
        let broken = files.flatMap { Wall.length($0) + Wall.foreign($0) + Wall.folders($0) }
        #expect(broken.isEmpty, "\(broken.joined(separator: "\n"))")
    }

    @Test(arguments: ["bin", "docs", "Resources", ".ci"]) func nothingRefersToAPlaceOutside(_ folder: String) throws {
        let endings = ["", ".md", ".json", ".css", ".js"]
        let files = try FileManager.default.subpathsOfDirectory(atPath: WallsTests.root.appending(path: folder).path)
            .filter { path in endings.contains { $0.isEmpty ? !path.contains(".") : path.hasSuffix($0) } }
            .compactMap { path in
                (try? String(contentsOf: WallsTests.root.appending(path: "\(folder)/\(path)"), encoding: .utf8)).map {
                    SourceFile(path: "\(folder)/\(path)", text: $0)
                }
            }
        #expect(!files.isEmpty)
        let broken = files.flatMap(Wall.foreign)
        #expect(broken.isEmpty, "\(broken.joined(separator: "\n"))")
    }

    @Test func commandsAreShort() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: WallsTests.root.appending(path: "bin").path)
        #expect(names.contains("run") && names.contains("test"))
        for name in names {
            let text = try String(contentsOf: WallsTests.root.appending(path: "bin/\(name)"), encoding: .utf8)
            #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 65, "bin/\(name)")
        }
    }

    @Test func noTwoFilesOfATargetShareAName() throws {
        let files = try WallsTests.files(in: "Sources", [".swift"])
        let doubled = Dictionary(grouping: files) { "\($0.target)/\($0.name)" }.filter { $1.count > 1 }
        #expect(doubled.isEmpty, "\(doubled.keys.sorted())")
    }

    /// The zlib wrapper is one file; Storage's unchecked types each say which thread owns them.
    @Test func whatIsUncheckedInStorageSaysWhy() throws {
        for file in try WallsTests.files(in: "Sources/Storage", [".swift"]) {
            let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
            for (index, line) in lines.enumerated() where line.contains("@unchecked Sendable") {
                let before = lines[max(0, index - 6)..<index].joined(separator: "\n")
                #expect(before.contains("//"), "\(file.path):\(index + 1) does not say which thread owns it")
            }
        }
    }

    struct Breach: Sendable, CustomTestStringConvertible {
        let path: String
        let text: String
        var testDescription: String { "\(path): \(text.prefix(40))" }
    }

    static let breaches = [
        Breach(path: "Sources/App/Units/UnitStore.swift", text: "import Hummingbird\n"),
        Breach(path: "Sources/App/Units/UnitStore.swift", text: "public import GRDB\n"),
        Breach(path: "Sources/App/Units/UnitPages.swift", text: "internal import CLibPQ\n"),
        Breach(path: "Sources/App/SignIn/Session.swift", text: "import CArgon2\n"),
        Breach(path: "Sources/App/Site/Layout.swift", text: "import CZlib\n"),
        Breach(path: "Sources/App/Attachments/FileInspection.swift", text: "import CLibZip\n"),
        Breach(path: "Sources/App/Tasks/TaskExport.swift", text: "import CXLSXWriter\n"),
        Breach(path: "Sources/App/Units/UnitStore.swift", text: "import ArgumentParser\n"),
        Breach(path: "Sources/Storage/SQL.swift", text: "import App\n"),
        Breach(path: "Sources/App/Kernel/Day.swift", text: String(repeating: "\n", count: 301)),
        Breach(path: "Sources/App/Kernel/Day.swift", text: "let day = try! parse()\n"),
        Breach(path: "Sources/App/Kernel/Day.swift", text: "let day = value as! Day\n"),
        Breach(path: "Sources/App/Kernel/Day.swift", text: "default: fatalError()\n"),
        Breach(path: "Sources/App/Kernel/Day.swift", text: "let day = days.first!.next\n"),
        Breach(path: "Sources/App/Kernel/Day.swift", text: "final class Box: @unchecked Sendable {}\n"),
        Breach(path: "Sources/App/Helpers/Day.swift", text: "\n"),
        Breach(path: "Sources/App/Kernel/Day.swift", text: "let path = \"../" + "shared/data\"\n"),
    ]

    @Test(arguments: breaches) func aBreachIsSeen(_ breach: Breach) {
        let file = SourceFile(path: breach.path, text: breach.text)
        #expect(!Wall.all.flatMap { $0(file) }.isEmpty)
    }

    @Test func whatIsAllowedIsNotABreach() {
        let text = """
            import Foundation
            // A comment may say try! and as! and first!.
            let text = "Welcome! as! try!"
            if !isOpen, left != right { return !list.isEmpty }
            """
        let file = SourceFile(path: "Sources/App/Units/UnitStore.swift", text: text)
        #expect(Wall.all.flatMap { $0(file) } == [])
    }
}
