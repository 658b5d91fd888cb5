import Foundation
import NIOCore

/// The members of a JSON object in a request: each read once by name, so that what nobody reads is an error too.
///
/// The texts go through the same checks as a form's fields.
public struct JSONFields: Sendable {
    public var fields: Fields
    /// The names that the object has, those of null too.
    let members: Set<String>

    /// Most items of a list in a body.
    static let longestList = 1_000

    /// Accepts an object whose members are texts, whole numbers, booleans or null, and for the names in `lists` a list
    /// of these, or of objects with the members named there. An item is read as the field `name.0` or `name.0.member`.
    ///
    /// `passedOver`: members that are not looked at, whatever they hold.
    init(
        parsing buffer: ByteBuffer, lists: [String: Set<String>] = [:], passedOver: Set<String> = []
    ) throws(AppError) {
        guard String(validating: buffer.readableBytesView, as: UTF8.self) != nil else {
            throw .malformed(Message("error.body_not_utf8"))
        }
        guard let raw = try? JSONDecoder().decode([String: Member].self, from: Data(buffer.readableBytesView)) else {
            throw .malformed(Message("error.body_not_json"))
        }
        var texts: [String: String] = [:]
        var problems: [Problem] = []
        for (name, member) in raw where !passedOver.contains(name) {
            switch member {
            case .text(let text) where text.utf8.contains(0): problems.append(Problem(name, "field.unreadable"))
            case .text(let text): texts[name] = text
            case .null: break
            case .list(let items):
                guard let known = lists[name] else {
                    problems.append(Problem(name, "field.type"))
                    continue
                }
                JSONFields.flatten(items, name, known, &texts, &problems)
            case .other: problems.append(Problem(name, "field.type"))
            }
        }
        fields = Fields(raw: texts)
        for problem in problems { fields.problems.add(problem) }
        members = Set(raw.keys).subtracting(passedOver)
        guard JSONFields.isStrict(buffer), !JSONFields.hasLoneSurrogate(raw, buffer) else {
            throw .malformed(Message("error.body_not_json"))
        }
        if let doubled = JSONFields.doubledMember(buffer) { fields.problems.add(doubled, "field.doubled") }
    }

    private static func flatten(
        _ items: [Item], _ name: String, _ known: Set<String>, _ texts: inout [String: String],
        _ problems: inout [Problem]
    ) {
        if items.count > longestList {
            problems.append(
                Problem(name, "field.too_many", ["max": .number(longestList), "count": .number(items.count)]))
        }
        for (index, item) in items.prefix(longestList).enumerated() {
            let place = "\(name).\(index)"
            switch item {
            case .one(let member) where known.isEmpty: keep(member, place, &texts, &problems)
            case .object(let members) where !known.isEmpty:
                for (key, member) in members {
                    if known.contains(key) {
                        keep(member, "\(place).\(key)", &texts, &problems)
                    } else {
                        problems.append(Problem("\(place).\(key)", "field.unknown_name"))
                    }
                }
            default: problems.append(Problem(place, "field.type"))
            }
        }
    }

    private static func keep(
        _ member: Member, _ place: String, _ texts: inout [String: String], _ problems: inout [Problem]
    ) {
        switch member {
        case .text(let text) where text.utf8.contains(0): problems.append(Problem(place, "field.unreadable"))
        case .text(let text): texts[place] = text
        case .null: break
        case .list, .other: problems.append(Problem(place, "field.type"))
        }
    }

    /// Adds a problem for each member that is none of `names`.
    public mutating func allow(_ names: Set<String>) {
        for name in members.subtracting(names).sorted() { fields.problems.add(name, "field.unknown_name") }
    }

    /// An item of a list: no deeper than this.
    private enum Item: Decodable {
        case one(Member)
        case object([String: Member])

        init(from decoder: any Decoder) throws {
            let box = try decoder.singleValueContainer()
            if let scalar = Member.scalar(box) {
                self = .one(scalar)
            } else if let members = try? box.decode([String: Scalar].self) {
                self = .object(members.mapValues(\.member))
            } else {
                self = .one(.other)
            }
        }
    }

    /// A member that is no list.
    private struct Scalar: Decodable {
        let member: Member
        init(from decoder: any Decoder) throws { member = Member.scalar(try decoder.singleValueContainer()) ?? .other }
    }

    private enum Member: Decodable {
        case text(String)
        case null
        case list([Item])
        case other

        init(from decoder: any Decoder) throws {
            let box = try decoder.singleValueContainer()
            if let scalar = Member.scalar(box) {
                self = scalar
            } else if let items = try? box.decode([Item].self) {
                self = .list(items)
            } else {
                self = .other
            }
        }

        /// Nil for a list, an object, or a number that is not whole.
        static func scalar(_ box: any SingleValueDecodingContainer) -> Member? {
            if box.decodeNil() { return .null }
            if let text = try? box.decode(String.self) { return .text(text) }
            if let flag = try? box.decode(Bool.self) { return .text(flag ? "true" : "false") }
            return (try? box.decode(Int64.self)).map { .text(String($0)) }
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
        let hasReplaced = raw.contains { name, member in isReplaced(name) || isReplaced(member) }
        let body = String(buffer: buffer)
        return hasReplaced && !body.unicodeScalars.contains("\u{FFFD}") && !body.lowercased().contains("\\ufffd")
    }

    private static func isReplaced(_ text: String) -> Bool { text.unicodeScalars.contains("\u{FFFD}") }

    private static func isReplaced(_ member: Member) -> Bool {
        switch member {
        case .text(let text): isReplaced(text)
        case .list(let items):
            items.contains { item in
                switch item {
                case .one(let member): isReplaced(member)
                case .object(let members): members.contains { isReplaced($0) || isReplaced($1) }
                }
            }
        case .null, .other: false
        }
    }

    /// JSONDecoder keeps one of two members of the same name; a doubled field must be told, at any depth.
    private static func doubledMember(_ buffer: ByteBuffer) -> String? {
        // One set for each object that is open; a list opens an empty one that nothing is put into.
        var seen: [Set<String>] = []
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
            case UInt8(ascii: "{"), UInt8(ascii: "["): seen.append([])
            case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = seen.popLast()
            case UInt8(ascii: ":") where !seen.isEmpty:
                let name = String(decoding: last, as: UTF8.self)
                if !seen[seen.count - 1].insert(name).inserted { return name }
            default: break
            }
        }
        return nil
    }
}
