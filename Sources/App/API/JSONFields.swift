import Foundation
import NIOCore

/// The members of a JSON object in a request: each read once by name, so that what nobody reads is an error too.
///
/// The texts go through the same checks as a form's fields.
public struct JSONFields: Sendable {
    public var fields: Fields
    private let members: Set<String>

    /// Accepts an object whose members are texts, whole numbers, booleans or null.
    init(parsing buffer: ByteBuffer) throws(AppError) {
        guard String(validating: buffer.readableBytesView, as: UTF8.self) != nil else {
            throw .malformed(Message("error.body_not_utf8"))
        }
        guard let raw = try? JSONDecoder().decode([String: Member].self, from: Data(buffer.readableBytesView)) else {
            throw .malformed(Message("error.body_not_json"))
        }
        var texts: [String: String] = [:]
        var problems: [Problem] = []
        for (name, member) in raw {
            switch member {
            case .text(let text) where text.utf8.contains(0): problems.append(Problem(name, "field.unreadable"))
            case .text(let text): texts[name] = text
            case .null: break
            case .other: problems.append(Problem(name, "field.type"))
            }
        }
        fields = Fields(raw: texts)
        for problem in problems { fields.problems.add(problem) }
        members = Set(raw.keys)
        guard JSONFields.isStrict(buffer), !JSONFields.hasLoneSurrogate(raw, buffer) else {
            throw .malformed(Message("error.body_not_json"))
        }
        if let doubled = JSONFields.doubledMember(buffer, members: raw.count) {
            fields.problems.add(doubled, "field.doubled")
        }
    }

    /// Adds a problem for each member that is none of `names`.
    public mutating func allow(_ names: Set<String>) {
        for name in members.subtracting(names).sorted() { fields.problems.add(name, "field.unknown_name") }
    }

    private enum Member: Decodable {
        case text(String)
        case null
        case other

        init(from decoder: any Decoder) throws {
            let box = try decoder.singleValueContainer()
            if box.decodeNil() {
                self = .null
            } else if let text = try? box.decode(String.self) {
                self = .text(text)
            } else if let flag = try? box.decode(Bool.self) {
                self = .text(flag ? "true" : "false")
            } else if let number = try? box.decode(Int64.self) {
                self = .text(String(number))
            } else {
                self = .other
            }
        }
    }

    /// JSONDecoder forgives a comma before a closing bracket; RFC 8259 does not.
    private static func isStrict(_ buffer: ByteBuffer) -> Bool {
        var isInText = false, isEscaped = false
        var last: UInt8 = 0
        for byte in buffer.readableBytesView {
            if isInText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInText = false
                }
                continue
            }
            if byte == UInt8(ascii: "\"") { isInText = true }
            if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]"), last == UInt8(ascii: ",") { return false }
            if ![0x20, 0x09, 0x0A, 0x0D].contains(byte) { last = byte }
        }
        return true
    }

    /// Half of a surrogate pair comes out of the decoder as U+FFFD, which the body itself does not hold.
    private static func hasLoneSurrogate(_ raw: [String: Member], _ buffer: ByteBuffer) -> Bool {
        let isReplaced = raw.contains { name, member in
            if case .text(let text) = member { return text.unicodeScalars.contains("\u{FFFD}") }
            return name.unicodeScalars.contains("\u{FFFD}")
        }
        let body = String(buffer: buffer)
        return isReplaced && !body.unicodeScalars.contains("\u{FFFD}") && !body.lowercased().contains("\\ufffd")
    }

    /// JSONDecoder keeps one of two members of the same name; a doubled field must be told. Walks the top level only.
    private static func doubledMember(_ buffer: ByteBuffer, members: Int) -> String? {
        var seen: Set<String> = []
        var depth = 0
        var text: [UInt8]?
        var isEscaped = false
        var last: [UInt8] = []
        for byte in buffer.readableBytesView {
            if text != nil {
                if isEscaped {
                    isEscaped = false
                    text?.append(byte)
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                    text?.append(byte)
                } else if byte == UInt8(ascii: "\"") {
                    last = text ?? []
                    text = nil
                } else {
                    text?.append(byte)
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): text = []
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ":") where depth == 1:
                let name = String(decoding: last, as: UTF8.self)
                if !seen.insert(name).inserted { return name }
            default: break
            }
        }
        return nil
    }
}
