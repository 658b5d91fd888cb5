/// An attachment as the API shows it; `href` is the address of its bytes there.
struct AttachmentBody: APIBody, Sendable {
    let attachment: Attachment
    let href: String

    init(_ attachment: Attachment, href: String) {
        self.attachment = attachment
        self.href = href
    }

    var json: JSONValue {
        .object([
            ("uid", .text(attachment.uid.text)), ("name", .text(attachment.name)),
            ("kind", .text(attachment.kind.rawValue)), ("media_type", .text(attachment.kind.mediaType)),
            ("size", .int(Int64(attachment.size))), ("sha256", .text(attachment.sha256)),
            ("text", .text(attachment.text.rawValue)), ("text_note", .optional(attachment.textNote?.rawValue)),
            ("added_at", .text(attachment.addedAt.text)), ("withdrawn_at", .optional(attachment.withdrawn?.at.text)),
            ("withdrawal", .optional(attachment.withdrawn?.reason)), ("href", .text(href)),
        ])
    }

    static let schema = APISchema.record([
        "uid": .uid, "name": .string, "kind": .choice(FileKind.allCases.map(\.rawValue)), "media_type": .string,
        "size": .integer, "sha256": .string, "text": .choice(Attachment.TextState.allCases.map(\.rawValue)),
        "text_note": .nullable(.choice(Attachment.TextNote.allCases.map(\.rawValue))), "added_at": .instant,
        "withdrawn_at": .nullable(.instant), "withdrawal": .nullable(.string), "href": .string,
    ])
}
