/// The files on a document's page. Of a state secret none is ever kept.
func fileCard(_ detail: DocumentDetail, _ page: PageContext) -> HTML {
    guard !detail.row.document.isReference else { return .empty }
    let href = detail.row.href
    let action =
        detail.rights.mayWrite
        ? "<p>\(linkButton(page.t("document.attach"), href: "\(href)/files/new"))</p>" : HTML.empty
    return card(
        page.t("document.files"),
        attachmentList(
            page, detail.files, href: { "\(href)/files/\($0.uid)" }, mayRemove: detail.rights.mayWrite, action: action))
}

func attachToDocument(_ row: DocumentRow, _ typed: Fields, _ problems: [Problem], _ page: PageContext) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    return sitePage(
        page, title: page.t("document.attach_to", ["name": row.name]),
        crumbs: documentCrumbs(page) + [Crumb(text: row.name, href: row.href)],
        body: form.form(
            action: "\(row.href)/files", submit: page.t("document.attach"), cancel: row.href, hasFiles: true,
            attachmentField(form)))
}

func detachFromDocument(
    _ row: DocumentRow, _ file: Attachment, _ typed: Fields, _ problems: [Problem], _ page: PageContext
) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    let isIssued = row.document.state != .draft
    return sitePage(
        page, title: page.t("document.detach_of", ["name": file.name]),
        crumbs: documentCrumbs(page) + [Crumb(text: row.name, href: row.href)],
        body: notice(.warn, "\(page.t(isIssued ? "document.detach_issued" : "document.detach_draft"))")
            + form.form(
                action: "\(row.href)/files/\(file.uid)/removal", submit: page.t("document.detach"), danger: true,
                cancel: row.href, attachmentRemovalFields(form, isIssued: isIssued)))
}
