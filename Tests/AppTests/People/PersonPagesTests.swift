import App
import Storage
import TestSupport
import Testing

@Suite struct PersonPagesTests {
    @Test(arguments: Engine.allCases)
    func theListShowsThePeopleInReachAndFindsThemWithoutAccents(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let administrator = try world.browser(as: .administrator)
            let all = try await administrator.get("/people")
            #expect(all.status == 200)
            #expect(all.text.contains("Trần Thị Thư"))
            #expect(all.text.contains("Cán bộ science"))
            // Sits in Tây Ninh, or in no office at all.
            #expect(!all.text.contains("otherCommittee"))
            #expect(!all.text.contains("Bùi Văn Không"))
            #expect(!all.text.contains("⟦"))
            let found = try await administrator.get("/people?q=tran+thi+thu")
            #expect(found.text.contains("Trần Thị Thư"))
            #expect(!found.text.contains("Phạm Thị Viên"))
            let nobody = try await administrator.get("/people?q=xyzxyz")
            #expect(nobody.status == 200)
            #expect(nobody.text.contains("xyzxyz"))
            #expect(try await administrator.get("/people?sort=unit").status == 422)
            #expect(try await administrator.get("/people?after=%21").status == 422)
        }
    }

    @Test(arguments: Engine.allCases)
    func theFileHoldsTheSamePeopleAndNoFormula(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let administrator = try world.browser(as: .administrator)
            _ = try await administrator.get("/people/new")
            let created = try await administrator.post(
                "/people",
                [
                    "name": "=HYPERLINK(1)", "unit": world.uid(.science).text, "title": "@title", "from": "01/09/2026",
                ])
            #expect(created.status == 303)
            let file = try await administrator.get("/people.csv")
            #expect(file.header("Content-Type") == "text/csv; charset=utf-8")
            #expect(file.text.contains("\r\n'=HYPERLINK(1),'@title,Sở Khoa học và Công nghệ Gia Lai,2026-09-01,"))
            #expect(!file.text.contains("otherCommittee"))
            #expect(try await administrator.get("/people.csv?q=hyperlink").text.split(separator: "\r\n").count == 2)
        }
    }

    @Test(arguments: Engine.allCases)
    func aPersonIsCreatedWithOfficeAndAccountAndCanSignIn(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let administrator = try world.browser(as: .administrator)
            #expect(try await administrator.get("/people/new").status == 200)
            let created = try await administrator.post(
                "/people",
                [
                    "name": "Mai Thị Mới", "unit": "so khoa hoc va cong nghe gia lai", "title": "Chuyên viên",
                    "from": "1/9/2026", "decision": "5/QĐ-SKHCN", "sign_in": "mai.moi", "password": World.password,
                ])
            #expect(created.status == 303)
            let page = try await administrator.get(created.location ?? "")
            #expect(page.text.contains("Mai Thị Mới"))
            #expect(page.text.contains("Chuyên viên"))
            #expect(page.text.contains("mai.moi"))
            #expect(!page.text.contains(World.password))
            let visitor = try world.browser()
            _ = try await visitor.get("/sign-in")
            let entered = try await visitor.post("/sign-in", ["sign_in": "mai.moi", "password": World.password])
            #expect(entered.status == 303)
        }
    }

    @Test(arguments: Engine.allCases)
    func aRefusedFormComesBackFilledAndNothingIsStored(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let administrator = try world.browser(as: .administrator)
            _ = try await administrator.get("/people/new")
            let refused = try await administrator.post(
                "/people",
                [
                    "name": "Người Giữ Lại", "unit": "không có đâu", "title": "Chức Giữ Lại", "from": "1/9/2026",
                    "sign_in": "giu.lai", "password": World.password,
                ])
            #expect(refused.status == 422)
            for kept in ["Người Giữ Lại", "không có đâu", "Chức Giữ Lại", "giu.lai"] {
                #expect(refused.text.contains(kept))
            }
            #expect(!refused.text.contains(World.password))
            let day = try await administrator.post(
                "/people", ["name": "A", "unit": "x", "title": "y", "from": "31/02/2026"])
            #expect(day.status == 422)
            #expect(day.text.contains("31/02/2026"))
            let short = try await administrator.post("/people", ["name": "A", "sign_in": "a b", "password": "ngắn"])
            #expect(short.status == 422)
            // Whom nobody could find again is not made.
            #expect(try await administrator.post("/people", ["name": "Không Chức"]).status == 422)
            #expect(try await administrator.get("/people?q=giu+lai").text.contains("/people/0") == false)
            let root = try world.browser(as: .root)
            _ = try await root.get("/people/new")
            #expect(try await root.post("/people", ["name": "Không Chức"]).status == 303)
        }
    }

    @Test(arguments: Engine.allCases)
    func onlyAnAdministratorSeesTheWayToChangeAndMayChange(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let person = try world.staff(.science).person
            let member = try world.browser(as: .member)
            let page = try await member.get("/people/\(person)")
            #expect(page.status == 200)
            #expect(!page.text.contains("/offices/new"))
            #expect(!page.text.contains("disablement"))
            #expect(try await member.get("/people/new").status == 403)
            #expect(try await member.post("/people", ["name": "A"]).status == 403)
            #expect(try await member.get("/people/\(person)/name/edit").status == 403)
            #expect(try await member.post("/people/\(person)/account/disablement").status == 403)
            let outside = try world.staff(.otherCommittee).person
            for path in ["", "/name/edit", "/offices/new"] {
                let wanted = path == "/offices/new" ? [403, 404] : [404]
                #expect(wanted.contains(try await member.get("/people/\(outside)\(path)").status))
            }
            #expect(try await world.browser(as: .administrator).get("/people/\(outside)/offices/new").status == 404)
        }
    }

    @Test(arguments: Engine.allCases)
    func anAccountIsDisabledAndEnabledOnThePage(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let staff = try world.staff(.science)
            let administrator = try world.browser(as: .administrator)
            let page = try await administrator.get("/people/\(staff.person)")
            #expect(page.text.contains("/people/\(staff.person)/account/disablement"))
            #expect(try await administrator.post("/people/\(staff.person)/account/disablement").status == 303)
            let disabled = try await administrator.get("/people/\(staff.person)")
            #expect(disabled.text.contains("/people/\(staff.person)/account/enablement"))
            #expect(try await administrator.post("/people/\(staff.person)/account/enablement").status == 303)
            #expect(try await administrator.post("/people/\(staff.person)/account/unlocking").status == 303)
            // The country's administrator is beyond a province's.
            let root = try world.person(.root)
            #expect(try await administrator.post("/people/\(root)/account/disablement").status == 404)
        }
    }

    @Test(arguments: Engine.allCases)
    func aNameIsChangedFromTheVersionThatWasSeen(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let person = try world.staff(.science).person
            let administrator = try world.browser(as: .administrator)
            let form = try await administrator.get("/people/\(person)/name/edit")
            #expect(form.text.contains("name=\"version\" value=\"1\""))
            let path = "/people/\(person)/name"
            #expect(try await administrator.post(path, ["name": "Tên Sau", "version": "1"]).status == 303)
            let late = try await administrator.post(path, ["name": "Tên Muộn", "version": "1"])
            #expect(late.status == 409)
            #expect(late.text.contains("Tên Muộn"))
            #expect(try await administrator.post(path, ["name": "", "version": "2"]).status == 422)
            #expect(try await administrator.get("/people/\(person)").text.contains("Tên Sau"))
        }
    }
}
