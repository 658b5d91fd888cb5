import Crypto
import Foundation
import Storage

@testable public import App

/// Makes the documents of the world. Each unit in which somebody works has issued two, one of which implements the
/// other, and drafts a third, on which the country's administrator has given an opinion. All are internal; the plan names
/// whoever works in the unit, who knows of it anyway.
struct WorldDocuments {
    let tx: Transaction
    let now: Instant
    let today: Day
    var records: WorldRecords

    /// How each unit abbreviates itself.
    private static let signs: [Place: String] = [
        .science: "SKHCN", .steering: "BCĐTW", .otherCommittee: "UBND", .wardCommittee: "UBND",
        .communeCommittee: "UBND",
    ]

    private var store: DocumentStore { DocumentStore(tx: tx, viewer: .system("world"), today: today) }

    mutating func make() throws -> WorldRecords {
        for (place, sign) in WorldDocuments.signs.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            records.documents[place] = try documents(of: place, sign)
        }
        return records
    }

    private func documents(of place: Place, _ sign: String) throws -> DocumentSet {
        let isParty = place == .steering
        let basis = try register(place, isParty ? "01-QĐ/\(sign)" : "01/QĐ-\(sign)", .decision, "2025-12-01")
        let issued = try register(place, isParty ? "05-KH/\(sign)" : "05/KH-\(sign)", .plan, "2026-01-05")
        try store.link(issued, .implements, to: basis.uid, source: "", quote: "", at: now)
        try store.write(
            issued.uid, [DocumentParagraph(label: "III.2", text: "Nhiệm vụ của \(place.rawValue)")], seen: nil, at: now)
        // To its own unit, so that nobody else learns of it.
        try store.insertRecipients(of: issued.document.id, [try records.unit(place).id.value])
        if let office = records.staff[place]?.office {
            _ = try store.name(reader: office, of: issued.uid, seen: nil, at: now)
        }
        var draft = try draft(place, .plan, "Dự thảo kế hoạch \(place.rawValue)")
        (draft.numbering, draft.issuerSign, draft.term) = (isParty ? .party : .state, sign, isParty ? 14 : nil)
        let drafted = try store.create(draft, at: now)
        let opinion = try opinion(on: drafted)
        let file = try attach(to: issued)
        try tx.run("UPDATE document SET version = 1")
        // A world begins without anything that waits.
        try tx.run("UPDATE attachment SET text_state = 'none'")
        return DocumentSet(basis: basis.uid, issued: issued.uid, draft: drafted.uid, opinion: opinion, file: file)
    }

    private func register(_ place: Place, _ sign: String, _ type: DocumentType, _ day: String) throws -> DocumentRow {
        guard let day = Day(parsing: day) else { throw AppError.notFound }
        var paper = DocumentRegistration(
            draft: try draft(place, type, "Văn bản \(sign) của \(place.rawValue)"), sign: sign, issuedOn: day)
        paper.draft.term = 14
        return try store.register(paper, at: now)
    }

    private func draft(_ place: Place, _ type: DocumentType, _ title: String) throws -> DocumentDraft {
        DocumentDraft(type: type, issuer: try records.unit(place).uid, title: title)
    }

    private func attach(to row: DocumentRow) throws -> UID {
        let file = KeptFile(
            name: "toan-van.txt", kind: .txt, size: DocumentSet.fileText.utf8.count, sha256: DocumentSet.fileHash)
        guard let attached = try store.attach([file], to: row.uid, at: now).first else { throw AppError.notFound }
        return attached.uid
    }

    private func opinion(on draft: DocumentRow) throws -> UID {
        let root = try records.person(.root)
        guard let office = root.office else { throw AppError.notFound }
        let asked = try store.ask(draft.uid, office: office, dueOn: nil, at: now)
        let viewer = try ViewerStore(tx: tx).viewer(person: root.id, office: nil, delegation: nil, today: today)
        try DocumentStore(tx: tx, viewer: viewer, today: today)
            .give("Đề nghị nêu rõ thời hạn.", asked.uid, on: draft.uid, at: now)
        return asked.uid
    }
}

/// The documents of a unit of the world.
public struct DocumentSet: Sendable {
    /// Issued on 1 December 2025.
    public let basis: UID
    /// Issued on 5 January 2026; implements the basis, has the paragraph `III.2`, is addressed to its own unit.
    public let issued: UID
    public let draft: UID
    /// Of the country's administrator on the draft: given, not answered.
    public let opinion: UID
    /// Of the issued document, with ``fileText`` in it.
    public let file: UID

    public static let fileText = "Toàn văn kế hoạch"
    static let fileHash = HexText.of(SHA256.hash(data: Array(fileText.utf8)))

    /// Puts the bytes of the file where a world keeps them.
    static func layFile(in store: FileStore) throws {
        let place = store.url(fileHash)
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(fileText.utf8).write(to: place)
    }
}
