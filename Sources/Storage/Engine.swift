/// The database under a ``Database``.
public enum Engine: String, Sendable, CaseIterable {
    case sqlite, postgres
}
