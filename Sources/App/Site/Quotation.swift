/// Words as somebody else wrote them. In which language that was is said, where it is not the reader's.
func quoted(_ words: String, from source: String, _ page: PageContext) -> HTML {
    guard let language = QuotedLanguage(of: words, from: source) else { return "<q>\(words)</q>" }
    return """
        <q lang="\(language.rawValue)" dir="auto">\(words)</q> \
        <small>(\(page.t("site.quote.\(language.rawValue)")))</small>
        """
}

/// A line of text in which what stands in “quotation marks” in another language is marked as being in it, for those who
/// hear the page and for the line's direction.
func quotesMarked(_ line: String) -> HTML {
    guard line.contains("“") else { return "\(line)" }
    var html = HTML.empty, rest = Substring(line)
    while let start = rest.firstIndex(of: "“"), let end = closing(rest[start...]) {
        let words = rest[start...end]
        html += "\(String(rest[..<start]))"
        if let language = QuotedLanguage(of: String(words), from: line) {
            html += "<span lang=\"\(language.rawValue)\" dir=\"auto\">\(String(words))</span>"
        } else {
            html += "\(String(words))"
        }
        rest = rest[rest.index(after: end)...]
    }
    return html + "\(String(rest))"
}

/// Where the mark that opens the text is closed: what is quoted may hold a quotation, “like „this””.
private func closing(_ text: Substring) -> Substring.Index? {
    var depth = 0
    for index in text.indices {
        if text[index] == "“" || text[index] == "„" { depth += 1 }
        if text[index] == "”" { depth -= 1 }
        if depth == 0 { return index }
    }
    return nil
}
