import HTTPTypes

/// A file to fill in, for people as CSV and as a workbook, for programs with what each column means: alike for all that
/// comes from files.
struct ImportTemplate: Sendable {
    let columns: ImportColumns
    /// The page of the import, as `/tasks/import`.
    let page: String
    /// Where programs send the file, as `/api/v1/tasks/imports`.
    let api: String
    /// In the OpenAPI document: `tasks`.
    let tag: String
    /// Throws for whoever may import nothing of the kind.
    let admit: @Sendable (Visit) async throws -> Void

    var routes: [Route] {
        [
            .get("\(page).csv", csv), .get("\(page).xlsx", xlsx),
            Route(.get, "\(api)/template", operation: ImportTemplateBody.operation(tag), json),
        ]
    }

    func csv(_ visit: Visit) async throws -> Answer {
        try await admit(visit)
        return visit.csv(name: "\(tag)-template.csv", columns.template(visit.page.catalogue, visit.page.language))
    }

    func xlsx(_ visit: Visit) async throws -> Answer {
        try await admit(visit)
        let page = visit.page
        let heads = columns.all.map { columns.name(of: $0, page) }
        return try await visit.workbook(name: "\(tag)-template.xlsx") { file, folder in
            try await FileStore.run {
                let widths = heads.map { (title: $0, width: Double(max(14, $0.count + 2))) }
                let writer = try XLSXWriter(
                    file: file, folder: folder, sheet: page.t("import.columns"), columns: widths)
                try writer.finish()
            }
        }
    }

    func json(_ visit: Visit) async throws -> Answer {
        try await admit(visit)
        return visit.json(ImportTemplateBody(columns: columns, page: visit.page))
    }
}

/// The columns of a file in the language of the caller, and the file itself.
struct ImportTemplateBody: APIBody {
    let columns: ImportColumns
    let page: PageContext

    var json: JSONValue {
        .object([
            ("columns", .list(columns.explained.map(column))),
            ("csv", .text(columns.template(page.catalogue, page.language))),
        ])
    }

    private func column(_ name: String) -> JSONValue {
        func text(_ word: ImportColumns.Word) -> JSONValue {
            .text(columns.text(word, name, page.catalogue, page.language))
        }
        return .object([
            ("name", .text(name)), ("label", text(.name)), ("meaning", text(.meaning)),
            ("required", .bool(columns.required.contains(name))), ("example", text(.example)),
        ])
    }

    static func operation(_ tag: String) -> APIOperation {
        APIOperation(
            "The columns of a file that is imported, named and explained, and the file to fill in", tag: tag,
            answer: .record([
                "columns": .list(
                    .record([
                        "name": .string, "label": .string, "meaning": .string, "required": .boolean, "example": .string,
                    ])), "csv": .string,
            ]))
    }
}
