import Storage
import Testing

@testable import App

/// What a file of people may and may not hold, on both engines.
@Suite struct PersonImportTests {
    private static let head = "name,unit,title,from,to,decision,role,ceiling,invite,person"

    private func load(
        _ world: PeopleWorld, _ lines: [String], head: String = head, as who: String? = "Lan",
        _ options: PersonImportOptions = PersonImportOptions()
    ) async throws -> PersonImportReport {
        let text = ([head] + lines).joined(separator: "\n") + "\n"
        let file = try PersonImportReading.bytes(Array(text.utf8), name: "people.csv")
        let viewer: Viewer
        if let who {
            let person = try world.person(who)
            viewer = try await world.database.read { tx in
                try ViewerStore(tx: tx).viewer(
                    person: person.id, office: nil, delegation: nil, today: PeopleWorld.today)
            }
        } else {
            viewer = .system("test")
        }
        let work = PersonImport(viewer: viewer, today: PeopleWorld.today, now: PeopleWorld.now)
        return try await work.run(file, options, into: world.database)
    }

    private func rows(_ world: PeopleWorld) async throws -> [Int] {
        try await world.database.read { tx in
            try ["person", "office", "access_grant", "invitation", "event"].map { table in
                let count: SQL =
                    switch table {
                    case "person": "SELECT COUNT(*) FROM person"
                    case "office": "SELECT COUNT(*) FROM office"
                    case "access_grant": "SELECT COUNT(*) FROM access_grant"
                    case "invitation": "SELECT COUNT(*) FROM invitation"
                    default: "SELECT COUNT(*) FROM event"
                    }
                return try tx.first(count)?.int(0) ?? 0
            }
        }
    }

    /// The problems of a file that must be refused whole.
    private func problems(_ world: PeopleWorld, _ lines: [String], as who: String? = "Lan") async throws -> [String] {
        let before = try await rows(world)
        let report = try await load(world, lines, as: who)
        #expect(report.taken == 0)
        #expect(try await rows(world) == before, "nothing half-written stays")
        return report.problems.shown.map { "\($0.line ?? 0) \($0.field) \($0.message.key)" }
    }

    @Test(arguments: Engine.allCases)
    func peopleOfficesRightsAndLinksGoInWithOneEvent(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world async throws in
            let before = try await rows(world)
            let report = try await load(
                world,
                [
                    "Trần Thị Ánh,so khoa hoc,Giám đốc,01/07/2026,,12/QĐ,leader,internal,yes,",
                    "Lê Văn Ba,Rạch Giá,Chủ tịch,2026-07-01,2027-01-01,,,,no,ba",
                    "Lê Văn Ba,Sở Khoa học,Cố vấn,2026-07-01,,,focal,,có,ba",
                ])
            #expect(report.problems.isEmpty, "\(report.problems.shown)")
            #expect(report.taken == 3 && report.people == 2 && report.grants == 2 && report.rows == 3)
            #expect(report.links.map(\.name) == ["Trần Thị Ánh", "Lê Văn Ba"])
            #expect(report.links.allSatisfy { $0.path.hasPrefix("/invitation?key=rsi_") })
            let added = zip(try await rows(world), before).map(-)
            #expect(added == [2, 3, 2, 2, 1])
            let people = try await world.act(as: "Lan") { try $0.list(PersonFilter(words: ["ba"])).items }
            #expect(people.first?.offices.map(\.office.title).sorted() == ["Chủ tịch", "Cố vấn"])
            let held = try await world.act(as: "Root") { store in
                try store.offices(of: people[0].person.id).map { try store.grants(of: $0).map(\.grant.ceiling) }
            }
            #expect(held.flatMap { $0 } == [.internal])
            let event = try await world.database.read { tx in
                try ActivityStore(tx: tx, viewer: .system("test")).recent(EventFilter(verb: .imported)).items.first
            }
            #expect(event?.unit?.name == "An Giang", "read where the importer's office is")
            #expect(event?.after["sha256"] == report.hash && event?.after["people"] == "2")
            #expect(event?.actor == "Lan, Chánh Văn phòng")
            // Whoever comes next gets a key of their own.
            _ = try await world.system { try $0.create(name: "Sau", at: PeopleWorld.now) }
        }
    }

    @Test(arguments: Engine.allCases)
    func aDryRunSaysWhatWouldBeAndChangesNothing(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world async throws in
            let before = try await rows(world)
            let report = try await load(
                world, ["An,Rạch Giá,Chủ tịch,2026-07-01,,,,,yes,"], PersonImportOptions(isTrial: true))
            #expect(report.taken == 1 && report.links.isEmpty && report.isTrial)
            #expect(try await rows(world) == before)
        }
    }

    @Test(arguments: Engine.allCases)
    func eachBadCellIsToldByLineAndColumn(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world async throws in
            let long = String(repeating: "x", count: 201)
            #expect(
                try await problems(
                    world,
                    [
                        ",Rạch Giá,A,2026-07-01,,,,,,", "An,,,,,,,,,", "An,Rạch Giá,A,31/02/2026,,,,,,",
                        "An,Rạch Giá,\(long),2026-07-01,2026-06-30,,,,,", "An,Rạch Giá,A,2026-07-01,,,king,top,maybe,",
                        "An,Rạch Giá,A,2026-07-01,,,,public,,", "[#3],Rạch Giá,A,2026-07-01,,,,,,",
                    ]) == [
                        "2 name import.missing", "3 unit import.missing", "3 title import.missing",
                        "3 from import.missing", "4 from import.day", "5 title import.long",
                        "5 to person-import.to_before_from", "6 role person-import.role",
                        "6 ceiling person-import.ceiling", "6 invite person-import.invite",
                        "7 ceiling person-import.ceiling_alone", "7 title person-import.doubled",
                        "8 name person.erased.reserved",
                    ])
        }
    }

    @Test(arguments: Engine.allCases)
    func unitsRightsAndTimesAreChecked(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world async throws in
            #expect(
                try await problems(
                    world,
                    [
                        "An,Nơi Không Có,A,2026-07-01,,,,,,", "An,Kinh Bắc,A,2026-07-01,,,,,,",
                        "An,Ban Cơ mật,A,2026-07-01,,,,,,", "An,Rạch Giá,A,2025-06-30,,,,,,",
                        "An,Rạch Giá,B,2026-07-01,,,administrator,restricted,,",
                    ]) == [
                        "2 unit import.unknown_unit", "3 unit person-import.forbidden_unit",
                        "4 unit import.unknown_unit", "5 from person.unit_not_there",
                        "6 role person-import.forbidden_role", "6 person person-import.same_name",
                    ])
            await #expect(throws: AppError.forbidden(Message("person-import.forbidden"))) {
                _ = try await load(world, ["An,Rạch Giá,A,2026-07-01,,,,,,"], as: "Minh")
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func whoIsWhoIsNeverGuessed(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world async throws in
            let (minh, nam) = (try world.person("Minh").uid.text, try world.person("Nam").uid.text)
            let unknown = UID.new(at: PeopleWorld.now).text
            #expect(
                try await problems(
                    world,
                    [
                        "Minh,Rạch Giá,Tổ trưởng,2026-07-01,,,,,,", "Minh,Rạch Giá,Chuyên viên,2026-07-01,,,,,,\(minh)",
                        "Minh Hai,Rạch Giá,A,2026-07-01,,,,,,\(minh)", "Nam,Rạch Giá,A,2026-07-01,,,,,,\(nam)",
                        "An,Rạch Giá,A,2026-07-01,,,,,,\(unknown)", "Hoa,Rạch Giá,A,2026-07-01,,,,,,",
                        "Hoa,Rạch Giá,A,2026-08-01,,,,,,", "Hoa,Rạch Giá,B,2026-07-01,,,,,,",
                        "Tư,Rạch Giá,A,2026-07-01,,,,,,t", "Tư Hai,Rạch Giá,B,2026-07-01,,,,,,t",
                        "Tư,Rạch Giá,A,2026-09-01,,,,,,t",
                    ]) == [
                        "2 name person-import.namesake", "3 title person-import.held",
                        "4 name person-import.other_name",
                        "5 person person-import.unknown_person", "6 person person-import.unknown_person",
                        "8 title person-import.doubled", "9 person person-import.same_name",
                        "11 name person-import.tied_name", "12 title person-import.doubled",
                    ])
            // Said clearly, both go in: the same person, and another of the name.
            let report = try await load(
                world,
                [
                    "Minh,Rạch Giá,Tổ trưởng,2026-07-01,,,,,,\(minh)", "Minh,Rạch Giá,Văn thư,2026-07-01,,,,,,khác",
                    "Hoa,Rạch Giá,A,2026-07-01,,,,,,h1", "Hoa,Rạch Giá,A,2026-07-01,,,,,,h2",
                ])
            #expect(report.problems.isEmpty && report.people == 3, "\(report.problems.shown)")
            let again = try await problems(world, ["Hoa,Rạch Giá,A,2026-07-01,,,,,,"])
            #expect(again == ["2 name person-import.namesake"], "a file cannot be imported twice by mistake")
        }
    }

    @Test(arguments: Engine.allCases)
    func goodRowsGoInWithoutTheBadOnes(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world async throws in
            let report = try await load(
                world,
                [
                    "Hoa,Nơi Không Có,A,2026-07-01,,,,,yes,h", "Hoa,Rạch Giá,A,2026-07-01,,,,,yes,h",
                    "Lan Anh,Rạch Giá,B,2026-07-01,,,king,,,",
                ], PersonImportOptions(takesGoodRows: true))
            #expect(report.taken == 1 && report.rows == 3 && report.problems.count == 2)
            #expect(report.people == 1 && report.links.map(\.name) == ["Hoa"])
        }
    }

    @Test(arguments: Engine.allCases)
    func whoseDataWasErasedDoesNotComeBackByAFile(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world async throws in
            let (minh, office) = (try world.person("Minh"), try world.office("Minh"))
            try await world.act(as: "Lan") { store in
                try store.endOffice(office.uid, OfficeEnding(from: PeopleWorld.today), at: PeopleWorld.now)
                _ = try PersonDataStore(tx: store.tx, viewer: store.viewer, today: store.today).erase(
                    minh.uid, reason: "x", at: PeopleWorld.now)
            }
            let old = PeopleWorld.old.text
            #expect(
                try await problems(
                    world,
                    [
                        "Minh,Rạch Giá,Chuyên viên,\(old),,,,,,", "Minh,Rạch Giá,Khác,\(old),,,,,,\(minh.uid)",
                        "[#1],Rạch Giá,Khác,\(old),,,,,,\(minh.uid)",
                    ]) == [
                        "2 name person-import.erased", "3 person person-import.erased_person",
                        "4 name person.erased.reserved", "4 person person-import.erased_person",
                    ])
            let report = try await load(world, ["Minh,Rạch Giá,Chuyên viên,2026-12-01,,,,,,"])
            #expect(report.people == 1, "who comes back is a new person")
        }
    }

    @Test(arguments: Engine.allCases)
    func aFileThatIsNoTableIsToldAndNothingOfItTaken(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world async throws in
            let missing = try await load(world, ["a,b"], head: "name,unit")
            #expect(missing.problems.shown.map(\.message.key) == ["csv.header_missing", "csv.header_missing"])
            let quote = try await load(
                world, ["\"An,Rạch Giá,A,2026-07-01"], head: "name,unit,title,from",
                PersonImportOptions(takesGoodRows: true))
            #expect(quote.taken == 0 && quote.problems.shown.map(\.message.key) == ["csv.unclosed_quote"])
        }
    }

    @Test func anExcelFileIsReadLikeACSVFile() async throws {
        try await PeopleWorld.with(.sqlite) { world async throws in
            let table = [
                ["name", "unit", "title", "from", "role"],
                ["Trần Thị Ánh", "Rạch Giá", "Chủ tịch", "01/07/2026", "leader"],
                ["Lê Văn Ba", "Rạch Giá", "Phó Chủ tịch", "31/02/2026", ""],
            ]
            let file = try PersonImportReading.bytes(TestWorkbook(table).zip.bytes, name: "people.xlsx")
            #expect(file.isReadable && file.count == 2)
            #expect(
                file.problems.shown.map { "\($0.line ?? 0) \($0.field) \($0.message.key)" } == ["3 from import.day"])
            let work = PersonImport(viewer: .system("test"), today: PeopleWorld.today, now: PeopleWorld.now)
            let report = try await work.run(file, PersonImportOptions(takesGoodRows: true), into: world.database)
            #expect(report.taken == 1 && report.grants == 1)
        }
    }

    /// Ten thousand people in one file: the plan asks each unit and each right once.
    @Test(arguments: Engine.allCases)
    func aLargeFileGoesInAtOnce(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world async throws in
            let lines = (0..<10_000).map {
                "Người \($0),\($0 % 2 == 0 ? "Rạch Giá" : "Sở Khoa học"),Chuyên viên \($0),2026-07-01,,,,,,"
            }
            let start = ContinuousClock.now
            let report = try await load(world, lines)
            #expect(report.taken == 10_000 && report.people == 10_000)
            #expect(ContinuousClock.now - start < .seconds(60))
        }
    }

    @Test(arguments: [
        "Họ và tên,ĐƠN VỊ,Chức vụ,Từ ngày,Vai trò,Mức mật tối đa,Mời lập tài khoản",
        "Full name,Unit,Office,From,Role,Highest secrecy,Invite",
    ])
    func columnsAndWordsMayBeThoseOfThePages(_ head: String) throws {
        let words = PersonImportWords(try SamplePage.context().catalogue)
        let row = "Lê Văn Ba,Rạch Giá,Phó Chủ tịch,01/07/2026,đầu mối,Hạn chế,có"
        let file = try PersonImportReading.bytes(Array("\(head)\r\n\(row)\r\n".utf8), name: "a.csv", words: words)
        #expect(file.problems.isEmpty && file.rows.count == 1)
        let read = try #require(file.rows.first)
        #expect(read.name == "Lê Văn Ba" && read.role == .focal && read.ceiling == .restricted && read.isInvited)
    }
}
