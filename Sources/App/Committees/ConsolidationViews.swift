/// What the form of a consolidation shows.
struct ConsolidationView: Sendable {
    let row: CommitteeRow
    /// The list as it is.
    let seats: [SeatRow]
    /// Both lists, when they were asked for.
    let plan: ConsolidationPlan?
    var blankLines = 3

    /// With more empty lines than were sent.
    func longer(_ typed: Fields) -> ConsolidationView {
        var view = self
        view.blankLines = ConsolidationView.lines(typed) + 3
        return view
    }

    /// How many lines of additions were sent.
    static func lines(_ typed: Fields) -> Int {
        let last = typed.raw.keys.compactMap { key -> Int? in
            let parts = key.split(separator: ".")
            return parts.count == 3 && parts[0] == "additions" ? Int(parts[1]) : nil
        }.max()
        return min((last ?? -1) + 1, CommitteeForm.longest)
    }
}

/// The form: the list as it is, each seat with what becomes of it, new seats, one day and one decision.
func consolidationPage(
    _ view: ConsolidationView, _ typed: Fields, _ problems: [Problem], _ page: PageContext
) -> HTML {
    let row = view.row
    let form = FormView(page, values: typed, problems: problems)
    let lines = min(max(view.blankLines, ConsolidationView.lines(typed)), CommitteeForm.longest)
    let content: HTML = """
        \(form.hidden("version", typed["version"]))\
        \(form.day("from", label: page.t("committee.field.in_force_from")))\
        \(form.text("decision", label: page.t("committee.field.decision"), help: page.t("unit.help.basis"), maxLength: 300))\
        \(presentSeats(view, form, page))\(newSeats(lines, form, page))\
        <p class="actions"><button name="preview" value="1">\(page.t("committee.preview"))</button>\
        <button name="more" value="1">\(page.t("committee.more_lines"))</button></p>
        """
    return sitePage(
        page, title: page.t("committee.consolidate_of", ["name": row.name]),
        lead: "\(page.t("committee.consolidate.lead"))", crumbs: CommitteeViews.crumbs(row, page),
        body: (view.plan.map { bothLists($0, page) } ?? .empty)
            + form.form(
                action: "\(row.href)/consolidations", submit: page.t("committee.consolidate"), cancel: row.href,
                content))
}

private func presentSeats(_ view: ConsolidationView, _ form: FormView, _ page: PageContext) -> HTML {
    guard !view.seats.isEmpty else { return .empty }
    let fields = view.seats.map { row -> HTML in
        let seat = row.seat
        let stays = Choice(
            "stays",
            page.t("committee.stays", ["position": page.t("committee.position.\(seat.position.rawValue)")]))
        let others = SeatPosition.allCases.filter { $0 != seat.position }.map {
            Choice($0.rawValue, page.t("committee.becomes", ["position": page.t("committee.position.\($0.rawValue)")]))
        }
        let help = row.leftOn.map { page.t("committee.left", ["day": page.day($0)]) }
        return form.select(
            "seat.\(seat.uid)", label: CommitteeViews.holderText(row, page),
            choices: [stays, Choice("leaves", page.t("committee.leaves"))] + others, help: help)
    }
    return PersonViews.group(page.t("committee.list.as_it_is"), fields)
}

private func newSeats(_ lines: Int, _ form: FormView, _ page: PageContext) -> HTML {
    (0..<lines).map { line in
        PersonViews.group(
            page.t("committee.new_seat", ["number": page.number(line + 1)]),
            [seatFields(form, "additions.\(line).", page, required: false)])
    }.joined()
}

/// The two lists side by side: what goes is struck out, what comes is marked.
private func bothLists(_ plan: ConsolidationPlan, _ page: PageContext) -> HTML {
    let gone = plan.before.filter { !plan.after.contains($0) }
    let come = plan.after.filter { !plan.before.contains($0) }
    let before = card(
        page.t("committee.list.before"), consolidationList(plan.before, marked: gone, page) { "<del>\($0)</del>" })
    let after = card(
        page.t("committee.list.after"), consolidationList(plan.after, marked: come, page) { "<ins>\($0)</ins>" })
    return """
        <div role="status">\(notice(.accent, "\(page.t("committee.preview.text"))"))</div>\
        <div class="grid">\(before)\(after)</div>
        """
}

private func consolidationList(
    _ lines: [ConsolidationPlan.Line], marked: [ConsolidationPlan.Line], _ page: PageContext, mark: (HTML) -> HTML
) -> HTML {
    let items = lines.map { line -> HTML in
        let name: HTML = line.name.map { "\($0) · " } ?? .empty
        let text: HTML = "\(page.t("committee.position.\(line.position.rawValue)")): \(name)\(line.title)"
        return "<li>\(marked.contains(line) ? mark(text) : text)</li>"
    }
    return items.isEmpty
        ? "<p>\(page.t("committee.seats.none"))</p>" : "<ol class=\"plain-list\">\(items)</ol>"
}
