/// The part of Markdown in which the guide is written, as HTML: headings, paragraphs, lists, tables, code and pictures.
///
/// Everything else stands on the page as it was typed, escaped: a slip of the pen is seen, and never run.
struct GuideText: Sendable {
    /// Where a link leads; nil when it leads nowhere here, so that its words alone are shown.
    let link: @Sendable (String) -> String?
    /// Where a picture lies; nil when it is not there.
    let picture: @Sendable (String) -> String?

    /// The heading at the top, and what follows it.
    func page(_ text: String) -> (title: String, body: HTML) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.first, first.hasPrefix("# ") else { return ("", blocks(lines[...])) }
        return (String(first.dropFirst(2)), blocks(lines.dropFirst()))
    }

    /// The address of a heading within its page, as the sites that show the sources make it.
    static func anchor(_ heading: some StringProtocol) -> String {
        String(
            heading.lowercased().compactMap { letter -> Character? in
                if letter == " " { return "-" }
                return letter.isLetter || letter.isNumber || letter == "-" || letter == "_" ? letter : nil
            })
    }

    private func blocks(_ lines: ArraySlice<Substring>) -> HTML {
        var (rest, made) = (lines, HTML.empty)
        while let line = rest.first { made += line.isEmpty ? skip(&rest) : block(line, &rest) }
        return made
    }

    private func skip(_ rest: inout ArraySlice<Substring>) -> HTML {
        rest = rest.dropFirst()
        return .empty
    }

    private func block(_ line: Substring, _ rest: inout ArraySlice<Substring>) -> HTML {
        switch Kind(line) {
        case .heading: return heading(line, &rest)
        case .code: return code(&rest)
        case .table: return table(take(&rest) { Kind($0) == .table })
        case .picture:
            rest = rest.dropFirst()
            return image(line)
        case .bullets, .steps: return list(Kind(line), &rest)
        case .words:
            let lines = take(&rest) { !$0.isEmpty && Kind($0) == .words }
            return "<p>\(words(lines.joined(separator: " ")))</p>"
        }
    }

    /// What begins with a line.
    private enum Kind {
        case heading, code, table, picture, bullets, steps, words

        init(_ line: Substring) {
            if line.hasPrefix("## ") || line.hasPrefix("### ") {
                self = .heading
            } else if line.hasPrefix("```") {
                self = .code
            } else if line.hasPrefix("|") {
                self = .table
            } else if line.hasPrefix("![") {
                self = .picture
            } else if line.hasPrefix("- ") {
                self = .bullets
            } else {
                let digits = line.prefix { ("0"..."9").contains($0) }
                self = !digits.isEmpty && line.dropFirst(digits.count).hasPrefix(". ") ? .steps : .words
            }
        }
    }

    private func take(_ rest: inout ArraySlice<Substring>, while holds: (Substring) -> Bool) -> [Substring] {
        let taken = rest.prefix(while: holds)
        rest = rest.dropFirst(taken.count)
        return Array(taken)
    }

    private func heading(_ line: Substring, _ rest: inout ArraySlice<Substring>) -> HTML {
        rest = rest.dropFirst()
        let isMain = line.hasPrefix("## "), text = line.dropFirst(isMain ? 3 : 4)
        let (id, said) = (GuideText.anchor(text), words(text))
        return isMain ? "<h2 id=\"\(id)\">\(said)</h2>" as HTML : "<h3 id=\"\(id)\">\(said)</h3>" as HTML
    }

    private func code(_ rest: inout ArraySlice<Substring>) -> HTML {
        rest = rest.dropFirst()
        let lines = take(&rest) { !$0.hasPrefix("```") }
        rest = rest.dropFirst()
        return "<pre><code>\(lines.joined(separator: "\n"))</code></pre>"
    }

    private func image(_ line: Substring) -> HTML {
        guard let (said, target, _) = GuideText.reference(line.dropFirst(2)), let source = picture(target) else {
            return .empty
        }
        return "<p><img src=\"\(source)\" alt=\"\(String(said))\" loading=\"lazy\"></p>"
    }

    // MARK: - Lists and tables

    private func list(_ kind: Kind, _ rest: inout ArraySlice<Substring>) -> HTML {
        var items = HTML.empty
        while let line = rest.first, Kind(line) == kind {
            let lines = item(line, &rest)
            let isPlain = lines.allSatisfy { !$0.isEmpty && Kind($0) == .words }
            items += "<li>\(isPlain ? words(lines.joined(separator: " ")) : blocks(lines[...]))</li>"
            if rest.first?.isEmpty == true, rest.dropFirst().first.map({ Kind($0) }) == kind { rest = rest.dropFirst() }
        }
        return kind == .steps ? "<ol>\(items)</ol>" as HTML : "<ul>\(items)</ul>" as HTML
    }

    /// The lines of an item without its mark and its margin; a line may be left empty before one that belongs to it.
    private func item(_ line: Substring, _ rest: inout ArraySlice<Substring>) -> [Substring] {
        var lines = [line.drop { $0 != " " }.dropFirst()]
        rest = rest.dropFirst()
        while let next = rest.first {
            let goesOn = next.isEmpty && rest.dropFirst().first?.hasPrefix("  ") == true
            guard goesOn || next.hasPrefix("  ") else { break }
            lines.append(next.drop { $0 == " " })
            rest = rest.dropFirst()
        }
        return lines
    }

    /// The first cell of a row names it. On a phone, where rows stand below each other, each cell says of which column.
    private func table(_ lines: [Substring]) -> HTML {
        let rows = lines.filter { line in !line.allSatisfy { "|-: ".contains($0) } || line.contains("| |") }
        let names = rows.first.map(GuideText.cells) ?? []
        let isNamed = names.contains { !$0.isEmpty }
        let head = names.map { name -> HTML in "<th scope=\"col\">\(words(name))</th>" }
        let body = rows.dropFirst().map { row -> HTML in
            let cells = GuideText.cells(row).enumerated().map { index, cell -> HTML in
                if index == 0 { return "<th scope=\"row\">\(words(cell))</th>" }
                let name = (names.dropFirst(index).first ?? "").filter { !"*`".contains($0) }
                let label: HTML = name.isEmpty ? "" : " data-label=\"\(name)\""
                return "<td\(label)>\(words(cell))</td>"
            }
            return "<tr>\(cells)</tr>"
        }
        let top: HTML = isNamed ? "<thead><tr>\(head)</tr></thead>" : ""
        return "<table class=\"data\">\(top)<tbody>\(body)</tbody></table>"
    }

    private static func cells(_ line: Substring) -> [String] {
        let inner = line.dropFirst()
        let whole = inner.hasSuffix("|") ? inner.dropLast() : inner
        return whole.split(separator: "|", omittingEmptySubsequences: false).map { cell in
            cell.split(separator: " ").joined(separator: " ")
        }
    }
}
