import Storage
import Testing

@testable import App

/// One thing that is wrong with a row of people hides no other: whoever mends the file mends it once.
@Suite struct PersonImportRowTests {
    private func told(_ world: PeopleWorld, _ lines: [String]) async throws -> [String] {
        let text = (["name,unit,title,from,to,decision,role,ceiling,invite,person"] + lines).joined(separator: "\n")
        let file = try PersonImportReading.bytes(Array(text.utf8), name: "people.csv")
        let lan = try world.person("Lan")
        let viewer = try await world.database.read { tx in
            try ViewerStore(tx: tx).viewer(person: lan.id, office: nil, delegation: nil, today: PeopleWorld.today)
        }
        let work = PersonImport(viewer: viewer, today: PeopleWorld.today, now: PeopleWorld.now)
        let report = try await work.run(file, PersonImportOptions(isTrial: true), into: world.database)
        #expect(report.taken == 0)
        return report.problems.shown.map { "\($0.line ?? 0) \($0.field) \($0.message.key)" }
    }

    @Test(arguments: Engine.allCases)
    func whatCannotBeReadHidesNothingOfTheOtherColumns(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world async throws in
            let minh = try world.person("Minh").uid.text, unknown = UID.new(at: PeopleWorld.now).text
            #expect(
                try await told(
                    world,
                    [
                        "Minh Hai,Rạch Giá,A,2025-06-30,,,king,,có lẽ,\(minh)",
                        ",Nơi Không Có,,hôm nay,,,administrator,restricted,,\(unknown)",
                        "Minh,Rạch Giá,,2026-07-01,,,administrator,restricted,,\(minh)",
                    ]) == [
                        "2 role person-import.role", "2 invite person-import.invite", "2 from person.unit_not_there",
                        "2 name person-import.other_name", "3 name import.missing", "3 title import.missing",
                        "3 from import.day", "3 unit import.unknown_unit", "3 person person-import.unknown_person",
                        "4 title import.missing", "4 role person-import.forbidden_role",
                    ])
        }
    }

    @Test(arguments: Engine.allCases)
    func aRefusedRowIsComparedWithTheOthersToo(_ engine: Engine) async throws {
        try await PeopleWorld.with(engine) { world async throws in
            let minh = try world.person("Minh").uid.text
            #expect(
                try await told(
                    world,
                    [
                        "Minh,Rạch Giá,Chuyên viên,2026-07-01,,,administrator,restricted,,\(minh)",
                        "Tư,Rạch Giá,A,2026-07-01,,,king,,,t", "Tư Hai,Rạch Giá,A,2026-07-01,,,,,,t",
                        "Hoa,Rạch Giá,A,2026-07-01,,,,,,", "Hoa,Rạch Giá,B,2026-07-01,,,,,maybe,",
                    ]) == [
                        "2 role person-import.forbidden_role", "2 title person-import.held",
                        "3 role person-import.role", "4 name person-import.tied_name",
                        "4 title person-import.doubled", "6 invite person-import.invite",
                        "6 person person-import.same_name",
                    ])
        }
    }
}
