/// A text in which each number and sign leads to its document, where it is known which is meant.
func cited(_ text: String, _ known: CitedDocuments) -> HTML {
    if known == .none { return quotesMarked(text) }
    var html = HTML.empty, end = text.startIndex
    for citation in Citation.all(in: text) {
        guard let uid = known.uid(citation) else { continue }
        html += quotesMarked(String(text[end..<citation.range.lowerBound]))
        html += "<a href=\"/documents/\(uid)\">\(String(text[citation.range]))</a>"
        end = citation.range.upperBound
    }
    return html + quotesMarked(String(text[end...]))
}

/// A sentence of the catalogue with such a text in one of its gaps.
func cited(
    _ text: String, _ known: CitedDocuments, as gap: String, of key: String, _ words: [String: String],
    _ page: PageContext
) -> HTML {
    // A character that no text holds stands where the sentence is parted.
    let mark: Character = "\u{FFFC}"
    let sentence = page.t(key, words.merging([gap: String(mark)]) { $1 })
    let parts = sentence.split(separator: mark, maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { return "\(page.t(key, words.merging([gap: text]) { $1 }))" }
    return "\(parts[0])\(cited(text, known))\(parts[1])"
}
