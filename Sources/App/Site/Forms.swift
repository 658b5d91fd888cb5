/// One line of a choice.
struct Choice: Sendable {
    let value: String
    let text: String

    init(value: String, text: String) {
        self.value = value
        self.text = text
    }

    init(_ value: String, _ text: String) { self.init(value: value, text: text) }
}

/// A form that comes back as it was filled, each field with what is wrong and what to do about it.
///
/// Works without a script; with one it suggests units, counts letters, and warns before typed things are left behind.
struct FormView {
    let page: PageContext
    let values: Fields
    let problems: [Problem]
    /// What stands beside the label of a field that may be left empty, when "optional" would not be the whole truth.
    var marks: [String: String] = [:]

    init(_ page: PageContext, values: Fields, problems: [Problem] = []) {
        self.page = page
        self.values = values
        self.problems = problems
    }

    /// One line. No `maxlength`: a browser cuts what is pasted without a word; the server says how much is too much.
    /// `choices` are suggested, and something else may be typed. A phone shows figures for a whole number.
    func text(
        _ name: String, label: String, help: String? = nil, required: Bool = true, type: String = "text",
        maxLength: Int = 200, autocomplete: String? = nil, isNumber: Bool = false, choices: [String] = []
    ) -> HTML {
        let options = choices.map { choice -> HTML in "<option value=\"\(choice)\"></option>" }
        let listed: HTML = choices.isEmpty ? "" : " list=\"\(id(name))-choices\""
        let list: HTML = choices.isEmpty ? "" : "<datalist id=\"\(id(name))-choices\">\(options)</datalist>"
        let completion: HTML = autocomplete.map { " autocomplete=\"\($0)\"" } ?? ""
        let keys: HTML = isNumber ? " inputmode=\"numeric\"" : ""
        // A password never travels back in a page.
        let value: HTML = type == "password" ? "" : " value=\"\(values[name])\" data-max=\"\(maxLength)\""
        return field(
            name, label: label, help: help, required: required,
            control: """
                <input type="\(type)"\(common(name, help: help, required: required))\(value)\(completion)\(keys)\(listed)>\(list)
                """)
    }

    /// Text of several lines.
    func area(
        _ name: String, label: String, help: String? = nil, required: Bool = true, maxLength: Int = 4_000, rows: Int = 5
    ) -> HTML {
        // The first line break after the tag is not part of the text.
        field(
            name, label: label, help: help, required: required,
            control: """
                <textarea rows="\(rows)" data-max="\(maxLength)"\(common(name, help: help, required: required))>
                \(values[name])</textarea>
                """)
    }

    /// A day as people type it: a browser's own day field would drop an impossible day instead of showing it again.
    func day(_ name: String, label: String, help: String? = nil, required: Bool = true) -> HTML {
        let help = help ?? page.t("site.form.day", ["example": page.day(page.today)])
        return field(
            name, label: label, help: help, required: required,
            control: """
                <input type="text" class="day" inputmode="numeric" autocomplete="off" \
                value="\(values[name])"\(common(name, help: help, required: required))>
                """)
    }

    /// One of several. Not chosen yet is a choice of its own, so that the first is not taken unawares; a list that
    /// brings its own empty choice, such as "all", keeps that.
    func select(
        _ name: String, label: String, choices: [Choice], required: Bool = true, help: String? = nil
    ) -> HTML {
        let chosen = values[name]
        let blank = required || marks[name] != nil ? page.t("site.form.choose") : page.t("site.form.none")
        let bringsBlank = choices.contains { $0.value.isEmpty }
        let first: HTML = bringsBlank ? "" : "<option value=\"\">\(blank)</option>"
        let rest = choices.map { choice -> HTML in
            let mark: HTML = choice.value == chosen ? " selected" : ""
            return "<option value=\"\(choice.value)\"\(mark)>\(choice.text)</option>"
        }
        return field(
            name, label: label, help: help, required: required, isChoice: true,
            control: "<select\(common(name, help: help, required: required))>\(first)\(rest)</select>")
    }

    func checkbox(_ name: String, label: String, help: String? = nil) -> HTML {
        let mark: HTML = values[name].isEmpty ? "" : " checked"
        let attributes = common(name, help: help, required: false)
        return """
            <div class="field check"><input type="checkbox" value="1"\(attributes)\(mark)>\
            <label for="\(id(name))">\(label)</label>\(notes(name, help: help))</div>
            """
    }

    /// Files to send along. What was chosen is chosen again when the form comes back: no browser lets a page do that.
    func file(
        _ name: String, label: String, help: String? = nil, required: Bool = true, accept: String = "",
        multiple: Bool = false
    ) -> HTML {
        let kinds: HTML = accept.isEmpty ? "" : " accept=\"\(accept)\""
        let several: HTML = multiple ? " multiple" : ""
        return field(
            name, label: label, help: help, required: required,
            control: "<input type=\"file\"\(common(name, help: help, required: required))\(kinds)\(several)>")
    }

    func hidden(_ name: String, _ value: String) -> HTML {
        "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
    }

    /// A unit: typed as name, code or uid, or taken from what `/api/v1/units` suggests. The field carries the uid once
    /// chosen; `chosen` is how people call that unit.
    func unit(
        _ name: String, label: String, chosen: String?, required: Bool = true, help: String? = nil
    ) -> HTML {
        pick(name, label: label, from: "/api/v1/units", chosen, required, help ?? page.t("site.form.unit"))
    }

    /// A person: typed as whole name or uid, or taken from what `/api/v1/people` suggests.
    func person(
        _ name: String, label: String, chosen: String?, required: Bool = true, help: String
    ) -> HTML {
        pick(name, label: label, from: "/api/v1/people", chosen, required, help)
    }

    /// A document: typed as number, other name or uid, or taken from what `/api/v1/documents` suggests.
    func document(
        _ name: String, label: String, chosen: String?, required: Bool = true, help: String
    ) -> HTML {
        pick(name, label: label, from: "/api/v1/documents", chosen, required, help)
    }

    /// A task: typed as whole title, address or uid, or taken from what `/api/v1/tasks` suggests.
    func task(
        _ name: String, label: String, chosen: String?, required: Bool = true, help: String
    ) -> HTML {
        pick(name, label: label, from: "/api/v1/tasks", chosen, required, help)
    }

    private func pick(
        _ name: String, label: String, from list: String, _ chosen: String?, _ required: Bool, _ help: String
    ) -> HTML {
        let shown: HTML = chosen.map { " data-chosen=\"\($0)\"" } ?? ""
        let said = chosen.map { name -> HTML in
            "<p class=\"chosen\">\(page.t("site.form.chosen", ["name": name]))</p>"
        }
        return field(
            name, label: label, help: help, required: required,
            control: """
                <input type="text" data-suggest="pick" data-from="\(list)" autocomplete="off" \
                value="\(values[name])"\(shown)\(common(name, help: help, required: required))>\(said)
                """)
    }

    /// The whole form: what is wrong first, with links to the fields, then the fields, then the act and the way back.
    /// A form with a file in it says so, and goes to a ``Route/upload(_:for:limit:admit:_:)``.
    func form(
        action: String, submit: String, danger: Bool = false, cancel: String? = nil, hasFiles: Bool = false,
        _ content: HTML
    ) -> HTML {
        let encoding: HTML = hasFiles ? " enctype=\"multipart/form-data\"" : ""
        let back = cancel.map { href -> HTML in
            "<a class=\"button\" href=\"\(href)\">\(page.t("site.form.cancel"))</a>"
        }
        return """
            <form class="form" method="post" action="\(action)"\(encoding) novalidate>\(Layout.csrf(page))\
            \(summary(content))\(values.meanwhile)\(content)<div class="actions"><button class="\(danger ? "danger" : "main")">\
            \(submit)</button>\(back)<span class="unsaved" hidden>\(page.t("site.form.unsaved"))</span></div></form>
            """
    }
}

extension FormView {
    private func field(
        _ name: String, label: String, help: String?, required: Bool, isChoice: Bool = false, control: HTML
    ) -> HTML {
        let said = marks[name] ?? page.t("site.form.optional")
        let mark: HTML = required ? "" : " <span class=\"optional\">\(said)</span>"
        return """
            <div class="field\(reasons(name).isEmpty ? "" : " refused")"><label for="\(id(name))">\(label)</label>\
            \(mark)\(notes(name, help: help, isChoice: isChoice))\(control)</div>
            """
    }

    private func notes(_ name: String, help: String?, isChoice: Bool = false) -> HTML {
        let help: HTML = help.map { "<p class=\"help\" id=\"\(id(name))-help\">\($0)</p>" } ?? ""
        let reasons = reasons(name, isChoice: isChoice)
        guard !reasons.isEmpty else { return help }
        let lines = reasons.map { reason -> HTML in "<span>\(reason)</span>" }
        return "\(help)<p class=\"reason\" id=\"\(id(name))-reason\">\(lines)</p>"
    }

    /// Name, id and what a screen reader is told of the field.
    private func common(_ name: String, help: String?, required: Bool) -> HTML {
        var told: [String] = []
        if help != nil { told.append("\(id(name))-help") }
        if !reasons(name).isEmpty { told.append("\(id(name))-reason") }
        let refused: HTML = reasons(name).isEmpty ? "" : " aria-invalid=\"true\""
        let describedBy: HTML = told.isEmpty ? "" : " aria-describedby=\"\(told.joined(separator: " "))\""
        return """
             id="\(id(name))" name="\(name)"\(required ? " required" : "")\(refused)\(describedBy)
            """
    }

    private func id(_ name: String) -> String { "f-" + name }

    private func reasons(_ name: String, isChoice: Bool = false) -> [String] {
        problems.filter { $0.field == name }.map { said($0, isChoice: isChoice) }
    }

    /// Nothing is filled in where one of several is chosen.
    private func said(_ problem: Problem, isChoice: Bool = false) -> String {
        let isUnchosen = isChoice && problem.message.key == "field.missing"
        let text = isUnchosen ? page.t("field.unchosen") : page.t(problem.message)
        return problem.line.map { page.t("site.form.line", ["line": page.number($0), "text": text]) } ?? text
    }

    private func summary(_ content: HTML) -> HTML {
        guard !problems.isEmpty else { return .empty }
        let lines = problems.map { problem -> HTML in
            guard let label = label(problem.field, in: content) else { return "<li>\(said(problem))</li>" }
            let isChoice = content.text.contains("<select id=\"\(id(problem.field))\"")
            return "<li><a href=\"#\(id(problem.field))\">\(label): \(said(problem, isChoice: isChoice))</a></li>"
        }
        return """
            <div class="notice bad summary" role="alert" tabindex="-1"><p><b>\
            \(page.t("site.form.problems", count: problems.count))</b></p><ul>\(lines)</ul></div>
            """
    }

    /// The label of a field of this form, read from the markup that we have just made; nil when it has none there.
    private func label(_ name: String, in content: HTML) -> HTML? {
        let opening: HTML = "<label for=\"\(id(name))\">"
        guard !name.isEmpty, let start = content.text.firstRange(of: opening.text),
            let end = content.text[start.upperBound...].firstIndex(of: "<")
        else { return nil }
        return HTML(markup: String(content.text[start.upperBound..<end]))
    }
}
