/// Events as the command line prints them.
public enum EventText {
    /// When, what, by whom, and each field with its values on both sides.
    public static func line(_ event: EventRow) -> String {
        let changes = event.changes.map { "\($0.field): \(sides($0))" }
        let cells = [event.at.text, event.verb?.rawValue ?? "", event.isErased ? "-" : event.actor]
        return (cells + changes).map(oneLine).joined(separator: "\t")
    }

    /// With the members of the API.
    public static func json(_ event: EventRow) -> String { EventBody(event).json.text }

    private static func sides(_ change: EventRow.Change) -> String {
        switch (change.before, change.after) {
        case (let before?, let after?): "\(before) → \(after)"
        case (let before?, nil): "\(before) →"
        default: change.after ?? ""
        }
    }

    /// A text of several lines does not break the table.
    private static func oneLine(_ text: String) -> String {
        text.split { $0.isNewline || $0 == "\t" }.joined(separator: " ")
    }
}
