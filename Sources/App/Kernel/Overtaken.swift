/// Somebody else changed a record after it was read, and before what was made from it arrived: where the record stands
/// by now, so that a form can come back that can be sent again.
public struct Overtaken: Sendable, Equatable {
    /// Nil of what has no history of its own.
    public let subject: Subject?
    /// The version that was read.
    public let seen: Int
    public let present: Int

    /// Refuses what was made from another state than the present one. `seen`: nil when nobody said what they saw.
    static func check(
        _ seen: Int?, against present: Int, of subject: Subject?, _ message: String
    ) throws(AppError) {
        guard let seen, seen != present else { return }
        throw .stale(Message(message), Overtaken(subject: subject, seen: seen, present: present))
    }
}
