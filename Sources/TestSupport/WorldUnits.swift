import Storage

@testable import App

/// Makes the units of the world through the product's own store.
struct WorldUnits {
    let tx: Transaction
    let now: Instant
    let today: Day
    private(set) var rows: [Place: UnitRow] = [:]

    static let reform = Day(year: 2025, month: 7, day: 1) ?? .beginning
    /// When some offices ended.
    static let autumn = Day(year: 2026, month: 11, day: 1) ?? .never

    init(tx: Transaction, now: Instant, today: Day) {
        self.tx = tx
        self.now = now
        self.today = today
    }

    mutating func make() throws -> [Place: UnitRow] {
        try territory()
        try bodies()
        return rows
    }

    private mutating func territory() throws {
        try add(.vietnam, .country, "Việt Nam", nil, code: "VN")
        try add(.giaLai, .province, "Tỉnh Gia Lai", .vietnam, code: "52", at: (13_890_200, 108_438_000))
        try add(.quyNhon, .ward, "Phường Quy Nhơn", .giaLai, code: "21583", at: (13_772_000, 109_224_000))
        try add(.pleiku, .ward, "Phường Pleiku", .giaLai, code: "23563", at: (13_982_000, 108_004_000))
        try add(.tayNinh, .province, "Tỉnh Tây Ninh", .vietnam, code: "80", at: (11_031_000, 106_371_000))
        try add(.tanBien, .commune, "Xã Tân Biên", .tayNinh, code: "25486", at: (11_548_000, 106_004_000))
    }

    private mutating func bodies() throws {
        try add(.steering, .steeringCommittee, "Ban Chỉ đạo Trung ương", .vietnam)
        try add(.steeringOffice, .standingAgency, "Tổ giúp việc Ban Chỉ đạo", .vietnam, state: .steering)
        try add(.committee, .peoplesCommittee, "Ủy ban nhân dân tỉnh Gia Lai", .giaLai, state: .steering)
        try add(.science, .department, "Sở Khoa học và Công nghệ Gia Lai", .giaLai, state: .committee)
        try add(.finance, .department, "Sở Tài chính Gia Lai", .giaLai, state: .committee)
        try add(.front, .front, "Ủy ban Mặt trận Tổ quốc tỉnh Gia Lai", .giaLai)
        try add(.party, .partyCommittee, "Tỉnh ủy Gia Lai", .giaLai)
        try add(.wardCommittee, .peoplesCommittee, "Ủy ban nhân dân phường Quy Nhơn", .quyNhon, state: .committee)
        try add(.wardCentre, .otherBody, "Trung tâm Văn hóa phường Pleiku", .pleiku)
        try add(.otherCommittee, .peoplesCommittee, "Ủy ban nhân dân tỉnh Tây Ninh", .tayNinh)
        try add(.otherCentre, .otherBody, "Trung tâm Phục vụ hành chính công Tây Ninh", .tayNinh)
        try add(.communeCommittee, .peoplesCommittee, "Ủy ban nhân dân xã Tân Biên", .tanBien, state: .otherCommittee)
        try add(.communeClinic, .otherBody, "Trạm Y tế xã Tân Biên", .tanBien)
        try add(.provinceSteering, .steeringCommittee, "Ban Chỉ đạo tỉnh Gia Lai", .giaLai)
        try add(.otherSteering, .steeringCommittee, "Ban Chỉ đạo tỉnh Tây Ninh", .tayNinh)
        try add(.wardSteering, .steeringCommittee, "Ban Chỉ đạo phường Quy Nhơn", .quyNhon)
        try add(.communeSteering, .steeringCommittee, "Ban Chỉ đạo xã Tân Biên", .tanBien)
    }

    private mutating func add(
        _ place: Place, _ kind: UnitKind, _ name: String, _ parent: Place?, state: Place? = nil, code: String = "",
        at degrees: (latitude: Int64, longitude: Int64)? = nil
    ) throws {
        var draft = UnitDraft(
            kind: kind, name: name, parent: parent.flatMap { rows[$0]?.uid },
            from: kind == .country ? .beginning : WorldUnits.reform, secrecy: kind.isTerritory ? .public : .internal)
        draft.stateParent = state.flatMap { rows[$0]?.uid }
        draft.scheme = code.isEmpty ? "" : "gso-2025"
        draft.code = code
        draft.place = degrees.map { OrgUnit.Place(latitude: $0.latitude, longitude: $0.longitude) }
        rows[place] = try UnitStore(tx: tx, viewer: .system("world"), today: today).create(draft, at: now)
    }
}
