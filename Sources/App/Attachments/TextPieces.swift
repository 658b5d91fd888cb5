/// The folded text of one file as it is kept: in pieces that end between words, up to a cap.
struct TextPieces {
    /// Of one piece, in characters of folded text, which are bytes for everything Vietnamese.
    static let length = 8_000
    /// Of all pieces together: a thousand pages.
    static let most = 3_000_000

    private var pieces: [String] = []
    private var piece = ""
    private var size = 0
    /// Something was left out.
    private(set) var isCut = false

    /// Takes a stretch of text that ends between words. False when no more is wanted.
    mutating func add(_ text: some StringProtocol) -> Bool {
        guard !isCut else { return false }
        for word in TextFold.fold(String(text)).split(separator: " ") {
            // What is longer than any word is no word: pictures and keys that were written as text.
            guard word.utf8.count <= 100 else { continue }
            let length = word.utf8.count + 1
            if size + length > TextPieces.most {
                isCut = true
                return false
            }
            if piece.utf8.count + length > TextPieces.length { endPiece() }
            if !piece.isEmpty { piece += " " }
            piece += word
            size += length
        }
        return true
    }

    /// All pieces; none when there was no word.
    mutating func finish() -> [String] {
        endPiece()
        return pieces
    }

    mutating func cut() { isCut = true }

    private mutating func endPiece() {
        if !piece.isEmpty { pieces.append(piece) }
        piece = ""
    }
}
