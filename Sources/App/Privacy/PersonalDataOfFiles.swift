import Storage

extension PersonalData {
    /// Files that the person added to records: that they did, not what is in them.
    static let attachments = PersonalData(
        "attachments", [("attachment", ["added_by", "added_at"])],
        count: { tx, person in
            try tx.first("SELECT COUNT(*) FROM attachment WHERE added_by = \(person)")?.int(0) ?? 0
        },
        records: { tx, person in
            try tx.all("SELECT uid, added_at FROM attachment WHERE added_by = \(person) ORDER BY id").map {
                .object([("uid", .text(try $0.text(0))), ("added", .text(try $0.instant(1).text))])
            }
        })
}
