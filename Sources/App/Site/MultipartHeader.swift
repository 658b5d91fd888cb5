import Foundation

/// The heads of a multipart form: the boundary in the content type of the whole, the name in the head of each part.
enum MultipartHeader {
    /// Of `multipart/form-data; boundary=…`, bare or quoted; nil when it is another type or no boundary (RFC 2046 §5.1.1).
    static func boundary(_ contentType: String) -> [UInt8]? {
        let (value, parameters) = parameterized(contentType)
        guard value.lowercased() == "multipart/form-data", let boundary = parameters["boundary"] else { return nil }
        let bytes = Array(boundary.utf8)
        let marks = Array("'()+_,-./:=? ".utf8)
        let isPlain = bytes.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || marks.contains(byte)
        }
        guard (1...70).contains(bytes.count), isPlain, bytes.last != UInt8(ascii: " ") else { return nil }
        return bytes
    }

    /// Reads the lines between a boundary and the blank line.
    static func part(_ head: ArraySlice<UInt8>) throws(MultipartReader.Failure) -> MultipartReader.Part {
        guard let text = String(validating: head, as: UTF8.self), !text.utf8.contains(0) else { throw .badHead }
        var disposition: String?
        var mediaType: String?
        // A line break that is no CRLF stays inside its line, and is refused there.
        for line in text.components(separatedBy: "\r\n") where !line.isEmpty {
            guard let colon = line.firstIndex(of: ":"), !line.contains(where: \.isNewline), !line.hasPrefix(" "),
                !line.hasPrefix("\t")
            else { throw .badHead }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            switch line[..<colon].lowercased() {
            case "content-disposition":
                guard disposition == nil else { throw .badHead }
                disposition = value
            case "content-type": mediaType = value
            case "content-transfer-encoding":
                guard ["binary", "8bit", "7bit"].contains(value.lowercased()) else { throw .badHead }
            default: break
            }
        }
        guard let disposition else { throw .badHead }
        return try part(disposition, mediaType)
    }

    private static func part(
        _ disposition: String, _ mediaType: String?
    ) throws(MultipartReader.Failure) -> MultipartReader.Part {
        let (value, parameters) = parameterized(disposition)
        guard value.lowercased() == "form-data", let name = parameters["name"].map(unescaped), !name.isEmpty,
            name.utf8.count <= 200
        else { throw .badHead }
        var fileName = parameters["filename"].map(unescaped)
        // RFC 7578 §4.2 forbids it, and programs send it all the same: it says a name beyond ASCII without doubt.
        if let extended = parameters["filename*"] {
            guard let read = self.extended(extended) else { throw .badHead }
            fileName = read
        }
        return MultipartReader.Part(name: name, fileName: fileName, mediaType: mediaType)
    }

    /// `value; name=token; name="quoted"`. Of a parameter that is given twice, or badly, there is none.
    static func parameterized(_ text: String) -> (value: String, parameters: [String: String]) {
        var rest = Substring(text)
        let value = String(rest.prefix { $0 != ";" }).trimmingCharacters(in: .whitespaces)
        rest = rest.drop { $0 != ";" }
        var parameters: [String: String] = [:]
        var doubled: Set<String> = []
        while rest.first == ";" {
            rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
            let name = rest.prefix { $0 != "=" && $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
            rest = rest.drop { $0 != "=" && $0 != ";" }
            guard rest.first == "=" else { continue }
            rest = rest.dropFirst()
            guard let parameter = rest.first == "\"" ? quoted(&rest) : token(&rest) else { return (value, [:]) }
            if parameters.updateValue(parameter, forKey: name) != nil { doubled.insert(name) }
            rest = rest.drop { $0 == " " || $0 == "\t" }
        }
        for name in doubled { parameters[name] = nil }
        return (value, parameters)
    }

    private static func token(_ rest: inout Substring) -> String? {
        let token = rest.prefix { $0 != ";" }
        rest = rest.dropFirst(token.count)
        return token.trimmingCharacters(in: .whitespaces)
    }

    /// Up to the next quotation mark that no backslash precedes. A backslash before anything else is itself: browsers
    /// do not double the ones in a path. Nil when it is never closed.
    private static func quoted(_ rest: inout Substring) -> String? {
        var text = ""
        rest = rest.dropFirst()
        while let character = rest.popFirst() {
            if character == "\"" { return text }
            if character == "\\", let next = rest.first, next == "\"" || next == "\\" {
                text.append(next)
                rest = rest.dropFirst()
            } else {
                text.append(character)
            }
        }
        return nil
    }

    /// Browsers write a quotation mark and line breaks as `%22`, `%0D`, `%0A`, and nothing else so.
    private static func unescaped(_ text: String) -> String {
        text.replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing("%0A", with: "\n")
    }

    /// `UTF-8''B%C3%A1o%20c%C3%A1o.pdf` (RFC 5987).
    private static func extended(_ text: String) -> String? {
        let pieces = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard pieces.count == 3, pieces[0].lowercased() == "utf-8" else { return nil }
        return PercentDecoding.segment(pieces[2].utf8)
    }
}
