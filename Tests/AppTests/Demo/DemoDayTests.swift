import Foundation
import Logging
import Storage
import TestSupport
import Testing

@testable import App

/// A demonstration stands as of its day, and goes on from there.
@Suite struct DemoDayTests {
    private func day(_ text: String) -> Day { Day(parsing: text) ?? .never }

    @Test func aDayOfTheFutureAndOneBeforeThePapersAreRefused() throws {
        func refusal(_ text: String) -> String {
            do {
                try DemoDay.check(day(text), today: DemoLoaded.machine, resources: DemoSources.resources)
                return ""
            } catch { return "\(error)" }
        }
        #expect(refusal("2026-12-01").contains("future"))
        #expect(refusal("2026-01-19").contains("2026-01-20"))
        #expect(refusal("1970-01-01").contains("too early"))
        for text in ["2026-01-20", "2026-11-30"] { #expect(refusal(text).isEmpty, "\(text)") }
    }

    @Test(arguments: Engine.allCases) func theClockGoesOnFromTheDayForWhoeverOpensTheFolder(_ engine: Engine)
        async throws
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: "day-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let (location, remove) = try await TestDatabase.make(engine, migrations: Schema.migrations)
        let asked = day("2026-08-03")
        let first = try await DemoLoaded.open(folder, location, day: asked)
        let clock = first.clock
        #expect(clock.today() == asked && clock.setTo == asked)
        try await first.database.write { tx in try DemoDay.keep(clock, tx) }
        await first.database.close()
        for day in [asked, nil] {
            let again = try await DemoLoaded.open(folder, location, day: day)
            #expect(again.clock.today() == asked && again.clock.setTo == asked)
            await again.database.close()
        }
        await #expect(throws: StartError.self) {
            _ = try await DemoLoaded.open(folder, location, day: day("2026-08-04"))
        }
        let later = WallClock(zone: .gmt) { Instant(milliseconds: Int64(DemoLoaded.machine.number + 3) * 86_400_000) }
        let database = try await Database.open(DatabaseOptions(location))
        #expect(try await DemoDay.clock(database, machine: later).today() == asked.adding(days: 3))
        await database.close()
        await remove()
    }

    @Test func withoutADayTheClockIsTheMachines() async throws {
        let (location, remove) = try await TestDatabase.make(.sqlite, migrations: Schema.migrations)
        let folder = FileManager.default.temporaryDirectory.appending(path: "day-\(UUID().uuidString)")
        let services = try await DemoLoaded.open(folder, location, day: nil)
        #expect(services.clock.setTo == nil && services.clock.today() == DemoLoaded.machine)
        await services.database.close()
        await remove()
    }

    @Test func everyPageSaysThatTodayIsNotToday() throws {
        let clock = WallClock(zone: .gmt) { Instant(milliseconds: 0) }
        let usual = sitePage(try SamplePage.context(clock: clock), title: "A", body: "")
        #expect(!usual.has("as-of"))
        let moved = clock.moved(byDays: 3, to: day("1970-01-04"))
        let page = try SamplePage.context(clock: moved)
        for shown in [sitePage(page, title: "A", body: ""), plainPage(page, title: "A", body: "")] {
            #expect(shown.has("Trình diễn") && shown.has("Hôm nay được tính là ngày 22/11/2026"))
        }
    }

    /// The order of the story is kept, its last weeks as they are, and nothing happens before its first day or on a
    /// Sunday that was none.
    @Test(arguments: ["2026-01-20", "2026-06-30", "2026-11-15", "2026-11-22", "2026-11-30", "2028-02-29"])
    func theStoryKeepsItsOrder(_ text: String) throws {
        let tasks = try DemoTasks.load(from: DemoSources.resources)
        let today = day(text), calendar = try tasks.calendar(on: today)
        let told = calendar.told
        #expect(calendar.day(told) <= today && today.number - calendar.day(told).number < 7)
        var last = Day.beginning
        for number in calendar.first.number...(told.number + 120) {
            let moved = calendar.day(try #require(Day(number: number)))
            #expect(moved >= last && moved >= calendar.first)
            last = moved
        }
        for back in 0...42 {
            #expect(calendar.day(told.adding(days: -back)).number == told.number - back + calendar.shift)
        }
    }
}
