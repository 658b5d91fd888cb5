/// Text in pieces, those marked that answer a word of the search whatever their accents.
struct SearchMark: Sendable {
    struct Piece: Sendable, Equatable {
        let text: String
        let isHit: Bool
    }

    private let words: Set<String>
    /// Of a snippet, in words.
    private static let length = 30
    /// So much of a passage is looked at, in characters.
    private static let depth = 2_000

    init(_ words: [String]) {
        self.words = Set(words.map { String($0.prefix(SearchWord.length)) })
    }

    /// The whole text.
    func pieces(_ text: String) -> [Piece] { joined(runs(text)) }

    /// Which words stand in a text.
    private func hits(_ runs: [Run]) -> Set<String> { Set(runs.filter(\.isHit).map(\.folded)) }

    /// What of the passages shows best where the words stand that are not in the title; empty when all of them are.
    func snippet(title: String, _ passages: [String]) -> [Piece] {
        let missing = words.subtracting(hits(runs(title)))
        guard !missing.isEmpty else { return [] }
        for passage in passages where !passage.isEmpty {
            let runs = runs(String(passage.prefix(SearchMark.depth)))
            guard let first = runs.firstIndex(where: { missing.contains($0.folded) }) else { continue }
            let from = max(0, first - 8), to = min(runs.count, from + SearchMark.length)
            let before = from > 0 ? [Piece(text: "… ", isHit: false)] : []
            let after = to < runs.count ? [Piece(text: "…", isHit: false)] : []
            return before + joined(Array(runs[from..<to])) + after
        }
        return []
    }

    /// A word with what stands before it.
    private struct Run {
        var gap = ""
        var text = ""
        var after = ""
        var folded = ""
        var isHit = false
    }

    private func runs(_ text: String) -> [Run] {
        var runs: [Run] = []
        var run = Run()
        for scalar in text.unicodeScalars {
            let place = TextFold.place(scalar)
            if place == .letter || place == .mark && !run.text.isEmpty {
                run.text.unicodeScalars.append(scalar)
            } else {
                if !run.text.isEmpty {
                    runs.append(run)
                    run = Run()
                }
                run.gap.unicodeScalars.append(scalar)
            }
        }
        if run.text.isEmpty {
            if !runs.isEmpty { runs[runs.count - 1].after = run.gap } else { runs.append(run) }
        } else {
            runs.append(run)
        }
        return runs.map(folded)
    }

    private func folded(_ run: Run) -> Run {
        var run = run
        run.folded = TextFold.fold(run.text)
        run.isHit = words.contains(run.folded) || words.contains(String(run.folded.drop { $0 == "0" }))
        return run
    }

    private func joined(_ runs: [Run]) -> [Piece] {
        var pieces: [Piece] = []
        func add(_ text: String, _ isHit: Bool) {
            guard !text.isEmpty else { return }
            if let last = pieces.last, last.isHit == isHit {
                pieces[pieces.count - 1] = Piece(text: last.text + text, isHit: isHit)
            } else {
                pieces.append(Piece(text: text, isHit: isHit))
            }
        }
        for run in runs {
            add(run.gap, false)
            add(run.text, run.isHit)
            add(run.after, false)
        }
        return pieces
    }
}

extension [SearchMark.Piece] {
    /// For a page.
    var html: HTML {
        map { piece -> HTML in piece.isHit ? "<mark>\(piece.text)</mark>" : "\(piece.text)" }.joined()
    }
}
