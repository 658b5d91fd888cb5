/// The list of people as a file: one row for each office held today, one without an office for those who hold none.
struct PersonExport {
    let store: PersonStore
    /// How the reader is told a name.
    let page: PageContext

    func csv(_ filter: PersonFilter) throws -> String {
        var text = CSVWriter.byteOrderMark
        text += CSVWriter.line(["name", "office", "unit", "from", "uid"])
        try store.each(filter) { people in
            for row in people { text += lines(row) }
        }
        return text
    }

    private func lines(_ row: PersonRow) -> String {
        let person = row.person
        let name = page.name(person.name)
        guard !row.offices.isEmpty else { return CSVWriter.line([name, "", "", "", person.uid.text]) }
        return row.offices.map { held in
            CSVWriter.line(
                [name, held.office.title, held.unitName, held.office.from.text, person.uid.text])
        }.joined()
    }
}
