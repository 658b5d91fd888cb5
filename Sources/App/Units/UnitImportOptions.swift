/// How a file of units is to be read: what its rows do not say themselves.
public struct UnitImportOptions: Sendable, Equatable {
    /// Name of the list that the codes come from, such as `gso-2025`.
    public var scheme: String
    /// Other lists in which the code of a parent may stand.
    public var parentSchemes: [String]
    /// First day of rows that give none. Roots excepted: a root was there before our records.
    public var from: Day?
    /// Day from which rows that give none no longer exist: for lists of dissolved units.
    public var to: Day?
    /// Legal basis of rows that give none, roots excepted.
    public var basis: String
    /// Takes the valid rows, and only those below valid rows; otherwise one bad row refuses the file.
    public var takesGoodRows: Bool
    /// Checks everything, changes nothing.
    public var isTrial: Bool

    public init(
        scheme: String = "gso-2025", parentSchemes: [String] = [], from: Day? = nil, to: Day? = nil,
        basis: String = "", takesGoodRows: Bool = false, isTrial: Bool = false
    ) {
        self.scheme = scheme
        self.parentSchemes = parentSchemes
        self.from = from
        self.to = to
        self.basis = basis
        self.takesGoodRows = takesGoodRows
        self.isTrial = isTrial
    }
}

/// A code and the list it comes from.
public struct UnitCode: Sendable, Hashable {
    public let scheme: String
    public let code: String

    public init(_ scheme: String, _ code: String) {
        self.scheme = scheme
        self.code = code
    }

    /// A scheme is a word that can stand in a URL: `gso-2025`.
    static func isScheme(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 40
            && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    }
}

/// One unit as a row of the file describes it: clean, but not yet compared with other rows and the database.
public struct UnitImportRow: Sendable, Equatable {
    public var line: Int
    public var code: UnitCode
    public var kind: UnitKind
    public var name: String
    public var englishName: String
    /// As written; nil for a root.
    public var parent: String?
    public var hierarchy: Hierarchy
    public var place: OrgUnit.Place?
    /// Square metres.
    public var area: Int64?
    public var from: Day
    public var to: Day
    public var secrecy: Secrecy
    public var basis: String
}

/// How an import ended.
public struct UnitImportReport: ImportReport, Equatable {
    public var file: String
    /// SHA-256 of the file, in hexadecimal digits.
    public var hash: String
    public var separator: CSVReader.Separator?
    /// Rows of the file, header excepted.
    public var rows: Int
    /// Rows that were put in; on a trial, that would be.
    public var taken = 0
    public var counts: [UnitKind: Int] = [:]
    /// Roots of the file that were in the registry already and are used as they are.
    public var known = 0
    public var problems: ProblemList
    /// Sound rows that cannot be taken because a row above them cannot.
    public var dependents = 0
    public var isTrial: Bool
}
