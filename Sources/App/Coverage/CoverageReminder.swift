import Foundation
import Storage

/// A reminder to those who have not issued what is required: drafted here, sent by a person.
public struct CoverageReminder: Sendable {
    public let document: DocumentRow
    /// In whose name it speaks.
    public let sender: String
    /// By when the units are asked to answer.
    public let by: Day
    public let parts: [Part]

    /// What is missing under one requirement.
    public struct Part: Sendable {
        public let requirement: RequirementRow
        public let issued: Int
        public let wanted: Int
        public let units: [Unit]
    }

    public struct Unit: Sendable, Equatable {
        let id: ID<OrgUnit>
        public let link: UnitLink
        /// Days since the last day that would have been on time; 0 as long as there is time.
        public let daysLate: Int
    }

    /// Everybody addressed, once, in the order of the parts.
    public var addressees: [Unit] {
        var known: Set<UID> = []
        return parts.flatMap(\.units).filter { known.insert($0.link.uid).inserted }
    }

    public var isEmpty: Bool { parts.isEmpty }
}

extension CoverageStore {
    /// Who among the units whose duties the viewer may know of has not issued what the document requires.
    /// `requirement`: nil for all; `onlyLate`: those with time left are not reminded.
    public func reminder(
        _ uid: UID, requirement: UID? = nil, onlyLate: Bool = false, by: Day? = nil
    ) throws -> CoverageReminder {
        let document = try documents.find(uid)
        var filter = CoverageFilter()
        filter.requirement = requirement
        let query = try query(document, filter)
        let counts = try counts(query)
        let missing = try missing(query, onlyLate: onlyLate)
        let parts = try requirements(of: document.document.id).compactMap { known -> CoverageReminder.Part? in
            let row = known.row
            let id = row.requirement.id
            guard let units = missing[id], !units.isEmpty else { return nil }
            return CoverageReminder.Part(
                requirement: row, issued: counts.issued(of: id),
                wanted: counts.total(of: id) - counts.count(.waived, of: id), units: units)
        }
        return CoverageReminder(
            document: document, sender: viewer.office?.unitName ?? parts.first?.requirement.owner?.name ?? "",
            by: by ?? today.adding(days: CoverageReminder.days), parts: parts)
    }

    private func missing(
        _ query: CoverageQuery, onlyLate: Bool
    ) throws -> [ID<Requirement>: [CoverageReminder.Unit]] {
        var missing: [ID<Requirement>: [CoverageReminder.Unit]] = [:]
        for row in try tx.all(query.missing(onlyLate: onlyLate)) {
            let due = try row.day(4)
            missing[try row.id(0), default: []].append(
                CoverageReminder.Unit(
                    id: try row.id(1), link: UnitLink(uid: try row.uid(2), name: try row.text(3)),
                    daysLate: max(0, today.number - due.number)))
        }
        return missing
    }
}

extension CoverageReminder {
    /// Days that the units are given to answer, unless somebody says otherwise.
    static let days = 7
}

/// The words of a reminder in a person's language, as a dispatch is written.
struct ReminderText {
    let reminder: CoverageReminder
    let page: PageContext
    private var document: Document { reminder.document.document }

    var subject: String { page.t("reminder.subject", ["document": name]) }

    /// Whole, for copying and as a file.
    var text: String {
        ([subject, "", page.t("reminder.to"), ""] + paragraphs + [""] + lists + ["", page.t("reminder.end")])
            .joined(separator: "\n")
    }

    var paragraphs: [String] {
        [basis] + reminder.parts.map(state) + [
            page.t("reminder.request", ["sender": reminder.sender, "by": page.day(reminder.by)])
        ]
    }

    /// One list for each requirement.
    var lists: [String] {
        reminder.parts.flatMap { part in [heading(part)] + part.units.enumerated().map(line) + [""] }.dropLast()
    }

    private var name: String {
        "\(page.t(document.type.nameKey)) \(document.sign)".trimmingCharacters(in: .whitespaces)
    }

    private var basis: String {
        let about = ReminderText.about(document.title)
        let titled = about == nil ? "reminder.basis_titled" : "reminder.basis"
        return page.t(
            document.title.isEmpty ? "reminder.basis_untitled" : titled,
            [
                "document": name, "day": page.day(document.issuedOn), "issuer": document.issuerName,
                "title": about ?? document.title,
            ])
    }

    /// What follows "về" in a title that begins with it; nil for any other, which is quoted whole.
    static func about(_ title: String) -> String? {
        if title.hasPrefix("Về ") { return String(title.dropFirst(3)) }
        return title.hasPrefix("V/v ") ? "việc \(title.dropFirst(4))" : nil
    }

    private func state(_ part: CoverageReminder.Part) -> String {
        let late = part.units.count { $0.daysLate > 0 }
        let partly = late == 0 ? "reminder.state_in_time" : "reminder.state"
        return page.t(
            late == part.units.count ? "reminder.state_late" : partly,
            [
                "wanted": ReminderText.asked(part.requirement.requirement, page),
                "due": page.day(part.requirement.requirement.due), "today": page.day(page.today),
                "issued": page.number(part.issued), "all": page.number(part.wanted),
                "missing": page.number(part.units.count), "late": page.number(late),
            ])
    }

    private func heading(_ part: CoverageReminder.Part) -> String {
        page.t("reminder.list", ["wanted": ReminderText.asked(part.requirement.requirement, page)])
    }

    private func line(_ index: Int, _ unit: CoverageReminder.Unit) -> String {
        let number = page.number(index + 1)
        guard unit.daysLate > 0 else {
            return page.t("reminder.line", ["number": number, "unit": unit.link.name])
        }
        return page.t("reminder.line_late", count: unit.daysLate, ["number": number, "unit": unit.link.name])
    }

    /// What is wanted, within a sentence.
    private static func asked(_ requirement: Requirement, _ page: PageContext) -> String {
        let type = page.t(requirement.type.nameKey)
        return requirement.title.isEmpty
            ? type : page.t("reminder.wanted", ["type": type, "title": requirement.title])
    }

    /// What is wanted, as a name: the type, and what the requirement adds to it.
    static func wanted(_ requirement: Requirement, _ page: PageContext) -> String {
        let type = page.t(requirement.type.nameKey)
        return requirement.title.isEmpty
            ? type : page.t("requirement.wanted", ["type": type, "title": requirement.title])
    }
}
