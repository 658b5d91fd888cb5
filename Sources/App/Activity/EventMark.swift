/// A record that a text names by its uid: `person:01890…`. What it is called is put in when the text is read.
struct EventMark: Hashable {
    let kind: Subject.Kind
    let uid: UID

    init(_ kind: Subject.Kind, _ uid: UID) {
        self.kind = kind
        self.uid = uid
    }

    var text: String { "\(kind.rawValue):\(uid.text)" }

    /// What texts may name.
    private static let kinds: [Subject.Kind] = [.person, .unit, .task]

    static func marks(in text: String) -> [EventMark] { pieces(of: text).compactMap(\.mark) }

    /// The text with a name in the place of each mark.
    static func filled(_ text: String, _ name: (EventMark) -> String) -> String {
        pieces(of: text).map { piece in piece.mark.map(name) ?? String(piece.text) }.joined()
    }

    /// The text in pieces: plain ones, and marks.
    private static func pieces(of text: String) -> [(text: Substring, mark: EventMark?)] {
        var pieces: [(Substring, EventMark?)] = []
        var rest = Substring(text)
        while let (kind, start) = firstMark(in: rest) {
            let after = rest[start.upperBound...].prefix(36)
            let mark = UID(parsing: after).map { EventMark(kind, $0) }
            pieces.append((rest[..<(mark == nil ? start.upperBound : start.lowerBound)], nil))
            if let mark { pieces.append((after, mark)) }
            rest = rest[(mark == nil ? start.upperBound : after.endIndex)...]
        }
        pieces.append((rest, nil))
        return pieces
    }

    /// Looks at colons only, byte by byte: most texts have none.
    private static func firstMark(in text: Substring) -> (Subject.Kind, Range<Substring.Index>)? {
        let bytes = text.utf8
        var from = bytes.startIndex
        while let colon = bytes[from...].firstIndex(of: UInt8(ascii: ":")) {
            let end = bytes.index(after: colon)
            for kind in kinds where bytes[..<colon].reversed().starts(with: kind.rawValue.utf8.reversed()) {
                return (kind, bytes.index(colon, offsetBy: -kind.rawValue.utf8.count)..<end)
            }
            from = end
        }
        return nil
    }
}
