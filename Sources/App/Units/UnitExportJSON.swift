/// Units as the command line prints them: the same members as in the API.
public enum UnitExportJSON {
    public static func row(_ row: UnitRow, on day: Day) -> String { UnitBody(row, on: day).json.text }

    public static func detail(_ detail: UnitDetail, on day: Day) -> String { UnitDetailBody(detail, on: day).json.text }
}

extension UnitExport {
    /// What a page may export: as the store sees it.
    init(store: UnitStore) { self.init(tx: store.tx, viewer: store.viewer) }
}
