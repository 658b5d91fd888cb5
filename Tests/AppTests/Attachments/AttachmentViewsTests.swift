import Foundation
import Testing

@testable import App

@Suite struct AttachmentViewsTests {
    private func attachment(
        _ name: String = "Báo <cáo>.pdf", _ kind: FileKind = .pdf, text: App.Attachment.TextState = .done,
        note: App.Attachment.TextNote? = nil, withdrawn: App.Attachment.Withdrawal? = nil
    ) -> App.Attachment {
        App.Attachment(
            id: ID(1), uid: SamplePage.uid, subject: Subject(.unit, id: 1, uid: SamplePage.uid), name: name, kind: kind,
            size: 1_234_567, sha256: String(repeating: "a", count: 64), text: text, textNote: note,
            addedAt: Instant(milliseconds: 0), addedBy: nil, withdrawn: withdrawn)
    }

    private func list(_ attachments: [App.Attachment], mayRemove: Bool = true) throws -> HTML {
        attachmentList(
            try SamplePage.context(), attachments, href: { "/d/1/attachments/\($0.uid)" }, mayRemove: mayRemove)
    }

    @Test func aFileHasItsNameSizeAndState() throws {
        let html = try list([attachment()])
        #expect(html.has("href=\"/d/1/attachments/\(SamplePage.uid)\" download>Báo &lt;cáo&gt;.pdf</a>"))
        #expect(html.has("1,3 MB") && html.has("badge good"))
        #expect(html.has("/removal/new\" aria-label=\"Gỡ tệp Báo &lt;cáo&gt;.pdf\""))
        #expect(!html.has("?show=1") && !html.has("⟦"))
    }

    @Test func onlyWhatABrowserShowsSafelyIsShown() throws {
        let shown = FileKind.allCases.filter { (try? list([attachment("a", $0)]).has("?show=1")) == true }
        #expect(shown == [.png, .jpeg, .webp, .txt])
    }

    @Test func whoMayNotRemoveSeesNoWayTo() throws {
        #expect(try !list([attachment()], mayRemove: false).has("removal"))
        #expect(try list([], mayRemove: false).has("Người có quyền"))
        #expect(try list([]).has("Có thể đính kèm"))
    }

    @Test func aWithdrawnFileSaysWhenAndWhyAndCannotBeRemoved() throws {
        let withdrawal = App.Attachment.Withdrawal(at: Instant(milliseconds: 0), reason: "Sai <bản>")
        let html = try list([attachment(withdrawn: withdrawal)])
        #expect(html.has("<del>") && html.has("Sai &lt;bản&gt;") && html.has("01/01/1970") && !html.has("removal"))
    }

    @Test func everyStateHasAWordAndEveryNoteToo() throws {
        for state in App.Attachment.TextState.allCases {
            for note in App.Attachment.TextNote.allCases {
                #expect(try !list([attachment(text: state, note: note)]).has("⟦"))
            }
        }
    }

    @Test func theFieldOffersTheKindsThatAreTaken() throws {
        let form = FormView(
            try SamplePage.context(), values: Fields(), problems: [Problem("file", "attachment.error.none")])
        let field = attachmentField(form)
        #expect(field.has("<input type=\"file\"") && field.has(" multiple") && field.has("name=\"file\""))
        #expect(field.has("accept=\".pdf,.docx,.xlsx,.png,.jpg") && field.has("200 MiB") && field.has("aria-invalid"))
        let whole = form.form(action: "/d", submit: "Gửi", hasFiles: true, field)
        #expect(
            whole.has(
                "method=\"post\" action=\"/d\" enctype=\"multipart/form-data\" novalidate><input type=\"hidden\" name=\"csrf\""
            ))
        #expect(!form.form(action: "/d", submit: "Gửi", "").has("enctype"))
        #expect(attachmentRemovalFields(form, isIssued: true).has("name=\"reason\""))
        #expect(attachmentRemovalFields(form, isIssued: false).text.isEmpty)
    }

    @Test(arguments: [
        (0, "0 B"), (999, "999 B"), (1_000, "1 kB"), (1_001, "2 kB"), (999_999, "1.000 kB"), (1_000_000, "1,0 MB"),
        (209_715_200, "209,8 MB"),
    ])
    func aSizeIsShort(_ bytes: Int, _ text: String) {
        #expect(ByteText.short(bytes, .vietnamese) == text)
    }
}
