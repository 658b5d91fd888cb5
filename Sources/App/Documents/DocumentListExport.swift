/// The list on the screen as a table for a spreadsheet: the same filter, all its rows, the words of the person's language.
///
/// `resolute document export` writes the form that can be imported again.
struct DocumentListExport {
    let store: DocumentStore
    let page: PageContext

    func csv(_ filter: DocumentFilter) throws -> String {
        var text = CSVWriter.byteOrderMark + CSVWriter.line(heads)
        try store.each(filter) { text += CSVWriter.line(cells($0)) }
        return text
    }

    private var heads: [String] {
        [
            "sign", "type", "title", "issuer", "issued_on", "effect_from", "effect_to", "state", "signer", "capacity",
            "secrecy",
        ].map { page.t("document.field.\($0)") }
    }

    private func cells(_ row: DocumentRow) -> [CSVWriter.Cell] {
        let document = row.document
        func day(_ day: Day) -> CSVWriter.Cell { .text(day == .never ? "" : day.text) }
        return [
            .text(document.sign), .text(page.t(document.type.nameKey)),
            .text(document.isReference ? page.t("document.reference") : document.title), .text(document.issuerName),
            day(document.issuedOn), day(document.effectFrom), day(document.effectTo),
            .text(forceWord(row.force(on: page.today), page)), .text(document.signer),
            .text(document.capacity.map { page.t("capacity.\($0.rawValue)") } ?? ""),
            .text(page.t("secrecy.\(document.secrecy.name)")),
        ]
    }
}
