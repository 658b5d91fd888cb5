extension CommitteeForm {
    /// Fields, localities and tasks as boxes of the page (`field.UID`, `locality.UID`, `task.UID`) or as lists of uids;
    /// further localities and tasks as lines of one text, or one task from what is suggested.
    mutating func assignment() throws -> Assignment {
        let seat = fields.uid("seat")
        let reference = fields.line("reference", max: 300)
        let from = fields.day("from"), to = fields.day("to", required: false)
        let areas = ticked("field.") + listed("fields").compactMap { name in fields.uid(name) }
        let localities = try ticked("locality.") + localities()
        let tasks = try ticked("task.") + tasks()
        try fields.problems.check()
        guard let seat, let from else { throw AppError.invalid([Problem("seat", "field.missing")]) }
        return Assignment(
            seat: seat, reference: reference, from: from, to: to ?? .never, fields: areas, localities: localities,
            tasks: tasks)
    }

    mutating func field() throws -> FieldDraft {
        let draft = FieldDraft(name: fields.line("name"), english: fields.line("name_en", required: false))
        try fields.problems.check()
        return draft
    }

    mutating func rules() throws -> RulesDraft {
        let cadence = fields.choice("cadence", of: SessionCadence.self)
        let calendar = fields.choice("calendar", of: ReportingCalendar.self)
        let cutOff = fields.integer("cut_off_day", in: 1...31)
        var extenders = Set(DeadlineExtender.allCases.filter { !fields["extender.\($0.rawValue)"].isEmpty })
        for name in listed("extenders") {
            if let extender = fields.choice(name, of: DeadlineExtender.self) { extenders.insert(extender) }
        }
        let clear = fields.integer("clear_points", in: 5...6)
        let warn = fields.integer("warn_days", in: 0...365), long = fields.integer("warn_days_long", in: 0...365)
        let reference = fields.line("reference", max: 300)
        let from = fields.day("from")
        try fields.problems.check()
        let standard = CommitteeRules.standard
        return RulesDraft(
            reference: reference, from: from ?? store.today,
            rules: CommitteeRules(
                cadence: cadence ?? standard.cadence, calendar: calendar ?? standard.calendar,
                cutOffDay: cutOff ?? standard.cutOffDay, extenders: extenders,
                clearPoints: clear ?? standard.clearPoints, warnDays: warn ?? standard.warnDays,
                warnDaysLong: long ?? standard.warnDaysLong))
    }

    /// The uids of the boxes that were ticked.
    private func ticked(_ prefix: String) -> [UID] {
        fields.raw.keys.filter { $0.hasPrefix(prefix) && !fields[$0].isEmpty }.sorted()
            .compactMap { UID(parsing: $0.dropFirst(prefix.count)) }
    }

    /// The names `fields.0` … of a list of texts.
    private func listed(_ name: String) -> [String] {
        (0..<JSONFields.longestList).map { "\(name).\($0)" }.filter { !fields[$0].isEmpty }
    }

    /// One unit a line, or several with a semicolon between them: by name, code or uid.
    private mutating func localities() throws -> [UID] {
        let text = fields.paragraphs("localities", max: 20_000)
        let lines =
            text.split(whereSeparator: { $0 == "\n" || $0 == ";" }).map(String.init)
            + listed("localities").map { fields[$0] }
        return try lines.compactMap(CleanText.line).filter { !$0.isEmpty }.compactMap { line in
            if let unit = try store.units.find(typed: line) { return unit.uid }
            fields.problems.add("localities", "portfolio.error.locality_unknown", ["typed": .text(line)])
            return nil
        }
    }

    /// One task a line: by its address, its uid or its whole title. Titles hold semicolons.
    private mutating func tasks() throws -> [UID] {
        let text = fields.paragraphs("tasks", max: 20_000)
        var lines = [(name: "task", typed: fields.line("task", max: 1_000, required: false))]
        lines += text.split(whereSeparator: \.isNewline).map { (name: "tasks", typed: String($0)) }
        lines += listed("tasks").map { (name: "tasks", typed: fields[$0]) }
        let known = TaskStore(tx: store.tx, viewer: store.viewer, today: store.today)
        return try lines.compactMap { name, typed -> UID? in
            guard let line = CleanText.line(typed), !line.isEmpty else { return nil }
            if let task = try known.find(typed: line) { return task.uid }
            fields.problems.add(name, "portfolio.error.task_unknown", ["typed": .text(line)])
            return nil
        }
    }
}
