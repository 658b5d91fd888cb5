import Storage

/// What notices may be about, one line a feature: whoever tells offices something of its records appends one here.
///
/// Access is decided when a notice is read, by the scope of the record itself: what the viewer may not know of any more
/// is neither shown nor counted.
struct NoticeSource: Sendable {
    let kind: Subject.Kind
    /// A condition on `notice n`, whose subject is of the kind: the viewer may know of it.
    let known: @Sendable (Viewer) -> SQL
    /// What the records are called, by local key, as far as the viewer may know of them.
    let name: @Sendable (Transaction, Viewer, Day, [Int64]) throws -> [Int64: NoticeSubject]

    static let sources: [NoticeSource] = [.tasks, .duties]

    /// A condition on `notice n`: the viewer may know of what it is about.
    static func known(to viewer: Viewer) -> SQL {
        let ways = sources.map { "(n.subject_kind = \($0.kind.rawValue) AND \($0.known(viewer)))" as SQL }
        return "(" + ways.joined(" OR ") + ")"
    }
}

/// The record of a notice as people call it.
struct NoticeSubject: Sendable, Equatable {
    let title: String
    let href: String
    /// The unit that it concerns.
    let unit: String
}

/// A notice as lists show it.
struct NoticeRow: Sendable {
    let notice: Notice
    let subject: NoticeSubject
}
