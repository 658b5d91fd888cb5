/// What the columns of a file are called, what stands in each, whether it must be there, and an example.
func importColumns(_ page: PageContext, _ columns: ImportColumns) -> HTML {
    let rows = columns.explained.map { column -> [HTML] in
        let isRequired = columns.required.contains(column)
        func text(_ word: ImportColumns.Word) -> String { columns.text(word, column, page.catalogue, page.language) }
        return [
            "\(text(.name)) <code class=\"sub\">\(column)</code>", "\(text(.meaning))",
            isRequired ? badge(.accent, page.t("import.required")) : "\(page.t("import.optional"))",
            "\(text(.example))",
        ]
    }
    let heads = [
        Column(page.t("import.column")), Column(page.t("import.meaning")), Column(page.t("import.needed")),
        Column(page.t("import.example")),
    ]
    let title = page.t("import.columns")
    return card(title, dataTable(page, caption: title, columns: heads, rows: rows))
}

/// The files to fill in. `path`: the page of the import.
func importTemplates(_ page: PageContext, _ path: String) -> HTML {
    linkButton(page.t("import.template.xlsx"), href: "\(path).xlsx")
        + linkButton(page.t("import.template.csv"), href: "\(path).csv")
}
