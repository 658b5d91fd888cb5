import Foundation

/// A form of a page, filled as the page shows it: what a browser sends when somebody presses its button unchanged.
struct SentForm {
    let fields: [(String, String)]

    subscript(name: String) -> String? { fields.first { $0.0 == name }?.1 }

    /// The form of `html` that is sent to `action`; nil when there is none.
    init?(in html: String, to action: String) {
        guard let start = html.firstRange(of: "action=\"\(action)\""),
            let end = html[start.upperBound...].firstRange(of: "</form>")
        else { return nil }
        let form = String(html[start.upperBound..<end.lowerBound])
        fields = SentForm.inputs(form) + SentForm.areas(form) + SentForm.choices(form)
    }

    private static func inputs(_ form: String) -> [(String, String)] {
        form.matches(of: /<input [^>]*>/).compactMap { match in
            let tag = String(match.output)
            guard let name = attribute("name", tag), attribute("type", tag) != "file" else { return nil }
            if attribute("type", tag) == "checkbox", !tag.contains(" checked") { return nil }
            return (name, attribute("value", tag) ?? "")
        }
    }

    private static func areas(_ form: String) -> [(String, String)] {
        form.matches(of: /<textarea ([^>]*)>\n?([^<]*)<\/textarea>/).compactMap { match in
            attribute("name", " \(match.output.1)").map { ($0, plain(String(match.output.2))) }
        }
    }

    private static func choices(_ form: String) -> [(String, String)] {
        form.matches(of: /<select([^>]*)>(.*?)<\/select>/).compactMap { match in
            guard let name = attribute("name", String(match.output.1)) else { return nil }
            let chosen = String(match.output.2).firstMatch(of: /<option value="([^"]*)" selected>/)
            return (name, chosen.map { plain(String($0.output.1)) } ?? "")
        }
    }

    private static func attribute(_ name: String, _ tag: String) -> String? {
        guard let start = tag.firstRange(of: " \(name)=\"") else { return nil }
        return plain(String(tag[start.upperBound...].prefix { $0 != "\"" }))
    }

    private static func plain(_ text: String) -> String {
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
            .reduce(text) { $0.replacing($1.0, with: $1.1) }
    }
}
