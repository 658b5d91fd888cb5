import Foundation
import Storage
import TestSupport
import Testing

@testable import App

/// What is stored about a person is listed, handed out, and nowhere else.
@Suite struct PersonDataTests {
    @Test(arguments: Engine.allCases)
    func everyTableThatRefersToAPersonOrAnOfficeIsInTheInventory(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let columns = try await columns(world.database)
            let references = try await references(world.database)
            #expect(references.contains("session.person_id") && references.contains("person_erasure.person_id"))
            #expect(references.contains("gap.office_id") && references.contains("delegation.agent_id"))
            let listed = Dictionary(
                PersonalData.inventory.flatMap(\.columns).map { ($0.table, Set($0.columns)) },
                uniquingKeysWith: { $0.union($1) })
            for (table, columns) in columns where table != "person" {
                for column in columns
                where column.hasSuffix("person_id") || column.hasSuffix("office_id")
                    || references.contains("\(table).\(column)")
                {
                    #expect(
                        listed[table]?.contains(column) == true,
                        "\(table).\(column) refers to a person or an office and is in no kind of PersonalData.inventory"
                    )
                }
            }
            for (table, names) in listed {
                let real = try #require(columns[table], "the inventory names the table \(table), which is not there")
                for name in names { #expect(real.contains(name), "the inventory names \(table).\(name)") }
            }
        }
    }

    @Test func theInventoryIsInTheDocuments() throws {
        let text = try String(
            contentsOf: World.repository.appending(path: "docs/personal-data.md"), encoding: .utf8)
        for kind in PersonalData.inventory {
            #expect(text.contains("`\(kind.key)`"), "docs/personal-data.md does not list \(kind.key)")
            for (table, columns) in kind.columns {
                for column in columns {
                    #expect(
                        text.contains("`\(table).\(column)`"), "docs/personal-data.md does not list \(table).\(column)")
                }
            }
        }
    }

    @Test func everyKindHasItsWords() throws {
        let catalogue = try CatalogueTests.catalogue.get()
        for kind in PersonalData.inventory {
            for key in ["", ".purpose", ".retention"] {
                for language in Language.allCases {
                    #expect(catalogue.has("personal-data.\(kind.key)\(key)", language), "\(kind.key)\(key)")
                }
            }
        }
        #expect(Set(PersonalData.inventory.map(\.key)).count == PersonalData.inventory.count)
    }

    @Test(arguments: Engine.allCases)
    func thePersonAndTheirAdministratorsSeeAndTakeACopy(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let member = try world.browser(as: .member)
            let own = try await member.get("/account/data")
            #expect(own.status == 200)
            #expect(own.text.contains("Phiên đăng nhập") && !own.text.contains("⟦"))
            #expect(try await member.get("/account").text.contains("/account/data"))
            let copy = try await member.post("/account/data/copies")
            #expect(copy.status == 200)
            #expect(
                copy.header("Content-Disposition")
                    == "attachment; filename=\"person-\(try world.person(.member)).json\"")
            #expect(copy.header("Cache-Control") == "private, no-store")
            let json = copy.json
            func items(_ kind: String) -> [[String: Any]] { json[kind] as? [[String: Any]] ?? [] }
            #expect(items("identity").first?["name"] as? String == "Phạm Thị Viên")
            #expect(items("offices").first?["title"] as? String == "Chức vụ member")
            #expect(items("grants").first?["role"] as? String == "member")
            #expect(items("account").first?["sign_in"] as? String == "vn.member")
            #expect(items("sessions").count == 1 && items("tokens").count == 1)
            #expect(items("acts").contains { $0["verb"] as? String == "exported" }, "the copy tells of itself")
            #expect(items("about").contains { $0["verb"] as? String == "appointed" })
            #expect(!copy.text.contains("argon2") && !copy.text.contains("rsl_"))
            let administrator = try world.browser(as: .administrator)
            #expect(try await administrator.get("/people/\(world.person(.member))/data").status == 200)
            let history = try await administrator.get("/people/\(world.person(.member))")
            #expect(history.text.contains("Trao bản sao dữ liệu cá nhân"))
        }
    }

    @Test(arguments: Engine.allCases)
    func aCopyDoesNotTellOfOthers(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let staff = try world.staff(.science)
            // Somebody else gives the person a right over a unit that the person may not know of.
            let (hidden, today, now) = (try world.id(.otherCommittee), world.today, world.clock.now)
            let name = try await world.database.write { tx in
                let store = PersonStore(tx: tx, viewer: .system("Người Khác"), today: today)
                try store.grant(
                    office: staff.office, role: .supervisor, hierarchy: .territory, unit: hidden, ceiling: .internal,
                    from: today, at: now)
                return try store.office(staff.office).personName
            }
            let copy = try await world.browser(as: .root).post("/people/\(staff.person)/data/copies")
            #expect(copy.text.contains(name))
            #expect(!copy.text.contains("Người Khác"))
            #expect(!copy.text.contains(try world.uid(.otherCommittee).text))
        }
    }

    /// `table.column` of every foreign key to a person or to an office, which is a person's.
    private func references(_ database: Database) async throws -> Set<String> {
        try await database.read { tx in
            let rows =
                tx.engine == .sqlite
                ? try tx.all(
                    """
                    SELECT m.name, f."from" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f ON 1 = 1
                    WHERE m.type = 'table' AND f."table" IN ('person', 'office')
                    """)
                : try tx.all(
                    """
                    SELECT CAST(c.conrelid AS regclass)::text, a.attname::text FROM pg_constraint c
                    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
                    WHERE c.contype = 'f' AND c.confrelid IN ('person'::regclass, 'office'::regclass)
                    """)
            return Set(try rows.map { "\(try $0.text(0)).\(try $0.text(1))" })
        }
    }

    private func columns(_ database: Database) async throws -> [String: Set<String>] {
        try await database.read { tx in
            let rows =
                tx.engine == .sqlite
                ? try tx.all(
                    """
                    SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON 1 = 1
                    WHERE m.type = 'table'
                    """)
                : try tx.all(
                    """
                    SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) FROM information_schema.columns
                    WHERE table_schema = 'public'
                    """)
            var columns: [String: Set<String>] = [:]
            for row in rows { columns[try row.text(0), default: []].insert(try row.text(1)) }
            return columns
        }
    }
}
