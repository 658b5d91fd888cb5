/// What a form, a JSON body or a file says of a deadline, before it is known to be one.
public struct DeadlineDraft: Sendable, Equatable {
    public var choice: Choice
    /// As typed: a day, a month, a quarter … Read when a date is chosen.
    public var date: String
    /// The event, or why there is no deadline. Read for these two.
    public var words: String
    public var reviewOn: Day?

    /// Which of the three ways somebody chose; the kind of a date follows from what is typed.
    public enum Choice: String, Sendable, CaseIterable {
        case date, event
        case undated = "none"
    }

    public init(_ choice: Choice, date: String = "", words: String = "", reviewOn: Day? = nil) {
        self.choice = choice
        self.date = date
        self.words = words
        self.reviewOn = reviewOn
    }

    /// For a form that shows what is stored.
    public init(_ deadline: Deadline) {
        let choice: Choice = deadline.kind.isDated ? .date : deadline.kind == .event ? .event : .undated
        self.init(choice, date: deadline.text, words: deadline.words, reviewOn: deadline.review)
    }

    /// The deadline, when there is one to be had; what is wrong with it is found under ``Deadline/Field``.
    public func read(start: Day?, _ found: inout Validation) -> Deadline? {
        var own = Validation()
        let deadline = choice == .date ? readDate(&own) : readWords(&own)
        deadline?.validate(start: start, &own)
        own.problems.forEach { found.add($0) }
        return own.isEmpty ? deadline : nil
    }

    private func readDate(_ found: inout Validation) -> Deadline? {
        if let deadline = Deadline(typed: date) { return deadline }
        let isEmpty = date.allSatisfy(\.isWhitespace)
        found.add(
            isEmpty
                ? Problem(Deadline.Field.date, "deadline.error.missing")
                : Problem(Deadline.Field.date, "deadline.error.unreadable", ["typed": .text(String(date.prefix(40)))]))
        return nil
    }

    private func readWords(_ found: inout Validation) -> Deadline? {
        let isEvent = choice == .event
        guard let reviewOn else {
            Deadline.checkWords(words, isEvent: isEvent, &found)
            found.add(Deadline.Field.review, "deadline.error.review_missing")
            return nil
        }
        return isEvent ? .event(words, reviewOn: reviewOn) : .undated(reason: words, reviewOn: reviewOn)
    }
}
