import Storage

/// Which documents the texts of a page lead to: those whose number, and day and issuer where the text tells them, only one
/// document has that the viewer may know of. Of all others the text stays a text.
public struct CitedDocuments: Sendable, Equatable {
    static let none = CitedDocuments(uids: [:])
    /// More different references than these on one page stay texts.
    static let limit = 60
    /// A number that more documents have which the viewer knows leads nowhere, whoever issued it.
    static let same = 20

    private let uids: [Citation.Wanted: UID]

    private init(uids: [Citation.Wanted: UID]) { self.uids = uids }

    func uid(_ citation: Citation) -> UID? { uids[citation.wanted] }
}

extension CitedDocuments {
    /// One statement for all texts of a page, none when no text holds a number.
    init(_ texts: [String], _ tx: Transaction, _ viewer: Viewer) throws {
        let wanted = CitedDocuments.wanted(in: texts)
        self.init(uids: wanted.isEmpty ? [:] : try CitedDocuments.find(wanted, tx, viewer))
    }

    private static func find(
        _ wanted: [Citation.Wanted], _ tx: Transaction, _ viewer: Viewer
    ) throws -> [Citation.Wanted: UID] {
        let scope = DocumentScope(viewer)
        let branches = wanted.enumerated().map { branch($0, $1, scope) }
        var found: [Int: [(uid: UID, issuer: String)]] = [:]
        for row in try tx.all(branches.joined(" UNION ALL ")) {
            found[try row.int(0), default: []].append((try row.uid(1), TextFold.fold(try row.text(2))))
        }
        var uids: [Citation.Wanted: UID] = [:]
        for (index, wanted) in wanted.enumerated() {
            let all = found[index] ?? []
            let meant = all.filter { agrees(wanted.issuer, $0.issuer) }
            if all.count <= same, meant.count == 1 { uids[wanted] = meant[0].uid }
        }
        return uids
    }

    /// The first ones on the page, each once.
    private static func wanted(in texts: [String]) -> [Citation.Wanted] {
        var read: Set<String> = [], known: Set<Citation.Wanted> = [], wanted: [Citation.Wanted] = []
        for text in texts where read.insert(text).inserted {
            for citation in Citation.all(in: text) where known.insert(citation.wanted).inserted {
                wanted.append(citation.wanted)
            }
            if wanted.count >= CitedDocuments.limit { break }
        }
        return Array(wanted.prefix(CitedDocuments.limit))
    }

    /// Documents of one number, by the index on numbers.
    private static func branch(_ index: Int, _ wanted: Citation.Wanted, _ scope: DocumentScope) -> SQL {
        let day: SQL = wanted.day.map { " AND d.issued_on = \($0)" } ?? ""
        return """
            SELECT * FROM (SELECT CAST(\(index) AS BIGINT) AS place, d.uid, d.issuer_name FROM document d \
            WHERE d.sign_key = \(wanted.key)\(day) AND \(scope.condition()) LIMIT \(CitedDocuments.same + 1)) b
            """
    }

    /// `ubnd tỉnh` is said of the Committee of a province, `… tỉnh Gia Lai ban hành` of that of Gia Lai.
    private static func agrees(_ told: String, _ issuer: String) -> Bool {
        told.isEmpty || "\(issuer) ".hasPrefix("\(told) ") || "\(told) ".hasPrefix("\(issuer) ")
    }
}
