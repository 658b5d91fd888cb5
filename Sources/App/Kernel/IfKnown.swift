/// What a store finds, or nil in the place of what the viewer may not know of. Any other error goes on: a database that
/// does not answer must not look like a record that is not there.
func ifKnown<Found>(_ find: @autoclosure () throws -> Found) throws -> Found? {
    do { return try find() } catch AppError.notFound { return nil }
}
