import Foundation

@testable import App

/// A page context for tests of the furniture: real words, a deputy who acts for the head.
enum SamplePage {
    static func context(
        _ language: Language = .vietnamese, at location: String = "/units", as viewer: Viewer? = nil,
        csrf: String = "secret-token", flash: Message? = nil,
        clock: WallClock = WallClock(zone: .gmt) { Instant(milliseconds: 0) }
    ) throws -> PageContext {
        let day = Day(year: 2026, month: 11, day: 22) ?? .never
        return PageContext(
            language: language, catalogue: try CatalogueTests.catalogue.get(), viewer: try viewer ?? deputy(),
            clock: clock, today: day, location: location, csrf: csrf,
            flash: flash, assetVersion: "v1")
    }

    static func deputy(_ role: Role = .administrator, name: String = "Nguyễn Thị Minh Khai") throws -> Viewer {
        let behalf = Viewer.OnBehalf(
            delegation: ID(1), capacity: .kt, office: ID(2), officeTitle: "Chủ tịch", authority: "12/QĐ")
        return Viewer(
            identity: .person(id: ID(1), uid: uid, name: name),
            office: .init(
                id: ID(1), uid: uid, title: "Phó Chủ tịch", unit: ID(2), unitName: "UBND <tỉnh> Gia Lai",
                onBehalf: behalf),
            grants: [.init(role: role, hierarchy: .territory, unit: ID(1), ceiling: .internal)])
    }

    static let uid = UID.new(at: Instant(milliseconds: 1_700_000_000_000))
}

extension HTML {
    /// How often a piece of markup occurs.
    func count(of piece: String) -> Int { text.components(separatedBy: piece).count - 1 }
    func has(_ piece: String) -> Bool { text.contains(piece) }
}
