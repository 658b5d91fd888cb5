import Storage

/// What an import needs to know of the registry, asked once inside its transaction.
struct UnitImportRegistry {
    private let tx: Transaction
    private let viewer: Viewer
    private let known: [UnitCode: UnitImportPlan.Known]

    init(_ file: UnitImportFile, _ options: UnitImportOptions, tx: Transaction, viewer: Viewer) throws {
        self.tx = tx
        self.viewer = viewer
        known = try UnitImportRegistry.codes(of: UnitImportRegistry.schemes(file, options), tx: tx)
    }

    subscript(code: UnitCode) -> UnitImportPlan.Known? { known[code] }

    var mayAddRoots: Bool { viewer.isSystem }

    func mayAdd(below unit: UnitImportPlan.Known) throws -> Bool {
        try viewer.isSystem || UnitRights(viewer).holds([.administrator], over: unit.id, in: tx)
    }

    /// The unit has the row's kind and name in its latest version.
    func isSame(_ unit: UnitImportPlan.Known, as row: UnitImportRow) throws -> Bool {
        let latest = try tx.first(
            "SELECT kind, name FROM unit_version WHERE unit_id = \(unit.id) ORDER BY from_day DESC, id DESC LIMIT 1")
        guard let latest else { return false }
        return try latest.text(0) == row.kind.rawValue && latest.text(1) == row.name
    }

    /// The codes that the cell `parent` may mean, best first: of the row's own list, of the lists that were named,
    /// and, written as `scheme:code`, of any list.
    static func candidates(_ parent: String, of row: UnitImportRow, _ options: UnitImportOptions) -> [UnitCode] {
        var codes = ([row.code.scheme] + options.parentSchemes).map { UnitCode($0, parent) }
        if let explicit = explicit(parent) { codes.append(explicit) }
        return codes
    }

    private static func explicit(_ parent: String) -> UnitCode? {
        let parts = parent.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2, UnitCode.isScheme(parts[0]) else { return nil }
        return UnitCode(parts[0], parts[1])
    }

    private static func schemes(_ file: UnitImportFile, _ options: UnitImportOptions) -> [String] {
        var schemes = Set(options.parentSchemes)
        for row in file.rows {
            schemes.insert(row.code.scheme)
            if let explicit = row.parent.flatMap(explicit) { schemes.insert(explicit.scheme) }
        }
        return schemes.sorted()
    }

    private static func codes(of schemes: [String], tx: Transaction) throws -> [UnitCode: UnitImportPlan.Known] {
        var known: [UnitCode: UnitImportPlan.Known] = [:]
        for start in stride(from: 0, to: schemes.count, by: 100) {
            let batch = Array(schemes[start..<min(start + 100, schemes.count)])
            try tx.each(
                """
                SELECT c.scheme, c.code, u.id, u.uid, u.from_day, u.to_day FROM unit_code c
                JOIN unit u ON u.id = c.unit_id WHERE c.scheme IN (\(list: batch))
                """
            ) { row in
                known[UnitCode(try row.text(0), try row.text(1))] = UnitImportPlan.Known(
                    id: try row.id(2), uid: try row.uid(3), from: try row.day(4), to: try row.day(5))
                return true
            }
        }
        return known
    }
}
