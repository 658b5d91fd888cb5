import Storage

/// Reads the text of the files that wait for it, one after the other. A background job calls it.
struct TextReading: Sendable {
    let database: Database
    let files: FileStore
    var extraction = TextExtraction()

    /// A file that has ended the process so many times is not tried again.
    static let tries = 3
    /// One file at a time: its reader may take a whole core.
    private static let queue = BoundedQueue(label: "resolute.texts", atOnce: 1, waiting: 8)

    /// There is a file that waits.
    func isNeeded() async throws -> Bool {
        try await database.read { tx in try TextReading.waiting(tx) != nil }
    }

    /// Reads up to `most` files; returns how many. Throws when the program that reads PDF is missing: they wait for it.
    func run(most: Int = 50) async throws -> Int {
        var count = 0
        while count < most, !Task.isCancelled, let file = try await begin() {
            let outcome = try await read(file)
            try await finish(file, outcome)
            count += 1
        }
        return count
    }

    struct Waiting: Sendable {
        let id: ID<Attachment>
        let sha256: String
        let kind: FileKind
        let tries: Int
    }

    private static func waiting(_ tx: Transaction) throws -> Waiting? {
        let row = try tx.first(
            """
            SELECT id, sha256, kind, text_tries FROM attachment WHERE text_state = 'waiting' ORDER BY id LIMIT 1
            """)
        guard let row, let kind = FileKind(rawValue: try row.text(2)) else { return nil }
        return Waiting(id: try row.id(0), sha256: try row.text(1), kind: kind, tries: try row.int(3))
    }

    /// Counts the try before it is made: what ends the process must not do so for ever.
    private func begin() async throws -> Waiting? {
        try await database.write { tx in
            guard let file = try TextReading.waiting(tx) else { return nil }
            try tx.run("UPDATE attachment SET text_tries = text_tries + 1 WHERE id = \(file.id)")
            return file
        }
    }

    private func read(_ file: Waiting) async throws -> TextExtraction.Outcome {
        guard file.tries < TextReading.tries else { return TextExtraction.Outcome(state: .failed, note: .damaged) }
        let (extraction, url) = (extraction, files.url(file.sha256))
        do {
            return try await withCheckedThrowingContinuation { continuation in
                let accepted = TextReading.queue.submit {
                    continuation.resume(with: Result { try extraction.read(url, file.kind) })
                }
                if !accepted { continuation.resume(throwing: AppError.unavailable(retryAfter: .seconds(5))) }
            }
        } catch {
            // Nothing is known of the file yet: this was no try.
            try await database.write { tx in
                _ = try tx.run("UPDATE attachment SET text_tries = \(file.tries) WHERE id = \(file.id)")
            }
            throw error
        }
    }

    /// Writes what was found, unless the file has gone or been withdrawn meanwhile.
    private func finish(_ file: Waiting, _ outcome: TextExtraction.Outcome) async throws {
        let terms = AttachmentTerms.of(outcome.pieces)
        try await database.write { tx in
            let row = try tx.first(
                """
                SELECT subject_kind, subject_id FROM attachment WHERE id = \(file.id) AND text_state = 'waiting'
                """)
            guard let row else { return }
            let (kind, subject) = (try row.value(0), try row.value(1))
            try tx.run(
                """
                UPDATE attachment SET text_state = \(outcome.state.rawValue),
                    text_note = \(outcome.note?.rawValue ?? "") WHERE id = \(file.id)
                """)
            try tx.insert(
                into: "attachment_text", ["attachment_id", "piece", "text"],
                rows: outcome.pieces.enumerated().map { [file.id.sqlValue, $0.sqlValue, .text($1)] })
            try tx.insert(
                into: "attachment_term", ["term", "subject_kind", "subject_id", "attachment_id"],
                rows: terms.map { [.text($0), kind, subject, file.id.sqlValue] })
        }
    }
}
