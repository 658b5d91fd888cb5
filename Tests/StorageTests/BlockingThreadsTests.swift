import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Storage

/// Work on threads that may wait says the same to the database as work elsewhere.
@Suite struct BlockingThreadsTests {
    private static let threads = BlockingThreads(count: 6, width: 2)

    private func onThreads<T: Sendable>(_ body: @escaping @Sendable () async throws -> T) async throws -> T {
        try await Task(executorPreference: BlockingThreadsTests.threads) {
            #expect(BlockingThreads.isCurrent)
            return try await body()
        }.value
    }

    @Test(arguments: Engine.allCases) func readsAndWritesWhereItStands(engine: Engine) async throws {
        #expect(!BlockingThreads.isCurrent)
        try await withThings(engine) { database in
            try await onThreads {
                let mark = thread()
                try await database.add("a", number: 1)
                let isSame = try await database.read { _ in thread() == mark }
                #expect(isSame)
                #expect(try await database.names() == ["a"])
                #expect(await failure { try await database.add("a") } == .unique("thing.name"))
                try await database.add("b")
            }
            #expect(try await database.names() == ["a", "b"])
        }
    }

    @Test(arguments: Engine.allCases) func manyWriteAtOnceAndNoneIsLost(engine: Engine) async throws {
        try await withThings(engine) { database in
            let names = (0..<40).map { "n\($0 < 10 ? "0" : "")\($0)" }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for name in names {
                    group.addTask {
                        try await onThreads {
                            try await database.add(name)
                            _ = try await database.names()
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await database.names() == names)
        }
    }

    @Test(arguments: Engine.allCases) func aClientThatLeavesEndsItsStatement(engine: Engine) async throws {
        try await withThings(engine) { database in
            let slow = Task(executorPreference: BlockingThreadsTests.threads) {
                try await database.read { try $0.all(endless) }
            }
            try await Task.sleep(for: .milliseconds(100))
            slow.cancel()
            #expect(await failure { _ = try await slow.value } == .cancelled)
            #expect(try await onThreads { try await database.names() } == [])
        }
    }

    /// Two threads work at a time; when both are held up, further ones come.
    @Test func othersHelpWhileThreadsAreHeldUp() async throws {
        let release = DispatchSemaphore(value: 0)
        let held = (0..<2).map { _ in
            Task(executorPreference: BlockingThreadsTests.threads) { hold(release) }
        }
        let answer = try await onThreads { 7 }
        #expect(answer == 7)
        for _ in held { release.signal() }
        for task in held { await task.value }
    }
}

/// The one that runs.
private func thread() -> UInt { UInt(bitPattern: pthread_self().hashValue) }

private func hold(_ release: DispatchSemaphore) { release.wait() }

private let endless: SQL = """
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) SELECT COUNT(*) FROM n
    """
