public import Storage

/// A search in the files of one kind of record, to be spliced into the list of the feature that owns the records.
///
///     let search = try AttachmentStore(tx: tx, viewer: viewer, today: today).search("chuyển đổi số", in: .document)
///     "SELECT … FROM document d WHERE \(search.condition(on: "d.id")) AND \(scope)"
///
/// Every word must stand in one and the same file that has not been withdrawn, whole and without regard to accents.
/// Words come rarest first, so that the narrowest list of the index drives. With a rare word the condition is a short
/// list of records; without one nearly every record has it, and each row of the feature's own order is asked.
public struct AttachmentSearch: Sendable {
    let kind: Subject.Kind
    /// Folded, rarest first; none when the text has no word in it.
    let words: [String]
    let isRare: Bool
    /// How many files have the rarest of them, counted no further than one more than ``few``.
    let rarest: Int

    /// From so many records on, a word no longer drives.
    static let few = 5_000

    /// There is nothing to look for.
    public var isEmpty: Bool { words.isEmpty }

    /// A condition on the local key of the record, such as `d.id`. True of every record when there is no word.
    public func condition(on id: SQL) -> SQL {
        guard !words.isEmpty else { return "1 = 1" }
        // With a limit of its own PostgreSQL leaves the question where it stands, instead of making a join of it that
        // would read the whole list of a common word.
        if isRare { return "\(id) IN (SELECT f.subject_id FROM attachment_term f WHERE \(found))" }
        return "EXISTS (SELECT 1 FROM attachment_term f WHERE \(found) AND f.subject_id = \(id) LIMIT 1 OFFSET 0)"
    }

    /// Keys of so many records that have the words, those that were made last.
    func newest(_ most: Int) -> SQL {
        "SELECT DISTINCT f.subject_id FROM attachment_term f WHERE \(found) ORDER BY f.subject_id DESC LIMIT \(most)"
    }

    /// A condition on a row of `attachment` under an alias: it has every word.
    func isIn(_ alias: StaticString) -> SQL {
        let file = SQL(static: alias)
        return words.map { word -> SQL in
            """
            EXISTS (SELECT 1 FROM attachment_term f WHERE f.term = \(word) AND f.subject_kind = \(kind.rawValue) \
            AND f.subject_id = \(file).subject_id AND f.attachment_id = \(file).id)
            """
        }.joined(" AND ")
    }

    /// On `attachment_term f`: the first word, and the others in the same file.
    private var found: SQL {
        guard let first = words.first else { return "1 = 1" }
        let rest = words.dropFirst().enumerated().map { index, word -> SQL in
            let alias = AttachmentSearch.aliases[index % AttachmentSearch.aliases.count]
            return """
                 AND EXISTS (SELECT 1 FROM attachment_term \(alias) WHERE \(alias).term = \(word) \
                AND \(alias).subject_kind = \(kind.rawValue) AND \(alias).subject_id = f.subject_id \
                AND \(alias).attachment_id = f.attachment_id)
                """
        }
        return rest.reduce("f.term = \(first) AND f.subject_kind = \(kind.rawValue)" as SQL, +)
    }

    private static let aliases: [SQL] = ["f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8"]
}

extension AttachmentStore {
    /// Looks how common each word is and makes the condition.
    public func search(_ text: String, in kind: Subject.Kind) throws -> AttachmentSearch {
        var counted: [(word: String, count: Int)] = []
        for word in TextFold.words(text) where !counted.contains(where: { $0.word == word }) {
            let term = String(word.prefix(AttachmentTerms.length))
            let row = try tx.first(
                """
                SELECT COUNT(*) FROM (SELECT 1 FROM attachment_term t WHERE t.term = \(term)
                AND t.subject_kind = \(kind.rawValue) LIMIT \(AttachmentSearch.few + 1)) counted
                """)
            counted.append((term, try row?.int(0) ?? 0))
        }
        counted.sort { ($0.count, $0.word) < ($1.count, $1.word) }
        return AttachmentSearch(
            kind: kind, words: counted.map(\.word), isRare: (counted.first?.count ?? 0) <= AttachmentSearch.few,
            rarest: counted.first?.count ?? 0)
    }
}

/// The words by which a file is found: those of its folded text, each once.
enum AttachmentTerms {
    /// Of a word, in characters.
    static let length = 40
    /// Of a file. A thousand pages of Vietnamese have fewer different words.
    static let most = 5_000

    /// `pieces` end between words.
    static func of(_ pieces: [String]) -> [String] {
        var seen: Set<Substring> = []
        var terms: [String] = []
        for piece in pieces {
            for word in piece.split(separator: " ") where seen.insert(word).inserted {
                let term = String(word.prefix(length))
                terms.append(term)
                if terms.count == most { return terms.sorted() }
            }
        }
        return Array(Set(terms)).sorted()
    }
}
