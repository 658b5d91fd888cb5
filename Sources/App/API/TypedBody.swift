import Foundation
import NIOCore

/// What is said of a record on the command line: words `name=value`, or the JSON object that the API takes.
public enum TypedBody: Sendable {
    case words([String])
    case json(String)

    /// Read as strictly as the body of a request with these members.
    func fields(_ members: [APIMember]) throws(AppError) -> Fields { try body(members).fields }

    /// Of an act whose body stands for the whole of what it changes: what is not said stays as it stands, and an empty
    /// text, or null, empties. A list that is said takes the place of the whole list.
    func fields(_ members: [APIMember], over standing: [String: String]) throws(AppError) -> Fields {
        let said = try body(members)
        let lists = said.members.intersection(APISchema.object(members).lists.keys)
        func isListed(_ field: String) -> Bool { lists.contains { field.hasPrefix($0 + ".") } }
        let texts = said.members.subtracting(lists).map { ($0, said.fields[$0]) }
        let items = said.fields.raw.filter { isListed($0.key) }
        let left = standing.filter { !isListed($0.key) }
        var whole = Fields(raw: left.merging(texts) { _, said in said }.merging(items) { _, said in said })
        for problem in said.fields.problems.problems { whole.problems.add(problem) }
        return whole
    }

    private func body(_ members: [APIMember]) throws(AppError) -> JSONFields {
        let lists = APISchema.object(members).lists
        let text =
            switch self {
            case .json(let text): text
            case .words(let words): try TypedBody.object(words, lists: lists)
            }
        var body = try JSONFields(parsing: ByteBuffer(string: text), lists: lists)
        body.allow(Set(members.map(\.name)))
        return body
    }

    /// A word that comes again is another item of a list; of anything else it is told as doubled.
    private static func object(_ words: [String], lists: [String: Set<String>]) throws(AppError) -> String {
        var members: [(String, JSONValue)] = []
        var items: [String: [JSONValue]] = [:]
        for word in words {
            let halves = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let name = halves.first, let value = halves.last, halves.count == 2, !name.isEmpty else {
                throw .malformed(Message("field.no_value", ["typed": .text(word)]))
            }
            if lists[name] == nil {
                members.append((name, .text(value)))
            } else {
                items[name, default: []].append(.text(value))
            }
        }
        members += items.sorted { $0.key < $1.key }.map { ($0.key, .list($0.value)) }
        return JSONValue.object(members).text
    }
}
