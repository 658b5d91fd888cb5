import Foundation

/// How numbers are shown, by the index that cells carry (`xl/styles.xml`).
enum XLSXStyles {
    static func read(_ archive: ZipArchive) throws -> [XLSXNumber.Style] {
        guard let entry = archive.entry("xl/styles.xml") else { return [] }
        var own: [Int: XLSXNumber.Style] = [:]
        var styles: [XLSXNumber.Style] = []
        var isCell = false
        try XMLEvents.read(archive, entry, limit: 64 << 20) { event in
            switch event {
            case .start("numFmt", let attributes):
                if let id = attributes["numFmtId"].flatMap({ Int($0) }), let code = attributes["formatCode"] {
                    own[id] = style(ofCode: code)
                }
            case .start("cellXfs", _): isCell = true
            case .end("cellXfs"): isCell = false
            case .start("xf", let attributes) where isCell:
                let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
                styles.append(own[id] ?? builtIn(id))
            default: break
            }
            return styles.count < 100_000
        }
        return styles
    }

    /// The formats that every program knows by number (ECMA-376 part 1, §18.8.30).
    static func builtIn(_ id: Int) -> XLSXNumber.Style {
        switch id {
        case 14...17, 27...31, 34...36, 50...54, 57, 58: .day
        case 22: .moment
        case 18...21, 32, 33, 55, 56: .time
        default: .plain
        }
    }

    /// Reads a format such as `dd/mm/yyyy`, `0000` or `#,##0.00`. Of several sections the first counts.
    static func style(ofCode code: String) -> XLSXNumber.Style {
        // A span of hours, such as 30:15, is no time of day.
        if code.lowercased().contains(/\[(h+|m+|s+)\]/) { return .plain }
        let marks = bare(code)
        if !marks.isEmpty, marks.allSatisfy({ $0 == "0" }) { return .padded(marks.count) }
        let hasDay = marks.contains("d") || marks.contains("y")
        let hasTime = marks.contains("h") || marks.contains("s")
        // `m` is a minute only beside hours or seconds.
        let hasMonth = marks.contains("m") && !hasTime
        switch (hasDay || hasMonth, hasTime) {
        case (true, true): return .moment
        case (true, false): return .day
        case (false, true): return .time
        case (false, false): return .plain
        }
    }

    /// The first section without literal text, colours, languages and spans of hours.
    private static func bare(_ code: String) -> String {
        var marks = ""
        var isQuoted = false, isBracket = false, isEscaped = false
        for character in code.lowercased() {
            if isEscaped {
                isEscaped = false
            } else if isQuoted {
                isQuoted = character != "\""
            } else if isBracket {
                isBracket = character != "]"
            } else {
                switch character {
                case "\"": isQuoted = true
                case "[": isBracket = true
                case "\\", "_", "*": isEscaped = true
                case ";": return marks
                default: marks.append(character)
                }
            }
        }
        return marks.hasPrefix("general") ? "" : marks
    }
}
