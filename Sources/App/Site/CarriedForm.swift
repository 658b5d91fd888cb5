import HTTPTypes
import Hummingbird

/// A form on its way round: it was sent when the session was over, the password was wanted again or its token was old,
/// and what was typed comes along until it can be sent once more.
///
/// Only a page of ours may send somebody's words round: a form of another site would be finished by the person who
/// signs in. Secrets are left out; they are typed again.
struct CarriedForm: Sendable, Equatable {
    /// Path and query that the form was sent to.
    let action: String
    /// In the order of their names.
    let fields: [Field]

    struct Field: Sendable, Equatable {
        let name: String
        let value: String
    }

    /// What the sign-in page may weigh with a form in it, in bytes.
    static let bodyLimit = Route.formLimit + 64 * 1024

    private static let prefix = "carried."
    private static let secrets: Set<String> = ["csrf", "password", "again"]

    /// Nil when the refused request was no form, carried nothing that was typed, or did not surely come from a page of ours.
    init?(refused visit: Visit) {
        guard visit.method == .post, Guards.isSameOrigin(visit), let form = try? visit.form() else { return nil }
        self.init(action: visit.target, typed: form.raw)
    }

    /// What a sign-in or confirmation form brought along.
    init?(broughtBy form: Fields) {
        let brought = form.raw.filter { $0.key.hasPrefix(CarriedForm.prefix) }
            .map { (String($0.key.dropFirst(CarriedForm.prefix.count)), $0.value) }
        self.init(action: form["carried"], typed: Dictionary(brought) { first, _ in first })
    }

    private init?(action: String, typed: [String: String]) {
        let kept = typed.filter { !CarriedForm.secrets.contains($0.key) }
        guard let path = ReturnPath.local(action), ReturnPath.afterSignIn(path) == path, !kept.isEmpty else {
            return nil
        }
        self.action = path
        fields = kept.map { Field(name: $0.key, value: $0.value) }.sorted { $0.name < $1.name }
    }

    /// The form inside another one.
    var hiddenWithin: HTML {
        let lines = fields.map { field -> HTML in
            "<input type=\"hidden\" name=\"\(CarriedForm.prefix + field.name)\" value=\"\(field.value)\">"
        }
        return "<input type=\"hidden\" name=\"carried\" value=\"\(action)\">\(lines)"
    }
}

/// The last step: what was typed is shown to be there and sent by its owner, with the token of `page`.
func carriedFormPage(_ page: PageContext, _ carried: CarriedForm) -> HTML {
    let hidden = carried.fields.map { field -> HTML in
        "<input type=\"hidden\" name=\"\(field.name)\" value=\"\(field.value)\">"
    }
    return plainPage(
        page, title: page.t("signin.carried.title"),
        body: """
            <p>\(page.t("signin.carried.text"))</p><form class="form" method="post" action="\(carried.action)">\
            \(Layout.csrf(page))\(hidden)<div class="actions">\
            <button class="main">\(page.t("signin.carried.send"))</button>\
            <a class="button" href="/">\(page.t("signin.carried.drop"))</a></div></form>
            """)
}
