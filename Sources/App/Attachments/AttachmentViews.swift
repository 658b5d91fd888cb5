/// The files of a record, one a row. `href` is the address of one file: there it is saved, with `?show=1` shown, and
/// under `/removal/new` stands the form that takes it away.
func attachmentList(
    _ page: PageContext, _ attachments: [Attachment], href: (Attachment) -> String, mayRemove: Bool,
    action: HTML = .empty
) -> HTML {
    guard !attachments.isEmpty else {
        let hint = page.t(mayRemove ? "attachment.empty.hint" : "attachment.empty.hint_read")
        return emptyState(page, title: page.t("attachment.empty"), hint: hint, action: action)
    }
    let columns = [
        Column(page.t("attachment.name")), Column(page.t("attachment.kind"), hideOnPhone: true),
        Column(page.t("attachment.size"), numeric: true), Column(page.t("attachment.added")),
        Column(page.t("attachment.text"), hideOnPhone: true), Column(""),
    ]
    let rows = attachments.map { attachment -> [HTML] in
        let link = href(attachment)
        return [
            AttachmentParts.name(page, attachment, link), "\(page.t("attachment.kind.\(attachment.kind.rawValue)"))",
            "\(ByteText.short(attachment.size, page.language))", "\(page.moment(attachment.addedAt))",
            AttachmentParts.text(page, attachment), AttachmentParts.acts(page, attachment, link, mayRemove: mayRemove),
        ]
    }
    return dataTable(page, caption: page.t("attachment.list"), columns: columns, rows: rows) + action
}

/// The field of a form with which files are sent: the form is made with `hasFiles: true`.
func attachmentField(_ form: FormView, required: Bool = true, limit: Int = Route.uploadLimit) -> HTML {
    form.file(
        "file", label: form.page.t("attachment.field"),
        help: form.page.t("attachment.field.help", ["limit": form.page.number(limit >> 20)]), required: required,
        accept: FileKind.accepted, multiple: true)
}

/// The fields of the form that takes a file away; an issued record asks why.
func attachmentRemovalFields(_ form: FormView, isIssued: Bool) -> HTML {
    guard isIssued else { return .empty }
    return form.text(
        "reason", label: form.page.t("attachment.reason"), help: form.page.t("attachment.reason.help"), maxLength: 500)
}

/// What lists of files are made of.
enum AttachmentParts {
    static func name(_ page: PageContext, _ attachment: Attachment, _ link: String) -> HTML {
        let name: HTML = "<a href=\"\(link)\" download>\(attachment.name)</a>"
        guard let withdrawn = attachment.withdrawn else { return name }
        let why = page.t(
            "attachment.withdrawn.why", ["at": page.moment(withdrawn.at), "reason": withdrawn.reason])
        return "<del>\(name)</del> \(badge(.none, page.t("attachment.withdrawn")))<br><small>\(why)</small>"
    }

    static func text(_ page: PageContext, _ attachment: Attachment) -> HTML {
        if attachment.withdrawn != nil { return .empty }
        let tone: Tone =
            switch attachment.text {
            case .done: .good
            case .failed: .warn
            case .waiting, .none: .none
            }
        let state = badge(tone, page.t("attachment.text.\(attachment.text.rawValue)"))
        guard let note = attachment.textNote else { return state }
        return "\(state)<br><small>\(page.t("attachment.note.\(note.rawValue)"))</small>"
    }

    static func acts(_ page: PageContext, _ attachment: Attachment, _ link: String, mayRemove: Bool) -> HTML {
        let shown: HTML =
            attachment.kind.isShown
            ? """
            <a href="\(link)?show=1" aria-label="\(page.t("attachment.show.label", ["name": attachment.name]))">\
            \(page.t("attachment.show"))</a>
            """ : HTML.empty
        guard mayRemove, attachment.withdrawn == nil else { return shown }
        let label = page.t("attachment.remove.label", ["name": attachment.name])
        return """
            \(shown) <a href="\(link)/removal/new" aria-label="\(label)">\(page.t("attachment.remove"))</a>
            """
    }
}
