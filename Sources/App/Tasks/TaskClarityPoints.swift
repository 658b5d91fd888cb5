/// The points one by one. A text that fills a field without saying anything does not clear it.
extension TaskClarity {
    /// A title of fewer words names a topic, not a piece of work.
    static let fewestWords = 3
    /// Fewer letters cannot say by what a product is accepted.
    static let fewestLetters = 10

    static func checkPerson(_ facts: TaskFacts, _ found: inout Validation) {
        switch facts.performer {
        case .nobody: found.add("performer", "task.clarity.person.missing")
        case .elsewhere: found.add("performer", "task.clarity.person.elsewhere")
        case .inPlace: break
        }
    }

    static func checkWork(_ facts: TaskFacts, _ found: inout Validation) {
        let words = TextFold.words(facts.title, limit: fewestWords)
        if words.isEmpty {
            found.add("title", "task.clarity.work.missing")
        } else if words.count < fewestWords {
            found.add("title", "task.clarity.work.short", ["min": .number(fewestWords)])
        } else if FillerWords.isAll(of: facts.title) {
            found.add("title", "task.clarity.work.filler")
        }
    }

    static func checkTime(_ facts: TaskFacts, _ found: inout Validation) {
        guard let deadline = facts.deadline else {
            found.add(Deadline.Field.date, "task.clarity.time.missing")
            return
        }
        deadline.validate(start: facts.start, &found)
        if facts.isReviewPast, found.isEmpty { found.add(Deadline.Field.review, "task.clarity.time.review_past") }
        if !deadline.kind.isDated, !deadline.words.allSatisfy(\.isWhitespace), FillerWords.isAll(of: deadline.words) {
            found.add(Deadline.Field.words, "task.clarity.time.filler")
        }
    }

    static func checkResponsibility(_ facts: TaskFacts, _ found: inout Validation) {
        if !facts.hasLeadUnit { found.add("lead_unit", "task.clarity.responsibility.unit_missing") }
        switch facts.leader {
        case .nobody: found.add("leader", "task.clarity.responsibility.leader_missing")
        case _ where facts.leaderIsPerformer: found.add("leader", "task.clarity.responsibility.leader_is_performer")
        case .elsewhere: found.add("leader", "task.clarity.responsibility.leader_elsewhere")
        case .inPlace: break
        }
    }

    static func checkProducts(_ facts: TaskFacts, _ found: inout Validation) {
        if facts.products.isEmpty { found.add("products", "task.clarity.product.missing") }
        for (index, product) in facts.products.enumerated() {
            let field = "products.\(index)"
            if TextFold.fold(product.name).isEmpty { found.add("\(field).name", "task.clarity.product.name_missing") }
            if product.kind.isEmpty { found.add("\(field).kind", "task.clarity.product.kind_missing") }
            if let reason = criterionReason(product, of: facts) {
                found.add(Problem("\(field).criterion", reason))
            }
        }
    }

    static func checkAuthority(_ facts: TaskFacts, _ found: inout Validation) {
        if !facts.hasAuthority { found.add("authority", "task.clarity.authority.missing") }
    }

    /// Why the criterion says nothing of its own; nil when it does.
    private static func criterionReason(_ product: TaskFacts.Product, of facts: TaskFacts) -> Message? {
        if product.criterion.allSatisfy(\.isWhitespace) { return Message("task.clarity.criterion.missing") }
        if FillerWords.isAll(of: product.criterion) { return Message("task.clarity.criterion.filler") }
        let criterion = TextFold.fold(product.criterion)
        let others = [product.name, facts.title, facts.description]
        if others.contains(where: { TextFold.fold($0) == criterion }) {
            return Message("task.clarity.criterion.repeats")
        }
        let letters = criterion.unicodeScalars.count { $0.properties.isAlphabetic }
        guard letters < fewestLetters else { return nil }
        return Message("task.clarity.criterion.short", ["min": .number(fewestLetters)])
    }
}
