import Storage
import TestSupport

@testable import App

/// What a ``TaskHistory`` drafts, and what it does to the units and offices that tasks hang on.
extension TaskHistoryStretch {
    // MARK: - Drafts

    mutating func draft() throws {
        let draft = try someDraft()
        if random.once(in: 2) {
            _ = try store(cast.secretariat).create(draft, at: now)
        } else {
            _ = try store().create(draft, assigning: random.one(of: cast.assigning), at: now)
        }
    }

    /// Everything that a draft says may change, its unit and its secrecy among it.
    mutating func change() throws {
        let uid = try someUID("SELECT uid FROM task WHERE state IN ('draft', 'refused')")
        let viewer = random.once(in: 2) ? Self.system : cast.secretariat
        _ = try store(viewer).change(uid, someDraft(), seen: nil, at: now)
    }

    /// Clear in most cases.
    mutating func someDraft() throws -> TaskDraft {
        let unit = try someUnit()
        var draft = TaskDraft(title: "Xây dựng kho dữ liệu số \(random.number(1...9_999))", leadUnit: unit.uid)
        let seats = try seats(in: unit.id)
        draft.performer = random.one(of: seats)
        draft.leader = random.one(of: seats.filter { $0 != draft.performer })
        draft.coordinating = random.few(3, of: cast.units + cast.superiors).filter { $0 != unit.uid }
        draft.secrecy = random.once(in: 3) ? random.one(of: Secrecy.allCases) ?? .internal : .internal
        if random.once(in: 3) { draft.document = random.one(of: cast.documents) }
        if random.once(in: 3) { draft.pillar = random.one(of: cast.pillars) ?? "" }
        if random.once(in: 6) { draft.field = cast.field }
        if random.once(in: 5) { draft.parent = try someUID("SELECT uid FROM task WHERE closed = 0") }
        draft.tags = random.few(3, of: ["Dữ liệu", "Hạ tầng", "2026", "Nhân lực"])
        draft.weight = random.number(0...5)
        draft.deadline = someDeadline()
        if random.once(in: 4) { draft.start = today.adding(days: -random.number(0...40)) }
        if !random.once(in: 8) {
            draft.products = [TaskProduct(name: "Kho dữ liệu", kind: .system, criterion: "100% xã tra cứu được")]
        }
        return draft
    }

    private mutating func someDeadline() -> Deadline? {
        let day = today.adding(days: random.number(-3...45))
        switch random.number(0...9) {
        case 0: return Period(.month, day.parts.month, of: day.parts.year).map(Deadline.period)
        case 1: return .event("Sau khi Quốc hội thông qua luật", reviewOn: day)
        case 2: return .undated(reason: "Việc thường xuyên", reviewOn: day)
        case 3: return random.once(in: 3) ? nil : .day(day)
        default: return .day(day)
        }
    }

    // MARK: - Places

    mutating func someUnit() throws -> (id: ID<OrgUnit>, uid: UID) {
        let all = try cast.units + communes()
        guard let uid = random.one(of: all) else { throw AppError.notFound }
        return (try store().units.find(uid).unit.id, uid)
    }

    func communes() throws -> [UID] {
        try tx.all(
            """
            SELECT u.uid FROM unit u JOIN unit_version v ON v.unit_id = u.id AND v.kind = 'commune'
            WHERE v.from_day <= \(today) AND v.to_day > \(today) ORDER BY u.id
            """
        ).map { try $0.uid(0) }
    }

    /// One that has something to do.
    private mutating func busyCommune() throws -> UID {
        try someUID(
            """
            SELECT u.uid FROM unit u JOIN unit_version v ON v.unit_id = u.id AND v.kind = 'commune'
            WHERE v.from_day <= \(today) AND v.to_day > \(today)
            AND EXISTS (SELECT 1 FROM task t WHERE t.lead_unit_id = u.id AND t.closed = 0)
            """, "u.id")
    }

    /// Offices that are held today.
    func seats(in unit: ID<OrgUnit>) throws -> [UID] {
        try tx.all(
            """
            SELECT uid FROM office WHERE unit_id = \(unit) AND from_day <= \(today) AND to_day > \(today) ORDER BY id
            """
        ).map { try $0.uid(0) }
    }

    private mutating func someSeat() throws -> UID {
        let unit = try someUnit()
        guard let seat = random.one(of: try seats(in: unit.id)) else { throw AppError.notFound }
        return seat
    }

    // MARK: - Offices and people

    /// Somebody leaves: a colleague takes the work, somebody new does, or nobody yet.
    mutating func end() throws {
        let people = store().people
        let seat = try someSeat()
        let unit = try people.office(seat).office.unit
        let succession: Succession
        switch random.number(0...3) {
        case 0:
            guard let other = random.one(of: try seats(in: unit).filter({ $0 != seat })) else {
                throw AppError.notFound
            }
            succession = .office(other)
        case 1: succession = .open(reason: "Chưa có người thay")
        default: succession = .person(try people.create(name: "Người mới \(random.number(1...9_999))", at: now).uid)
        }
        try people.endOffice(seat, OfficeEnding(from: today, succession: succession), at: now)
    }

    mutating func appoint() throws {
        let unit = try someUnit()
        let number = random.number(1...999_999)
        try TaskWorld.seat(
            "Người \(number)", "Chuyên viên \(number)", random.once(in: 2) ? .focal : .leader, in: unit.id, store(),
            at: now)
    }

    mutating func rename() throws {
        let person = try someUID("SELECT uid FROM person")
        _ = try store().people.rename(person, to: "Tên khác \(random.number(1...9_999))", at: now)
    }

    // MARK: - Units

    /// Another province, or another superior; at once or in some days.
    mutating func move() throws {
        let inTerritory = !random.once(in: 3)
        let unit = try inTerritory ? busyCommune() : random.one(of: cast.units)
        let parent = random.one(of: inTerritory ? cast.provinces : cast.superiors)
        guard let unit, let parent else { throw AppError.notFound }
        let day = random.once(in: 2) ? today : today.adding(days: random.number(1...3))
        let change = UnitMove(
            hierarchy: inTerritory ? .territory : .state, parent: parent, from: day,
            basis: "Nghị quyết 1")
        _ = try store().units.move(unit, change, seen: nil, at: now)
    }

    mutating func found() throws {
        guard let province = random.one(of: cast.provinces) else { throw AppError.notFound }
        _ = try TaskWorld.commune("Xã mới \(random.number(1...999_999))", in: province, store(), at: now)
    }

    /// Its people leave first; its tasks stay where nobody does them.
    mutating func dissolve() throws {
        guard try communes().count > 12 else { throw AppError.notFound }
        let uid = try busyCommune()
        let unit = try store().units.find(uid).unit.id
        for seat in try seats(in: unit) {
            let ending = OfficeEnding(from: today, succession: .open(reason: "Giải thể"))
            try store().people.endOffice(seat, ending, at: now)
        }
        _ = try store().units.dissolve(uid, UnitDissolution(from: today, basis: "Nghị quyết 2"), seen: nil, at: now)
    }

    /// Who may know of a commune, and so of its people.
    mutating func conceal() throws {
        guard let uid = random.one(of: try communes()) else { throw AppError.notFound }
        let facts = UnitFacts(secrecy: random.once(in: 2) ? .internal : .public, place: nil, area: nil)
        _ = try store().units.describe(uid, facts, seen: nil, at: now)
    }
}
