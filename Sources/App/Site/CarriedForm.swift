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
    /// The fields of files with the names of these: files do not travel and are chosen again.
    let files: [Field]

    struct Field: Sendable, Equatable {
        let name: String
        let value: String
    }

    /// What the sign-in page may weigh with a form in it, in bytes.
    static let bodyLimit = Route.formLimit + 64 * 1024

    private static let prefix = "carried."
    private static let filePrefix = "carried-file."
    static let secrets: Set<String> = ["csrf", "password", "again"]

    /// Nil when the refused request was no form, carried nothing that was typed, or did not surely come from a page of ours.
    init?(refused visit: Visit) {
        guard visit.method == .post, Guards.isSameOrigin(visit), let form = try? visit.form() else { return nil }
        self.init(action: visit.target, typed: form.raw, files: visit.upload?.dropped ?? [:])
    }

    /// What a sign-in or confirmation form brought along.
    init?(broughtBy form: Fields) {
        func brought(_ prefix: String) -> [String: String] {
            let found = form.raw.filter { $0.key.hasPrefix(prefix) }
                .map { (String($0.key.dropFirst(prefix.count)), $0.value) }
            return Dictionary(found) { first, _ in first }
        }
        self.init(
            action: form["carried"], typed: brought(CarriedForm.prefix), files: brought(CarriedForm.filePrefix))
    }

    private init?(action: String, typed: [String: String], files: [String: String]) {
        let kept = typed.filter { !CarriedForm.secrets.contains($0.key) }
        guard let path = ReturnPath.local(action), ReturnPath.afterSignIn(path) == path,
            !kept.isEmpty || !files.isEmpty
        else { return nil }
        self.action = path
        fields = CarriedForm.sorted(kept)
        self.files = CarriedForm.sorted(files)
    }

    private static func sorted(_ values: [String: String]) -> [Field] {
        values.map { Field(name: $0.key, value: $0.value) }.sorted { $0.name < $1.name }
    }

    /// The form inside another one.
    var hiddenWithin: HTML {
        let lines = fields.map { field -> HTML in
            "<input type=\"hidden\" name=\"\(CarriedForm.prefix + field.name)\" value=\"\(field.value)\">"
        }
        let names = files.map { file -> HTML in
            "<input type=\"hidden\" name=\"\(CarriedForm.filePrefix + file.name)\" value=\"\(file.value)\">"
        }
        return "<input type=\"hidden\" name=\"carried\" value=\"\(action)\">\(lines)\(names)"
    }
}

/// The last step: what was typed is shown to be there and sent by its owner, with the token of `page`.
func carriedFormPage(_ page: PageContext, _ carried: CarriedForm) -> HTML {
    let hidden = carried.fields.map { field -> HTML in
        "<input type=\"hidden\" name=\"\(field.name)\" value=\"\(field.value)\">"
    }
    let encoding: HTML = carried.files.isEmpty ? "" : " enctype=\"multipart/form-data\""
    let lost: HTML = carried.files.isEmpty ? "" : "<p>\(page.t("signin.carried.files"))</p>"
    let chosen = carried.files.enumerated().map { number, file -> HTML in
        """
        <div class="field"><label for="file-\(number)">\(page.t("signin.carried.file", ["name": file.value]))</label>\
        <input type="file" id="file-\(number)" name="\(file.name)" required></div>
        """
    }
    return plainPage(
        page, title: page.t("signin.carried.title"),
        body: """
            <p>\(page.t("signin.carried.text"))</p>\(lost)\
            <form class="form" method="post" action="\(carried.action)"\(encoding)>\
            \(Layout.csrf(page))\(hidden)\(chosen)<div class="actions">\
            <button class="main">\(page.t("signin.carried.send"))</button>\
            <a class="button" href="/">\(page.t("signin.carried.drop"))</a></div></form>
            """)
}
