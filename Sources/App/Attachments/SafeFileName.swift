import Foundation

/// The name of a file as it was given, made safe to show, to send and to save anywhere.
enum SafeFileName {
    /// In bytes, with the ending: what every file system takes.
    static let length = 200

    /// Only the last part of a path; without control characters and such as turn the direction of writing; nothing
    /// that Windows refuses; never empty; with `ending` when it has none of its own.
    static func of(_ given: String, ending: String) -> String {
        let last = given.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        var clean = ""
        for scalar in last.precomposedStringWithCanonicalMapping.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: continue
            default: clean.unicodeScalars.append("<>:\"|?*".unicodeScalars.contains(scalar) ? "_" : scalar)
            }
        }
        clean = clean.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let (first, own) = parts(clean)
        var stem = first.trimmingCharacters(in: CharacterSet(charactersIn: ". "))
        if isReserved(stem) { stem = "_" + stem }
        if stem.isEmpty { stem = "file" }
        let dotted = own.isEmpty ? (ending.isEmpty ? "" : "." + ending) : "." + own
        return shortened(stem, to: length - dotted.utf8.count) + dotted
    }

    /// The ending as given, lower case, without its dot; empty when there is none.
    static func ending(of given: String) -> String { parts(given).ending.lowercased() }

    /// An ending is short and made of letters and digits; anything else behind a dot belongs to the name.
    private static func parts(_ name: String) -> (stem: String, ending: String) {
        guard let dot = name.lastIndex(of: ".") else { return (name, "") }
        let ending = name[name.index(after: dot)...]
        let isOne = (1...8).contains(ending.count) && ending.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        return isOne ? (String(name[..<dot]), String(ending)) : (name, "")
    }

    /// What Windows takes for a device, whatever stands behind the first dot.
    private static func isReserved(_ stem: String) -> Bool {
        let word = stem.prefix { $0 != "." }.uppercased().trimmingCharacters(in: .whitespaces)
        if ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(word) { return true }
        return word.count == 4 && (word.hasPrefix("COM") || word.hasPrefix("LPT")) && word.last?.isNumber == true
    }

    /// Whole characters, at most so many bytes.
    private static func shortened(_ text: String, to bytes: Int) -> String {
        var short = text
        while short.utf8.count > max(1, bytes) { short.removeLast() }
        return short
    }
}
