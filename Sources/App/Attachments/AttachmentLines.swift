/// The files of a record in a narrow place, one a line: name, size and what can be done with it. Addresses as in
/// ``attachmentList(_:_:href:mayRemove:action:)``.
func attachmentLines(
    _ page: PageContext, _ attachments: [Attachment], href: (Attachment) -> String, mayRemove: (Attachment) -> Bool
) -> HTML {
    guard !attachments.isEmpty else { return .empty }
    let lines = attachments.map { attachment -> HTML in
        let link = href(attachment)
        return """
            <li>\(AttachmentParts.name(page, attachment, link)) \
            <span class="sub">\(page.t("attachment.kind.\(attachment.kind.rawValue)")) · \
            \(ByteText.short(attachment.size, page.language)) \
            \(AttachmentParts.acts(page, attachment, link, mayRemove: mayRemove(attachment)))</span></li>
            """
    }
    return "<ul class=\"plain-list\">\(lines)</ul>"
}
