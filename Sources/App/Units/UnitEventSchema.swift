import Storage

extension Migration {
    /// Says at once which event of a unit is the newest: whoever keeps something made from units asks for it.
    static let indexUnitEvents = Migration(
        "2026-11-30 unit event",
        ["CREATE INDEX event_of_units ON event(id) WHERE subject_kind IN ('unit', 'installation')"])
}
