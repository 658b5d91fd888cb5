import Foundation
import Storage
import Synchronization
import TestSupport
import Testing

@testable import App

@Suite struct AttemptKeyTests {
    @Test(arguments: [
        ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "20010db800010002/64"), ("2001:db8:1:2::ffff", "20010db800010002/64"),
        ("2001:DB8:1:2::1%eth0", "20010db800010002/64"), ("2001:db8:1:3::1", "20010db800010003/64"),
        ("::1", "0000000000000000/64"), ("unknown", "unknown"), ("", ""),
    ])
    func anAddressIsCountedByItsNetwork(_ address: String, _ network: String) {
        #expect(AttemptKey.network(of: address) == network)
    }

    @Test func oneAccountIsOneKeyHoweverItIsTyped() {
        #expect(AttemptKey.account(" An.Nguyen ").text == AttemptKey.account("an.nguyen").text)
        #expect(AttemptKey.account("an.nguyen").text != AttemptKey.account("binh").text)
    }

    @Test func whatWasTypedIsNotKept() {
        #expect(!AttemptKey.account("oops-my-password").text.contains("oops"))
    }
}

@Suite struct AttemptLimitsTests {
    private static let start = Instant(milliseconds: 1_795_000_000_000)

    /// Counts one attempt; the wait when it is refused.
    private func attempt(_ database: Database, _ keys: [AttemptKey], _ now: Instant) async throws -> Duration? {
        do {
            try await database.write { tx in try AttemptLimits(tx: tx).count(keys, at: now) }
            return nil
        } catch AppError.tooMany(let wait) { return wait }
    }

    @Test(arguments: Engine.allCases) func tenFailuresAreBorneAndThenTheWaitDoubles(_ engine: Engine) async throws {
        try await TestDatabase.with(engine, migrations: Schema.migrations) { database in
            let key = AttemptKey.account("an")
            var now = Self.start
            for _ in 0..<10 {
                let wait = try await attempt(database, [key], now)
                #expect(wait == nil)
            }
            for minutes in [1, 2, 4, 8, 16, 30, 30] {
                let whole = try await attempt(database, [key], now)
                #expect(whole == .seconds(60 * minutes))
                now = now.adding(.seconds(60 * minutes - 1))
                let last = try await attempt(database, [key], now)
                #expect(last == .seconds(1))
                now = now.adding(.seconds(1))
                let over = try await attempt(database, [key], now)
                #expect(over == nil, "after \(minutes) min")
            }
        }
    }

    @Test(arguments: Engine.allCases) func aRefusedAttemptDoesNotProlongTheBlock(_ engine: Engine) async throws {
        try await TestDatabase.with(engine, migrations: Schema.migrations) { database in
            let key = AttemptKey.account("an")
            for _ in 0..<10 { _ = try await attempt(database, [key], Self.start) }
            for _ in 0..<30 { #expect(try await attempt(database, [key], Self.start) == .seconds(60)) }
            #expect(try await attempt(database, [key], Self.start.adding(.seconds(60))) == nil)
        }
    }

    @Test(arguments: Engine.allCases) func failuresAreForgottenOneByOne(_ engine: Engine) async throws {
        try await TestDatabase.with(engine, migrations: Schema.migrations) { database in
            let key = AttemptKey.account("an")
            for _ in 0..<9 { _ = try await attempt(database, [key], Self.start) }
            let later = Self.start.adding(.seconds(3 * 1_800))
            for number in 1...4 { #expect(try await attempt(database, [key], later) == nil, "\(number)") }
            #expect(try await attempt(database, [key], later) == .seconds(60))
        }
    }

    @Test(arguments: Engine.allCases) func oneAddressHasFiftyInAQuarterOfAnHour(_ engine: Engine) async throws {
        try await TestDatabase.with(engine, migrations: Schema.migrations) { database in
            var passed = 0
            for number in 0..<70 {
                // Each guess at another account, from another host of one /64.
                let keys = [AttemptKey.account("a\(number)"), .address("2001:db8:1:2::\(number)")]
                if try await attempt(database, keys, Self.start) == nil { passed += 1 }
            }
            #expect(passed == 50)
            let elsewhere = [AttemptKey.account("b"), .address("2001:db8:1:3::1")]
            #expect(try await attempt(database, elsewhere, Self.start) == nil)
            let later = Self.start.adding(.seconds(18))
            #expect(try await attempt(database, [.address("2001:db8:1:2::9")], later) == nil)
            #expect(try await attempt(database, [.address("2001:db8:1:2::9")], later) != nil)
        }
    }

    @Test(arguments: Engine.allCases) func aBlockedAddressDoesNotUseUpTheAccount(_ engine: Engine) async throws {
        try await TestDatabase.with(engine, migrations: Schema.migrations) { database in
            let address = AttemptKey.address("192.0.2.9")
            for _ in 0..<50 { _ = try await attempt(database, [address], Self.start) }
            for _ in 0..<20 { _ = try await attempt(database, [.account("an"), address], Self.start) }
            for _ in 0..<10 { #expect(try await attempt(database, [.account("an")], Self.start) == nil) }
        }
    }

    @Test(arguments: Engine.allCases) func twentyGuessesAtOnceDoNotSlipThrough(_ engine: Engine) async throws {
        try await TestDatabase.with(engine, migrations: Schema.migrations) { database in
            let key = AttemptKey.account("an")
            let passed = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<20 { group.addTask { try await attempt(database, [key], Self.start) == nil } }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(passed == 10)
        }
    }

    @Test(arguments: Engine.allCases) func aSuccessClearsTheAccountAndGivesTheAddressOneBack(
        _ engine: Engine
    ) async throws {
        try await TestDatabase.with(engine, migrations: Schema.migrations) { database in
            let keys = [AttemptKey.account("an"), .address("192.0.2.9")]
            for _ in 0..<10 { _ = try await attempt(database, keys, Self.start) }
            try await database.write { tx in try AttemptLimits(tx: tx).succeed(keys, at: Self.start) }
            for _ in 0..<10 { #expect(try await attempt(database, [.account("an")], Self.start) == nil) }
            for _ in 0..<41 { #expect(try await attempt(database, [keys[1]], Self.start) == nil) }
            #expect(try await attempt(database, [keys[1]], Self.start) != nil)
        }
    }

    @Test(arguments: Engine.allCases) func theFiftiethThatIsRightLeavesNoBlock(_ engine: Engine) async throws {
        try await TestDatabase.with(engine, migrations: Schema.migrations) { database in
            let address = AttemptKey.address("192.0.2.9")
            for _ in 0..<50 { _ = try await attempt(database, [address], Self.start) }
            try await database.write { tx in try AttemptLimits(tx: tx).succeed([address], at: Self.start) }
            #expect(try await attempt(database, [address], Self.start) == nil)
        }
    }

    @Test(arguments: Engine.allCases) func aClockThatGoesBackBlocksNobodyForLong(_ engine: Engine) async throws {
        try await TestDatabase.with(engine, migrations: Schema.migrations) { database in
            let key = AttemptKey.account("an")
            for _ in 0..<10 { _ = try await attempt(database, [key], Self.start) }
            let lastYear = Self.start.adding(.seconds(-365 * 86_400))
            #expect(try await attempt(database, [key], lastYear) == .seconds(1_800))
        }
    }

    @Test(arguments: Engine.allCases) func oldRowsAreClearedAwayInPassing(_ engine: Engine) async throws {
        try await TestDatabase.with(engine, migrations: Schema.migrations) { database in
            for number in 0..<5 { _ = try await attempt(database, [.account("a\(number)")], Self.start) }
            _ = try await attempt(database, [.account("b")], Self.start.adding(.seconds(86_401)))
            let rows = try await database.read { tx in try tx.first("SELECT COUNT(*) FROM secret_attempt")?.int(0) }
            #expect(rows == 1)
        }
    }
}
