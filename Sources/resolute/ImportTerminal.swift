import App
import ArgumentParser
import Foundation
import Synchronization

/// A bar on a terminal that is written over; elsewhere one line for each phase.
final class ImportBar: Sendable {
    private let phase = Mutex<ImportProgress.Phase?>(nil)
    private let isTerminal = isatty(STDERR_FILENO) == 1

    var show: ImportProgress.Callback {
        { progress in self.draw(progress) }
    }

    /// Leaves the line.
    func end() {
        if isTerminal { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    }

    private func draw(_ progress: ImportProgress) {
        let isNew = phase.withLock { phase in
            defer { phase = progress.phase }
            return phase != progress.phase
        }
        guard isTerminal else {
            if isNew { Terminal.note("\(progress.phase.rawValue) …") }
            return
        }
        let share = progress.total > 0 ? min(1, Double(progress.done) / Double(progress.total)) : 1
        let full = Int(share * 30)
        let bar = String(repeating: "█", count: full) + String(repeating: "░", count: 30 - full)
        let word = progress.phase.rawValue.padding(toLength: 9, withPad: " ", startingAt: 0)
        FileHandle.standardError.write(Data("\r\(word) \(bar) \(Int(share * 100)) %\u{1B}[K".utf8))
    }
}

extension Terminal {
    /// Writes a file to fill in. One that is there already may have been filled in, and stays as it is.
    static func write(template: String, to path: String) throws {
        do {
            try Data(template.utf8).write(to: URL(filePath: path), options: .withoutOverwriting)
        } catch {
            throw CommandFailure("\(path) cannot be written: is it there already?", exitCode: 73)
        }
    }

    /// What is wrong with a file, a line a problem, on standard error.
    static func note(_ problems: ProblemList, _ catalogue: Catalogue) {
        for problem in problems.shown {
            let place = problem.line.map { "line \($0): " } ?? ""
            let field = problem.field.isEmpty ? "" : "\(problem.field): "
            note(place + field + catalogue.text(problem.message, .english))
        }
        let hidden = problems.count - problems.shown.count
        if hidden > 0 { note("… and \(hidden) more problems") }
    }
}

extension DataOptions {
    /// Reads a file, puts it in, tells what is wrong with it and how it ended. A file that cannot be read ends with exit
    /// code 66, one with bad rows with 65.
    func importing<File, Report: ImportReport>(
        _ path: String, read: (URL, ImportBar, Services) throws -> File,
        into take: (File, Services, ImportBar) async throws -> Report, tell: (Report) -> Void
    ) async throws {
        let url = URL(filePath: path)
        let report = try await withApplication { services in
            let bar = ImportBar()
            let file: File
            do {
                file = try read(url, bar, services)
            } catch {
                throw CommandFailure("\(url.path) cannot be read.", exitCode: 66)
            }
            let report = try await take(file, services, bar)
            bar.end()
            Terminal.note(report.problems, services.catalogue)
            tell(report)
            return report
        }
        if !report.problems.isEmpty { throw ExitCode(65) }
    }
}
