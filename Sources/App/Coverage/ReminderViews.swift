/// The reminder as it would be written, to be copied, saved, or made the draft of a dispatch.
func reminderPage(
    _ reminder: CoverageReminder, _ asked: ReminderRequest, mayDraft: Bool, _ typed: Fields, _ problems: [Problem],
    _ page: PageContext
) -> HTML {
    let document = reminder.document
    return sitePage(
        page, title: page.t("reminder.title", ["document": document.name]), lead: "\(page.t("reminder.lead"))",
        crumbs: coverageCrumbs(document, page)
            + [Crumb(text: page.t("coverage.matrix"), href: "\(document.href)/coverage")],
        actions: reminder.isEmpty
            ? .empty : linkButton(page.t("reminder.save"), href: ReminderViews.link(asked, "/reminder.txt", page)),
        body: ReminderViews.filter(asked, reminder, page)
            + (reminder.isEmpty
                ? emptyState(page, title: page.t("reminder.none"), hint: page.t("reminder.none_hint"))
                : ReminderViews.text(reminder, page)
                    + (mayDraft ? ReminderViews.form(asked, reminder, typed, problems, page) : .empty)))
}

enum ReminderViews {
    static func link(_ asked: ReminderRequest, _ end: String, _ page: PageContext) -> String {
        URLText.link(
            "/documents/\(asked.document)/coverage\(end)",
            [
                "requirement": asked.requirement?.text ?? "", "late": asked.onlyLate ? "1" : "",
                "by": asked.by.map { page.day($0) } ?? "",
            ])
    }

    static func filter(_ asked: ReminderRequest, _ reminder: CoverageReminder, _ page: PageContext) -> HTML {
        let kept = asked.requirement.map { uid -> HTML in
            "<input type=\"hidden\" name=\"requirement\" value=\"\(uid)\">"
        }
        let mark: HTML = asked.onlyLate ? " checked" : ""
        return """
            <form class="filter" method="get" action="/documents/\(asked.document)/coverage/reminder">\(kept)\
            <label>\(page.t("reminder.by"))<input type="text" class="day" inputmode="numeric" name="by" \
            value="\(page.day(reminder.by))"></label>\
            <label class="check"><input type="checkbox" name="late" value="1"\(mark)> \(page.t("reminder.only_late"))\
            </label><button>\(page.t("reminder.again"))</button></form>
            """
    }

    /// Units that are still named on the page; all of them stand in the file and in the draft.
    private static let shown = 600

    static func text(_ reminder: CoverageReminder, _ page: PageContext) -> HTML {
        let words = ReminderText(reminder: reminder, page: page)
        let lines = words.lists
        let rest = lines.count - shown
        let more: HTML = rest > 0 ? "<p>\(page.t("reminder.more", count: rest))</p>" : .empty
        let letter = [words.subject, "", page.t("reminder.to"), ""] + words.paragraphs + [""] + lines.prefix(shown)
        return card(
            page.t("reminder.text"),
            """
            <textarea class="letter" rows="24" readonly aria-label="\(page.t("reminder.text"))">
            \((letter + ["", page.t("reminder.end")]).joined(separator: "\n"))</textarea>\(more)\
            <p>\(page.t("reminder.addressees", count: reminder.addressees.count))</p>
            """)
    }

    static func form(
        _ asked: ReminderRequest, _ reminder: CoverageReminder, _ typed: Fields, _ problems: [Problem],
        _ page: PageContext
    ) -> HTML {
        let form = FormView(page, values: typed, problems: problems)
        let numberings = Document.Numbering.allCases.filter { $0 != .law }.map {
            Choice($0.rawValue, page.t("document.numbering.\($0.rawValue)"))
        }
        return card(
            page.t("reminder.draft"),
            form.form(
                action: "/documents/\(asked.document)/coverage/reminders", submit: page.t("reminder.make_draft"),
                """
                \(form.hidden("requirement", asked.requirement?.text ?? ""))\(form.hidden("late", asked.onlyLate ? "1" : ""))\
                \(form.hidden("by", page.day(reminder.by)))\
                \(form.unit("issuer", label: page.t("document.field.issuer"), chosen: nil))\
                \(form.text(
                    "issuer_sign", label: page.t("document.field.issuer_sign"), help: page.t("reminder.help.sign"),
                    maxLength: 60))\
                \(form.select("numbering", label: page.t("document.field.numbering"), choices: numberings, required: false))\
                \(form.text("term", label: page.t("document.field.term"), required: false, maxLength: 2))
                """))
    }
}
