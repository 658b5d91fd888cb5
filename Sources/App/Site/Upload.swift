/// What a form with files held: its fields, and its files as they lie in the file store's `incoming` folder.
///
/// They are thrown away when the handler is done, except for those that ``FileStore/keep(_:)`` has taken.
public struct Upload: Sendable {
    public let fields: Fields
    public let files: [ReceivedFile]
    /// Of a refused form: the fields in which files were chosen that have not been kept, with the names of these.
    let dropped: [String: String]

    init(fields: Fields, files: [ReceivedFile] = [], dropped: [String: String] = [:]) {
        self.fields = fields
        self.files = files
        self.dropped = dropped
    }

    /// The files of one field, in order. A field in which nothing was chosen has none.
    public func files(_ field: String) -> [ReceivedFile] { files.filter { $0.field == field } }

    /// Says of a request what it held, without the noise of boundaries: the same for the same fields and bytes.
    var digestText: String {
        let fields = fields.raw.sorted { $0.key < $1.key }.map {
            "\($0.key.utf8.count) \($0.key)\($0.value.utf8.count) \($0.value)"
        }
        return (fields + files.map { "\($0.field) \($0.sha256) \($0.name.utf8.count) \($0.name)" }).joined(
            separator: "\n")
    }

    func discard() { for file in files { file.discard() } }
}

extension Visit {
    /// The fields and files of this visit; throws ``AppError/invalid(_:)`` for what is wrong with the fields.
    public func uploaded() throws(AppError) -> Upload {
        guard let upload else { throw .unsupportedMediaType(wanted: "multipart/form-data") }
        try upload.fields.problems.check()
        return upload
    }
}
