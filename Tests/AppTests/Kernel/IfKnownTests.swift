import Storage
import Testing

@testable import App

@Suite struct IfKnownTests {
    private func find(_ error: (any Error)?) throws -> Int {
        if let error { throw error }
        return 57
    }

    @Test func onlyWhatIsNotKnownIsNil() throws {
        #expect(try ifKnown(find(nil)) == 57)
        #expect(try ifKnown(find(AppError.notFound)) == nil)
        #expect(throws: StorageError.self) { try ifKnown(find(StorageError.cancelled)) }
        #expect(throws: AppError.self) { try ifKnown(find(AppError.forbidden(Message("site.forbidden")))) }
    }
}
