/// A language of the interface. The raw value is the BCP 47 tag.
public enum Language: String, Sendable, CaseIterable {
    case vietnamese = "vi"
    case english = "en"

    public static let standard = Language.vietnamese

    /// Its own name, as the switch shows it.
    public var ownName: String {
        switch self {
        case .vietnamese: "Tiếng Việt"
        case .english: "English"
        }
    }

    /// Among ``allCases``.
    var place: Int {
        switch self {
        case .vietnamese: 0
        case .english: 1
        }
    }

    /// CLDR plural category of a whole number: Vietnamese has one form, English two.
    public func pluralForm(_ count: Int) -> String {
        switch self {
        case .vietnamese: "other"
        case .english: count == 1 ? "one" : "other"
        }
    }

    /// The best of ours for an `Accept-Language` header (RFC 9110 §12.5.4), or nil.
    public static func accepted(by header: String) -> Language? {
        var best: (language: Language, weight: Double)?
        for item in header.prefix(500).split(separator: ",") {
            let parts = item.split(separator: ";").map { $0.trimming(while: { $0 == " " }) }
            guard let tag = parts.first?.split(separator: "-").first?.lowercased(),
                let language = Language(rawValue: tag)
            else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            if weight > 0, weight > best?.weight ?? 0 { best = (language, weight) }
        }
        return best?.language
    }
}

extension Substring {
    fileprivate func trimming(while condition: (Character) -> Bool) -> Substring {
        var rest = drop(while: condition)
        while let last = rest.last, condition(last) { rest.removeLast() }
        return rest
    }
}
