import Foundation
import Synchronization
import Testing

@testable import App

@Suite struct PasswordHasherTests {
    let hasher = PasswordHasher(parameters: SignInWorld.cheap)

    @Test func theRightPasswordOpensAndAnotherDoesNot() async throws {
        let hash = try await hasher.hash("một câu dài dễ nhớ")
        #expect(hash.hasPrefix("$argon2id$v=19$m=64,t=1,p=1$"))
        #expect(try await hasher.verify("một câu dài dễ nhớ", hash))
        #expect(try await !hasher.verify("một câu dài dễ nho", hash))
    }

    @Test func theStandardParametersAreThoseOfTheDecision() async throws {
        let hash = try await PasswordHasher().hash("một câu dài dễ nhớ")
        #expect(hash.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(hash.split(separator: "$").dropLast().last?.count == 22, "a salt of 16 bytes")
    }

    @Test func twoHashesOfOnePasswordDiffer() async throws {
        #expect(try await hasher.hash("cùng một mật khẩu") != hasher.hash("cùng một mật khẩu"))
    }

    @Test func decomposedTypingIsTheSamePassword() async throws {
        let composed = "mật khẩu của tôi".precomposedStringWithCanonicalMapping
        let decomposed = composed.decomposedStringWithCanonicalMapping
        #expect(Array(composed.utf8) != Array(decomposed.utf8))
        #expect(try await hasher.verify(decomposed, hasher.hash(composed)))
    }

    @Test func withoutAHashTheSameWorkIsDoneForANo() async throws {
        let before = hasher.computed
        #expect(try await !hasher.verify("bất kỳ", nil))
        #expect(hasher.computed == before + 1)
    }

    @Test func aHashWithOtherParametersIsOutdated() async throws {
        let hash = try await hasher.hash("một câu dài dễ nhớ")
        #expect(!hasher.isOutdated(hash))
        #expect(PasswordHasher().isOutdated(hash))
    }

    @Test func aDamagedHashIsAnErrorAndNotAYes() async throws {
        await #expect(throws: PasswordHasher.Failure.self) { try await hasher.verify("x", "$argon2id$broken") }
    }

    @Test func theQueueRunsSoManyAtOnceAndRefusesTheRest() async throws {
        let queue = BoundedQueue(label: "test", atOnce: 2, waiting: 3)
        let gate = DispatchSemaphore(value: 0)
        let running = Mutex((now: 0, most: 0, done: 0))
        let work: BoundedQueue.Work = {
            running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1), $0.done) }
            gate.wait()
            running.withLock { $0 = ($0.now - 1, $0.most, $0.done + 1) }
        }
        let accepted = (0..<8).filter { _ in queue.submit(work) }.count
        #expect(accepted == 5)
        while running.withLock({ $0.now }) < 2 { try await Task.sleep(for: .milliseconds(5)) }
        try await Task.sleep(for: .milliseconds(20))
        for _ in 0..<5 { gate.signal() }
        while running.withLock({ $0.done }) < 5 { try await Task.sleep(for: .milliseconds(5)) }
        #expect(running.withLock { $0.most } == 2)
        #expect(queue.submit { gate.signal() }, "room again")
    }

    @Test func aFullQueueSaysSo() async throws {
        let hasher = PasswordHasher(atOnce: 1, waiting: 1)
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<12 {
                group.addTask {
                    do { _ = try await hasher.hash("một câu dài dễ nhớ") } catch {
                        return error as? AppError == .unavailable(retryAfter: .seconds(2))
                    }
                    return false
                }
            }
            return await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(outcomes.contains(true))
        #expect(outcomes.contains(false))
    }
}
