public import App

/// Who can come into the world. The six roles have their office in the Department of Science and Technology of Gia Lai
/// and their right over the territory of Gia Lai, up to internal.
public enum Who: String, Sendable, CaseIterable {
    case administrator, secretariat, leader, member, focal, supervisor
    /// Administers the country in all three hierarchies, up to restricted.
    case root
    /// Signed in, holds no office.
    case nobody = "no-office"
    /// Held an office in the department until the last of October 2026.
    case former
    /// Without a right of his own; acts for the leader (KT.).
    case acting
    /// Focal person with a right over the department alone.
    case department

    public static let roles: [Who] = [.administrator, .secretariat, .leader, .member, .focal, .supervisor]

    var name: String {
        switch self {
        case .administrator: "Nguyễn Văn Quản"
        case .secretariat: "Trần Thị Thư"
        case .leader: "Lê Văn Trưởng"
        case .member: "Phạm Thị Viên"
        case .focal: "Hoàng Văn Mối"
        case .supervisor: "Đặng Thị Giám"
        case .root: "Vũ Thị Gốc"
        case .nobody: "Bùi Văn Không"
        case .former: "Đỗ Thị Cũ"
        case .acting: "Ngô Văn Thay"
        case .department: "Dương Thị Sở"
        }
    }

    /// No word that the rules of passwords would find in ``World/password``.
    var signIn: String { "vn.\(rawValue)" }
}

/// The units of the world.
public enum Place: String, Sendable, CaseIterable {
    case vietnam, giaLai, quyNhon, pleiku, tayNinh, tanBien
    // In Gia Lai.
    case committee, science, finance, front, party
    /// The committee of the ward Quy Nhơn.
    case wardCommittee
    /// A body in the ward Pleiku in which nobody holds an office.
    case wardCentre
    // Of the country.
    case steering
    /// Beside `steering`; nobody holds an office in it.
    case steeringOffice
    // In Tây Ninh.
    case otherCommittee
    /// Beside `otherCommittee`; nobody holds an office in it.
    case otherCentre
    /// The committee of the commune Tân Biên.
    case communeCommittee
    /// In the commune Tân Biên; nobody holds an office in it.
    case communeClinic
    // Steering committees beside that of the country, each with its seats; see `WorldCommittees`.
    case provinceSteering, otherSteering, wardSteering, communeSteering
}

/// What hangs on a committee of the world.
public struct CommitteeRecord: Sendable {
    public let committee: UID
    /// The head, named by a role alone.
    public let head: UID
    /// A member: somebody who works in the territory.
    public let member: UID
    /// Its standing agency.
    public let organ: UID
    /// Its plan.
    public let paper: UID
}

/// Somebody who is looked at rather than looking: holds an office in a unit, with all that hangs on it.
public struct Staff: Sendable {
    public let person: UID
    public let office: UID
    /// Focal over the unit.
    public let grant: UID
    /// The deputy, in the same unit.
    public let deputyOffice: UID
    /// The deputy acts for the office (KT.).
    public let delegation: UID
    /// A token of the person, and the mark of a session.
    public let token: UID
    public let session: String
    /// A link by which the person chooses a new password, and its key.
    public let invitation: UID
    public let key: String
    /// Somebody who held an office in the unit until the last of October 2026, and what they are called.
    public let former: UID
    public let formerName: String
    /// What the office was told first; nil before anybody was told anything.
    public internal(set) var notice: UID?
}

/// The tasks of a unit of the world, each in the state that an act begins with. They are internal, clear, done by its
/// head and answered for by the deputy; assigned by the department of Gia Lai, outside the province by the country's
/// steering committee.
public struct TaskSet: Sendable {
    var byState: [String: UID] = [:]
    /// An accepted task whose unit has asked for a later deadline.
    public var extended: UID?
    public var extensionAsked: UID?
    /// A file of tasks that the unit has taken.
    public var imported: UID?
    /// A list that somebody of the unit shares in it.
    public var view: UID?
    /// An act on many tasks; on the accepted one alone.
    public var bulk: UID?
    /// Of the accepted task, which it does not prove.
    public var file: UID?
    /// Done by the head, with somebody else to answer for it: the deputy can take it.
    public var reassignable: UID?

    struct Missing: Error {}

    /// The task on which the act can be done.
    public func before(_ act: String) throws -> UID {
        let state =
            switch act {
            case "issue": "draft"
            case "acceptance", "refusal": "issued"
            case "verification", "return": "declared"
            case "closure", "reopening": "verified"
            case "resumption": "paused"
            default: "accepted"
            }
        guard let uid = byState[state] else { throw Missing() }
        return uid
    }
}
