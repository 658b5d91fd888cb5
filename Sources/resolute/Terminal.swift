import App
import ArgumentParser
import Foundation
import Storage

/// A command that cannot go on: one readable line and the exit code (sysexits.h).
struct CommandFailure: Error, CustomStringConvertible {
    let description: String
    let exitCode: Int32

    init(_ description: String, exitCode: Int32 = 1) {
        self.description = description
        self.exitCode = exitCode
    }

    /// A refusal of the product, in words.
    init(_ error: AppError, _ catalogue: Catalogue) {
        switch error {
        case .notFound: self.init("There is no such record.", exitCode: 66)
        case .forbidden(let message): self.init(catalogue.text(message, .english), exitCode: 77)
        case .conflict(let message), .stale(let message, _), .malformed(let message):
            self.init(catalogue.text(message, .english), exitCode: 65)
        case .invalid(let problems):
            let lines = problems.map { problem in
                let place = problem.line.map { "line \($0): " } ?? ""
                let field = problem.field.isEmpty ? "" : "\(problem.field): "
                return place + field + catalogue.text(problem.message, .english)
            }
            self.init(lines.joined(separator: "\n"), exitCode: 65)
        case .unavailable, .tooMany: self.init("The server is too busy. Try again in a minute.", exitCode: 75)
        default: self.init("\(error)", exitCode: 70)
        }
    }
}

/// What commands say and ask.
enum Terminal {
    static func say(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

    static func note(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

    static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 }

    /// One line on standard error and the exit code of `error`.
    static func failure(_ error: any Error) -> (text: String, code: Int32) {
        switch error {
        case let error as StartError: return ("resolute: " + error.description, error.exitCode)
        case let error as CommandFailure: return ("resolute: " + error.description, error.exitCode)
        case let error as BackupError: return ("resolute: " + error.description, 74)
        case let error as StorageError: return ("resolute: " + error.description, 69)
        case let error as AppError: return ("resolute: \(error)", 70)
        case is CancellationError: return ("resolute: interrupted", 130)
        default: return (Resolute.fullMessage(for: error), Resolute.exitCode(for: error).rawValue)
        }
    }

    /// A password typed twice without echo, or one line of standard input. Throws when they differ or none comes.
    static func newPassword(fromStandardInput: Bool) throws(CommandFailure) -> String {
        if fromStandardInput { return try line() }
        guard isInteractive else {
            throw CommandFailure("No terminal to ask for the password. Use --password-stdin.", exitCode: 64)
        }
        let first = try hidden("Password: ")
        let second = try hidden("The same password again: ")
        guard first == second else { throw CommandFailure("The two passwords differ.", exitCode: 65) }
        return first
    }

    private static func line() throws(CommandFailure) -> String {
        guard let text = readLine(strippingNewline: true), !text.isEmpty else {
            throw CommandFailure("Standard input holds no password.", exitCode: 65)
        }
        return text
    }

    private static func hidden(_ prompt: String) throws(CommandFailure) -> String {
        FileHandle.standardError.write(Data(prompt.utf8))
        var settings = termios()
        tcgetattr(STDIN_FILENO, &settings)
        let visible = settings
        settings.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
        defer {
            var restored = visible
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &restored)
            note("")
        }
        return try line()
    }
}
