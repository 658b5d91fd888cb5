import Testing

@testable import App

/// A refused form comes back as it was filled, with each reason beside its field.
@Suite struct FormsTests {
    private func form(_ raw: [String: String] = [:], _ problems: [Problem] = []) throws -> FormView {
        FormView(try SamplePage.context(), values: Fields(raw: raw), problems: problems)
    }

    @Test func whatWasTypedComesBackWhole() throws {
        let typed = "\"><script>alert('x')</script>\n& Đắk"
        let form = try form(["name": typed, "note": "\n" + typed, "kind": "ward", "on": "1"])
        let escaped = "&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;\n&amp; Đắk"
        #expect(form.text("name", label: "Tên").has("value=\"\(escaped)\""))
        // The line break behind the tag is the one that a browser drops.
        #expect(form.area("note", label: "Ghi chú").has(">\n\n\(escaped)</textarea>"))
        #expect(
            form.select("kind", label: "Loại", choices: [Choice("commune", "Xã"), Choice("ward", "Phường")])
                .has("<option value=\"ward\" selected>Phường</option>"))
        #expect(form.checkbox("on", label: "Bật").has(" checked"))
    }

    @Test func aPasswordNeverComesBack() throws {
        let field = try form(["password": "hunter2"]).text("password", label: "Mật khẩu", type: "password")
        #expect(!field.has("hunter2") && field.has("type=\"password\""))
    }

    @Test func aFieldIsTiedToItsLabelHelpAndReason() throws {
        let field = try form(["from": "31/02/2025"], [Problem("from", "field.day", ["typed": "31/02/2025"])])
            .day("from", label: "Từ ngày")
        #expect(field.has("<label for=\"f-from\">Từ ngày</label>") && field.has("id=\"f-from\" name=\"from\""))
        #expect(field.has("aria-describedby=\"f-from-help f-from-reason\"") && field.has("aria-invalid=\"true\""))
        #expect(field.has("id=\"f-from-help\"") && field.has("id=\"f-from-reason\""))
        #expect(field.has("value=\"31/02/2025\"") && field.has("“31/02/2025”"))
    }

    @Test func nothingIsFilledInWhereOneIsChosen() throws {
        let form = try form([:], [Problem("kind", "field.missing"), Problem("name", "field.missing")])
        let page = form.form(
            action: "/x", submit: "Lưu",
            form.select("kind", label: "Loại", choices: [Choice("ward", "Phường")]) + form.text("name", label: "Tên"))
        #expect(page.text.ranges(of: "Hãy chọn một mục").count == 2, "beside the field and above the form")
        #expect(page.text.ranges(of: form.page.t("field.missing")).count == 2)
    }

    @Test func aGoodFieldIsNotMarked() throws {
        let field = try form(["a": "x"], [Problem("b", "field.missing")]).text("a", label: "A", required: false)
        #expect(!field.has("aria-invalid") && !field.has("reason") && !field.has(" required"))
        #expect(field.has("class=\"optional\""))
    }

    @Test func theSummaryCountsAndLeadsToTheFields() throws {
        let problems = [
            Problem("name", "field.missing"), Problem("", "error.stale"),
            Problem("elsewhere", "field.unknown", line: 7),
        ]
        let form = try form([:], problems)
        let html = form.form(action: "/units", submit: "Lưu", form.text("name", label: "Tên & họ"))
        #expect(html.has("role=\"alert\"") && html.has("cần sửa 3 mục"))
        #expect(html.has("<a href=\"#f-name\">Tên &amp; họ: "))
        #expect(html.has("<li>Dòng 7: "))
        #expect(html.count(of: "<a href=\"#f-") == 1)
    }

    @Test func aFormIsPostedWithItsTokenAndLeavesCheckingToUs() throws {
        let html = try form().form(action: "/units?a=1&b=2", submit: "Xóa", danger: true, cancel: "/units", "")
        #expect(html.has("method=\"post\" action=\"/units?a=1&amp;b=2\" novalidate"))
        #expect(html.has("name=\"csrf\" value=\"secret-token\"") && html.has("<button class=\"danger\">Xóa</button>"))
        #expect(html.has("href=\"/units\"") && !html.has("role=\"alert\""))
    }

    @Test func nothingCutsWhatIsPasted() throws {
        let fields = try form().text("a", label: "A") + form().area("a", label: "A")
        #expect(!fields.has("maxlength"))
        #expect(try form().text("a", label: "A", maxLength: 90).has("data-max=\"90\""))
    }

    @Test func aUnitIsAFieldThatWorksWithoutAScript() throws {
        let field = try form(["parent": "0189"]).unit("parent", label: "Cấp trên", chosen: "Tỉnh \"Gia Lai\"")
        #expect(field.has("<input type=\"text\" data-suggest=\"pick\"") && field.has("value=\"0189\""))
        #expect(field.has("data-chosen=\"Tỉnh &quot;Gia Lai&quot;\"") && field.has("name=\"parent\""))
        #expect(!field.has("role=\"combobox\""))
    }

    @Test func nothingIsChosenUnawares() throws {
        let choices = [Choice("a", "A")]
        let field = try form().select("k", label: "Loại", choices: choices)
        #expect(field.has("<option value=\"\">– Chọn –</option><option value=\"a\">A</option>"))
        let own = try form().select("k", label: "Loại", choices: [Choice("", "Tất cả")] + choices, required: false)
        #expect(own.count(of: "<option value=\"\"") == 1)
    }
}
