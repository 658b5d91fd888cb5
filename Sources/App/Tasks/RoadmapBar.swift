/// One task on a roadmap: from its first to its last day, filled as far as the unit says it is, with the shape of its
/// schedule at the end. Lengths across are shares of the width, so that a bar fits into any; lengths down are points.
///
/// For the eye: the cells beside it say the same in words.
struct RoadmapBar {
    let task: TaskItem
    let status: TaskStatus
    let span: RoadmapSpan
    let today: Day

    private static let top = 8
    private static let middle = 14
    private static let height = 12
    /// A task of one day is still to be seen: hundredths of a percent.
    private static let thinnest = 60

    var html: HTML {
        let tone = TaskWords.tone(status.schedule)
        return """
            <svg class="\(tone.rawValue)"><use href="#rm-grid"/>\(overrun)\(bar)\(original)\(end(tone))</svg>
            """
    }

    private var isInSight: Bool { task.start <= span.lastDay && task.due >= span.firstDay }

    private var bar: HTML {
        guard isInSight else { return .empty }
        let from = span.place(task.start), to = max(span.end(task.due), from + RoadmapBar.thinnest)
        let dashed: HTML = [.paused, .cancelled].contains(status.schedule) ? " class=\"still\"" : ""
        let whole: HTML = """
            <rect\(dashed) x="\(RoadmapBar.share(from))" y="\(RoadmapBar.top)" \
            width="\(RoadmapBar.share(to - from))" height="\(RoadmapBar.height)" rx="3"/>
            """
        // The part of the whole bar, of which only a piece may be in sight.
        let days = task.due.number - task.start.number + 1
        let percent = status.declared == .done ? 100 : task.percent
        let done = percent == 100 ? to : min(span.place(task.start.adding(days: days * percent / 100)), to)
        guard percent > 0, done > from else { return whole }
        return whole + """
            <rect class="done" x="\(RoadmapBar.share(from))" y="\(RoadmapBar.top)" \
            width="\(RoadmapBar.share(done - from))" height="\(RoadmapBar.height)" rx="3"/>
            """
    }

    /// From the deadline to today, or to the day on which it was handed in.
    private var overrun: HTML {
        guard [.overdue, .doneLate].contains(status.schedule) else { return .empty }
        let from = span.end(task.due), to = span.end(task.declaredOn ?? today)
        guard to > from else { return .empty }
        return """
            <line class="late" x1="\(RoadmapBar.share(from))" x2="\(RoadmapBar.share(to))" \
            y1="\(RoadmapBar.middle)" y2="\(RoadmapBar.middle)"/>
            """
    }

    /// Where the deadline stood when the task was issued.
    private var original: HTML {
        guard task.originalDue != task.due, span.contains(task.originalDue) else { return .empty }
        return "<use href=\"#rm-first\" x=\"\(RoadmapBar.share(span.end(task.originalDue)))\"/>"
    }

    private func end(_ tone: Tone) -> HTML {
        guard span.contains(task.due) else { return .empty }
        return "<use href=\"#rm-\(tone.rawValue)\" x=\"\(RoadmapBar.share(span.end(task.due)))\"/>"
    }

    /// Hundredths of a percent as an attribute says them: `12.5%`.
    static func share(_ hundredths: Int) -> String {
        "\(ChartParts.short(Double(hundredths) / 100))%"
    }
}
