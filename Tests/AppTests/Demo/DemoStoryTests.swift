import Foundation
import Logging
import Storage
import TestSupport
import Testing

@testable import App

/// The demonstration as it is loaded shows what the guide promises.
@Suite struct DemoStoryTests {
    /// One load an engine: the rest looks at it.
    @Test(arguments: Engine.allCases) func theStoryIsThere(_ engine: Engine) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "story-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (location, remove) = try await TestDatabase.make(engine, migrations: Schema.migrations)
        let services = try await Application.prepare(
            Configuration(
                dataFolder: folder, resources: DemoSources.resources, database: DatabaseOptions(location)),
            logger: Logger(label: "test"))
        _ = try await Demo(services).load()
        let today = services.clock.today()
        try await services.database.read { tx in
            try expectCascade(tx, today)
            try expectCoverage(tx, today)
            try expectCommittees(tx, today)
            try expectGaps(tx, today)
            try expectScopes(tx, today)
            try expectOwnLine(tx, today)
            try expectStaff(tx, today)
            #expect(try DocumentMap(tx: tx).differences().allSatisfy { $0.missing == 0 && $0.surplus == 0 })
            #expect(try UnitMap(tx: tx).differences(today: today).allSatisfy { $0.missing == 0 && $0.surplus == 0 })
        }
        await services.database.close()
        await remove()
    }

    private static let viewer = Viewer.system("test")

    private func documents(_ tx: Transaction, _ today: Day) -> DocumentStore {
        DocumentStore(tx: tx, viewer: Self.viewer, today: today)
    }

    /// The paper of an issuer by its number.
    private func paper(_ sign: String, of issuer: String, _ tx: Transaction, _ today: Day) throws -> DocumentRow {
        let row = try #require(
            try tx.first("SELECT uid FROM document WHERE sign = \(sign) AND issuer_name = \(issuer)"),
            "\(sign) \(issuer)")
        return try documents(tx, today).find(try row.uid(0))
    }

    private func expectCascade(_ tx: Transaction, _ today: Day) throws {
        let store = documents(tx, today)
        let root = try #require(try store.find(typed: "57/2024"))
        #expect(root.document.sign == "57-NQ/TW")
        let whole = try DemoWholeCascade(store: store).expect(of: root, holding: 364)
        #expect([113, 77, 76].allSatisfy { plans in whole.groups.contains { $0.group.count == plans } })
        let known = DocumentStore(tx: tx, viewer: try viewer("thuky.tayninh", tx, today), today: today)
        let part = try known.cascade(root.uid)
        #expect(part.groups.contains { $0.group.count == 76 } && !part.groups.contains { $0.group.count == 113 })
        #expect(try store.paragraph(root.uid, "III.2").paragraph.text.contains(DemoMark.unverified))
        let source = try #require(try store.links(of: root.document.id, limit: 200).back.first { !$0.quote.isEmpty })
        #expect(source.source.contains(".txt)"))
        let plan = try paper("02-KH/BCĐTW", of: "Ban Chỉ đạo Trung ương về phát triển \(Self.scope)", tx, today)
            .document
        #expect(plan.source.hasPrefix("https://") && plan.quote == "Плана 02-KH/BCĐTW от 19 июня 2025 года")
        let movement = try paper("901-KH/BCĐ", of: "Ban Chỉ đạo tỉnh Hà Giang về phát triển \(Self.scope)", tx, today)
        #expect(movement.document.state == .issued)
        #expect(try store.opinions(of: movement).compactMap(\.answer) == [.accepted])
        let secret = try paper("903-CV/TU", of: "Tỉnh ủy Gia Lai", tx, today).document
        #expect(secret.isReference && secret.title.isEmpty && secret.source.isEmpty)
        let draft = try #require(
            try tx.first("SELECT uid FROM document WHERE title LIKE 'Kế hoạch hành động của Ban Chỉ đạo tỉnh%'"))
        let opinions = try store.opinions(of: try store.find(try draft.uid(0)))
        #expect(opinions.map(\.answer) == [.accepted, .accepted, .rejected, nil])
    }

    private static let scope = "khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số"

    private func expectCoverage(_ tx: Transaction, _ today: Day) throws {
        let store = CoverageStore(tx: tx, viewer: Self.viewer, today: today)
        for (sign, issuer, all, issued, late) in [
            ("901/KH-UBND", "Ủy ban nhân dân tỉnh Gia Lai", 135, 113, 8),
            ("901/KH-UBND", "Ủy ban nhân dân tỉnh Tây Ninh", 96, 76, 8),
            ("901-CTr/TU", "Tỉnh ủy Hà Giang", 11, 4, 1), ("57-NQ/TW", "Bộ Chính trị", 34, 29, 2),
            ("71/NQ-CP", "Chính phủ", 34, 24, 4), ("901/KH-UBND", "Ủy ban nhân dân tỉnh Tuyên Quang", 129, 77, 2),
        ] {
            let counts = try store.matrix(try paper(sign, of: issuer, tx, today).uid).counts
            #expect(counts.total() == all && counts.issued() == issued, "\(issuer)")
            #expect(counts.count(.doneLate) == late && counts.missing() == all - issued, "\(issuer)")
        }
    }

    private func expectCommittees(_ tx: Transaction, _ today: Day) throws {
        let store = CommitteeStore(tx: tx, viewer: Self.viewer, today: today)
        var asked = ComplianceFilter()
        asked.unit = try unit("80", tx, today).uid
        asked.level = .commune
        let compliance = try #require(try store.compliance(asked, on: today))
        #expect(compliance.lines.count == 96 && compliance.count(.without) == 18)
        #expect(compliance.count(.complete) > 20 && compliance.count(.incomplete) > 20)
        let province = try #require(try store.list(ofHost: try unit("52", tx, today).unit.id).first)
        let reform = try #require(Day(parsing: "2025-08-01")), later = try #require(Day(parsing: "2025-11-01"))
        func titles(_ day: Day) throws -> Set<String> {
            Set(try store.seats(of: province, on: day).filter { $0.seat.isHeld(on: day) }.map(\.seat.title))
        }
        let (before, after) = (try titles(reform), try titles(later))
        #expect(before.subtracting(after) == ["Giám đốc Sở Giáo dục và Đào tạo tỉnh Gia Lai"])
        #expect(after.subtracting(before) == ["Giám đốc Sở Y tế tỉnh Gia Lai"])
        let old = try #require(try store.list(ofHost: try unit("P02", tx, today).unit.id, on: day("2025-04-25")).first)
        #expect(try store.seats(of: old, on: day("2025-04-25")).count == 7)
        #expect(try store.list(ofHost: try unit("P02", tx, today).unit.id, on: today).isEmpty)
    }

    private func day(_ text: String) -> Day { Day(parsing: text) ?? .never }

    private func unit(_ code: String, _ tx: Transaction, _ today: Day) throws -> UnitRow {
        try #require(try UnitStore(tx: tx, viewer: Self.viewer, today: today).find(typed: code))
    }

    private func expectGaps(_ tx: Transaction, _ today: Day) throws {
        let store = GapStore(tx: tx, viewer: Self.viewer, today: today)
        var filter = GapFilter()
        filter.state = .all
        let all = try store.list(filter, page: .first).items
        #expect(all.count == 12)
        #expect(all.filter { $0.gap.state == .closed }.map(\.gap.settledOn) == [day("2025-02-19")])
        #expect(all.filter { $0.gap.state == .drafting }.count == 6)
    }

    /// Whoever took over a province that ended reads its papers; a neighbour does not.
    private func expectScopes(_ tx: Transaction, _ today: Day) throws {
        let programme = try paper("901-CTr/TU", of: "Tỉnh ủy Hà Giang", tx, today).uid
        func reads(_ signIn: String) throws -> Bool {
            let store = DocumentStore(tx: tx, viewer: try viewer(signIn, tx, today), today: today)
            return try ifKnown(store.find(programme)) != nil
        }
        #expect(try reads("thuky") && reads("thuky.tuyenquang"))
        #expect(try !reads("thuky.tayninh") && !reads("daumoi.quynhon"))
    }

    /// The officer of a commune finds what the commune had to issue, and no line of a neighbour.
    private func expectOwnLine(_ tx: Transaction, _ today: Day) throws {
        let store = CoverageStore(tx: tx, viewer: try viewer("daumoi.quynhon", tx, today), today: today)
        let seen = try store.overview().items
        #expect(seen.map(\.document.document.issuerName) == ["Ủy ban nhân dân tỉnh Gia Lai"])
        let matrix = try store.matrix(try #require(seen.first).document.uid)
        #expect(matrix.units.items.map(\.unit.name) == ["Phường Quy Nhơn"] && matrix.counts.total() == 1)
    }

    /// In every commune of Gia Lai somebody can do what the province breaks down, and another answers for it.
    private func expectStaff(_ tx: Transaction, _ today: Day) throws {
        let store = TaskStore(tx: tx, viewer: try viewer("thuky.gialai", tx, today), today: today)
        var found = Validation()
        let communes = try store.places(.communes(below: try unit("52", tx, today).uid), except: [], &found)
        let parts = try store.parts(in: communes, performer: .role(.focal), leader: .role(.leader))
        #expect(parts.count == 135)
        #expect(parts.allSatisfy { $0.performer != nil && $0.leader != nil })
        #expect(Set(parts.flatMap { [$0.performer, $0.leader] }).count == 270)
        #expect(try PersonMap(tx: tx).differences().allSatisfy { $0.missing == 0 && $0.surplus == 0 })
    }

    private func viewer(_ signIn: String, _ tx: Transaction, _ today: Day) throws -> Viewer {
        let row = try #require(try tx.first("SELECT person_id FROM account WHERE sign_in = \(signIn)"))
        return try ViewerStore(tx: tx).viewer(person: try row.id(0), office: nil, delegation: nil, today: today)
    }
}
