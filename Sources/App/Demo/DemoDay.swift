public import Foundation
public import Storage

/// The day as of which a demonstration was loaded, when it is not simply the day of the machine.
///
/// It is kept in the database, in the transaction that loads the demonstration, so that every node and every command
/// counts from it: the clock is the machine's, moved by whole days. No real installation can come to have one.
public struct DemoDay: Sendable, Equatable {
    public let day: Day
    /// By how many days the clock is moved.
    let days: Int

    private static let key = "demonstration"

    /// The clock of an installation: the machine's, or moved to the day of its demonstration. `asked` is the day for one
    /// that is about to be loaded; throws a ``StartError`` when there is one already, of another day.
    public static func clock(
        _ database: Database, machine: WallClock, asked: Day? = nil
    ) async throws -> WallClock {
        let kept = try await database.read { tx in try find(tx) }
        if let kept {
            if let asked, asked != kept.day { throw refusal("stands as of \(kept.day.text)") }
            return machine.moved(byDays: kept.days, to: kept.day)
        }
        guard let asked else { return machine }
        return machine.moved(byDays: asked.number - machine.today().number, to: asked)
    }

    /// Throws a ``StartError`` for a day on which the demonstration cannot stand.
    public static func check(_ day: Day, today: Day, resources: URL) throws {
        let first = try DemoDocuments.load(from: resources).lastDay
        if day < first {
            throw StartError(
                "--day \(day.text) is too early: the newest paper of the demonstration was issued on \(first.text). "
                    + "Choose that day or a later one.", exitCode: 64)
        }
        if day > today {
            throw StartError(
                "--day \(day.text) is in the future: today is \(today.text). Nothing has happened by then.",
                exitCode: 64)
        }
    }

    static func find(_ tx: Transaction) throws -> DemoDay? {
        guard let row = try tx.first("SELECT value FROM installation WHERE key = \(key)") else { return nil }
        let words = try row.text(0).split(separator: " ").map(String.init)
        guard let day = words.first.flatMap({ Day(parsing: $0) }), let days = words.last.flatMap({ Int($0) }) else {
            throw StorageError.decoding("the day of the demonstration")
        }
        return DemoDay(day: day, days: days)
    }

    /// Keeps the day to which the clock is moved, if it is.
    static func keep(_ clock: WallClock, _ tx: Transaction) throws {
        guard let day = clock.setTo else { return }
        try tx.run("INSERT INTO installation (key, value) VALUES (\(key), \(day.text + " " + String(clock.daysMoved)))")
    }

    static func refusal(_ how: String) -> StartError {
        StartError("This demonstration \(how). For another day take an empty folder: --data DIR", exitCode: 64)
    }
}

extension DemoDocuments {
    /// The day of the newest paper: before it, not all of them were there.
    var lastDay: Day {
        let days = documents.map(\.day) + requirements.flatMap { $0.issued.compactMap(\.date) }
        return days.max().flatMap { Day(parsing: $0) } ?? .beginning
    }
}
