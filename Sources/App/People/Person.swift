/// Somebody who holds, held or will hold an office.
public struct Person: Sendable, Equatable, Identifiable {
    public let id: ID<Person>
    public let uid: UID
    public var name: String
    /// Counts every change, for `If-Match`.
    public var version: Int

    /// What lists sort by: the given name, which stands last in Vietnamese, then the rest in its order.
    public static func sortKey(_ name: String) -> String {
        let words = name.split(separator: " ")
        guard let given = words.last else { return "" }
        return SortKey.vietnamese(([given] + words.dropLast()).joined(separator: " "))
    }
}

/// A seat that a person holds in a unit for a time: the source of all rights.
public struct Office: Sendable, Equatable {
    public let id: ID<Office>
    public let uid: UID
    public let person: ID<Person>
    public let unit: ID<OrgUnit>
    public var title: String
    public var from: Day
    public var to: Day
    /// The decision that made it.
    public var decision: String
}

/// One office acting for another for a time.
public struct Delegation: Sendable, Equatable {
    public let id: ID<Delegation>
    public let uid: UID
    /// Whose office is acted for.
    public let principal: ID<Office>
    /// Who acts.
    public let agent: ID<Office>
    public let capacity: Capacity
    /// The document that authorises it.
    public let authority: String
    public let from: Day
    public let to: Day

    /// How a deputy signs (Decree 30/2020/NĐ-CP, article 13).
    public enum Capacity: String, Sendable, CaseIterable {
        /// Ký thay: a deputy for the head.
        case kt = "KT"
        /// Thừa lệnh: by order.
        case tl = "TL"
        /// Thừa ủy quyền: by authorisation.
        case tuq = "TUQ"
        /// Thay mặt: on behalf of a collective body.
        case tm = "TM"
    }
}
