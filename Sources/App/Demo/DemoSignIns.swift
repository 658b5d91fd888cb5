import Storage

/// Whom to sign in as, for the first page of a demonstration.
///
/// Kept in the transaction that loads the demonstration, and by nothing else: no other installation can come to have it,
/// so that none names anybody before they have signed in. Passwords are not in it.
struct DemoSignIns: Sendable, Equatable {
    let lines: [Line]

    struct Line: Sendable, Equatable {
        /// What the list of accounts calls it: `secretariat-province`.
        let role: String
        let name: String
        let signIn: String

        /// The role itself, without the place. A deputy has a leader's role and another word.
        var word: String {
            let first = role.prefix { $0 != "-" }
            return Role(rawValue: String(first)) == nil ? "demo.role.\(first)" : "role.\(first)"
        }
    }

    private static let key = "demonstration-accounts"

    /// One account a line: role and sign-in name. What its holder is called is asked anew each time.
    static func keep(_ accounts: [DemoAccount], _ tx: Transaction) throws {
        let text = accounts.map { "\($0.role) \($0.signIn)" }.joined(separator: "\n")
        try tx.run("INSERT INTO installation (key, value) VALUES (\(key), \(text))")
    }

    /// Nil unless the installation is a demonstration.
    static func find(_ tx: Transaction) throws -> DemoSignIns? {
        guard let row = try tx.first("SELECT value FROM installation WHERE key = \(key)") else { return nil }
        let accounts = try row.text(0).split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        let signIns = accounts.compactMap(\.last)
        let rows = try tx.all(
            """
            SELECT a.sign_in, p.name FROM account a JOIN person p ON p.id = a.person_id
            WHERE a.disabled <> 1 AND a.sign_in IN (\(list: signIns)) ORDER BY a.person_id
            """)
        var names: [String: String] = [:]
        for row in rows { names[try row.text(0)] = try row.text(1) }
        return DemoSignIns(
            lines: accounts.compactMap { account in
                guard let role = account.first, let signIn = account.last, let name = names[signIn] else { return nil }
                return Line(role: role, name: name, signIn: signIn)
            })
    }
}

extension Visit {
    /// Nil unless this is a demonstration.
    func demonstration() async throws -> DemoSignIns? { try await database.read { tx in try DemoSignIns.find(tx) } }
}
