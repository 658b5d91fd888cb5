/// What stands within a line of the guide: emphasis, code and links.
extension GuideText {
    func words(_ text: some StringProtocol) -> HTML {
        var (rest, plain, made) = (Substring(text), "", HTML.empty)
        while let letter = rest.first {
            if let (piece, after) = marked(rest) {
                made += "\(plain)\(piece)"
                (plain, rest) = ("", after)
            } else {
                plain.append(letter)
                rest = rest.dropFirst()
            }
        }
        return "\(made)\(plain)"
    }

    /// What is said in a link or of a picture, what it names, and what follows it. `text` begins within the brackets.
    static func reference(_ text: Substring) -> (said: Substring, target: String, after: Substring)? {
        guard let turn = text.firstRange(of: "]("), let end = text[turn.upperBound...].firstIndex(of: ")") else {
            return nil
        }
        let said = text[..<turn.lowerBound]
        guard !said.contains("[") else { return nil }
        return (said, String(text[turn.upperBound..<end]), text[end...].dropFirst())
    }

    /// A marked piece at the beginning of a text, and what follows it.
    private func marked(_ text: Substring) -> (HTML, Substring)? {
        switch text.first {
        case "`": inside(text, "`").map { ("<code>\(String($0.inner))</code>", $0.after) }
        case "*" where text.hasPrefix("**"):
            inside(text, "**").map { ("<strong>\(words($0.inner))</strong>", $0.after) }
        case "*": inside(text, "*").map { ("<em>\(words($0.inner))</em>", $0.after) }
        case "[": linked(text.dropFirst())
        default: nil
        }
    }

    private func inside(_ text: Substring, _ mark: String) -> (inner: Substring, after: Substring)? {
        let body = text.dropFirst(mark.count)
        guard let end = body.firstRange(of: mark), end.lowerBound > body.startIndex else { return nil }
        return (body[..<end.lowerBound], body[end.upperBound...])
    }

    private func linked(_ text: Substring) -> (HTML, Substring)? {
        guard let (said, target, after) = GuideText.reference(text) else { return nil }
        let inner = words(said)
        return (link(target).map { href -> HTML in "<a href=\"\(href)\">\(inner)</a>" } ?? inner, after)
    }
}
