import Foundation

/// The content of an event as it is stored and hashed: JSON with sorted keys, no secrets.
struct EventPayload: Codable, Equatable {
    /// UTC, as ``Instant/text``.
    var at: String
    var actor: String
    var person: String?
    var office: String?
    var officeTitle: String?
    var unit: String?
    var delegation: String?
    var onBehalf: OnBehalf?
    var verb: String
    var subject: SubjectName
    var before: [String: String]
    var after: [String: String]

    /// In what capacity, for which office, by which document.
    struct OnBehalf: Codable, Equatable {
        var capacity: String
        var office: String
        var authority: String
    }

    struct SubjectName: Codable, Equatable {
        var kind: String
        var uid: String
    }

    private enum CodingKeys: String, CodingKey {
        case at, actor, person, office, unit, delegation, verb, subject, before, after
        case officeTitle = "office_title"
        case onBehalf = "on_behalf"
    }

    init(_ event: Event, viewer: Viewer, delegation: UID?, at now: Instant) {
        at = now.text
        actor = EventPayload.actor(viewer)
        if case .person(_, let uid, _) = viewer.identity { person = uid.text }
        office = viewer.office?.uid.text
        officeTitle = viewer.office?.title
        unit = viewer.office?.unitName
        self.delegation = delegation?.text
        onBehalf = viewer.office?.onBehalf.map {
            OnBehalf(capacity: $0.capacity.rawValue, office: $0.officeTitle, authority: $0.authority)
        }
        verb = event.verb.rawValue
        subject = SubjectName(kind: event.subject.kind.rawValue, uid: event.subject.uid.text)
        before = event.before
        after = event.after
    }

    /// Nil when the content has been erased or is not ours.
    init?(parsing text: String) {
        guard let payload = try? JSONDecoder().decode(EventPayload.self, from: Data(text.utf8)) else { return nil }
        self = payload
    }

    /// The stored form: the same value always gives the same text.
    func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// `Trần Thị B, Phó Giám đốc, KT. Giám đốc`: who acted, in which office, for whom.
    static func actor(_ viewer: Viewer) -> String {
        guard let office = viewer.office else { return viewer.name }
        let capacity = office.onBehalf.map { ", \($0.capacity.rawValue). \($0.officeTitle)" } ?? ""
        return "\(viewer.name), \(office.title)\(capacity)"
    }
}
