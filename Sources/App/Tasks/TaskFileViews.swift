/// The files of the task itself; those of its reports stand with these.
func taskFileCard(_ detail: TaskDetail, _ page: PageContext) -> HTML {
    let files = detail.files.filter { $0.report == nil }.map(\.attachment)
    let mayKeep = detail.rights.directs && !detail.row.task.workflow.isClosed
    guard mayKeep || !files.isEmpty else { return .empty }
    let href = detail.row.href
    let action: HTML =
        mayKeep ? "<p>\(linkButton(page.t("task.attach"), href: "\(href)/files/new"))</p>" : .empty
    guard !files.isEmpty else { return card(page.t("task.files"), action) }
    return card(
        page.t("task.files"),
        attachmentLines(page, files, href: { "\(href)/files/\($0.uid)" }, mayRemove: { _ in mayKeep }) + action)
}

/// What was shown with a report, and the way to show more as long as nothing was answered to it.
func taskReportFiles(_ report: TaskReportRow, _ detail: TaskDetail, _ page: PageContext) -> HTML {
    let files = detail.files.filter { $0.report == report.uid }
    let href = detail.row.href
    let mayRemove = detail.rights.performs && !detail.row.task.workflow.isClosed
    let declared = Set(files.filter(\.isDeclared).map(\.attachment.uid))
    let lines = attachmentLines(
        page, files.map(\.attachment), href: { "\(href)/files/\($0.uid)" },
        mayRemove: { mayRemove && !declared.contains($0.uid) })
    let late = lateEvidence(report, files, detail, page)
    guard detail.openReport == report.uid else { return lines + late }
    return lines + late
        + "<p><a href=\"\(href)/files/new?report=\(report.uid)\">\(page.t("task.attach_evidence"))</a></p>"
}

/// What came after the declaration, and from which day it counts when nothing stood behind it before.
private func lateEvidence(
    _ report: TaskReportRow, _ files: [TaskFile], _ detail: TaskDetail, _ page: PageContext
) -> HTML {
    let later = files.filter { $0.isLater && $0.attachment.withdrawn == nil }.map { file -> HTML in
        let words = ["name": file.attachment.name, "at": page.moment(file.attachment.addedAt)]
        return "<p class=\"sub\">\(page.t("task.report.later", words))</p>"
    }
    let isNewest = detail.reports.first { $0.act == .declare }?.uid == report.uid
    guard isNewest, let counted = detail.row.task.declaredOn, let day = report.day, counted > day else {
        return later.joined()
    }
    return later.joined()
        + notice(.warn, "\(page.t("task.report.counts_from", ["day": page.day(counted)]))")
}

func attachToTask(_ row: TaskRow, _ typed: Fields, _ problems: [Problem], _ page: PageContext) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    let isEvidence = !typed["report"].isEmpty
    let word = page.t(isEvidence ? "task.attach_evidence" : "task.attach")
    return sitePage(
        page, title: word, lead: "\(row.task.title)",
        crumbs: TaskViews.crumbs(page) + [Crumb(text: row.task.title, href: row.href)],
        body: notice(.accent, "\(page.t(isEvidence ? "task.attach_evidence.hint" : "task.attach.hint"))")
            + form.form(
                action: "\(row.href)/files", submit: word, cancel: row.href, hasFiles: true,
                "\(form.hidden("report", typed["report"]))\(attachmentField(form))"))
}

func detachFromTask(
    _ row: TaskRow, _ file: Attachment, _ typed: Fields, _ problems: [Problem], _ page: PageContext
) -> HTML {
    let form = FormView(page, values: typed, problems: problems)
    let isIssued = row.task.workflow.state != .draft
    return sitePage(
        page, title: page.t("task.detach_of", ["name": file.name]), lead: "\(row.task.title)",
        crumbs: TaskViews.crumbs(page) + [Crumb(text: row.task.title, href: row.href)],
        body: notice(.warn, "\(page.t(isIssued ? "task.detach_issued" : "task.detach_draft"))")
            + form.form(
                action: "\(row.href)/files/\(file.uid)/removal", submit: page.t("task.detach"), danger: true,
                cancel: row.href, attachmentRemovalFields(form, isIssued: isIssued)))
}
