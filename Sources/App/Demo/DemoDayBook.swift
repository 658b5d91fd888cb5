/// The acts of each day of the story, one after another over the working day: so a list of the newest acts, which of one
/// day is in the order in which they were told, goes back in time as well.
///
/// One book for all builders of a story, which is why it is a class.
final class DemoDayBook {
    private let moments: DemoMoments
    private let told: [Day: Int]
    private var done: [Day: Int] = [:]

    /// `days`: of each act that will be told, to spread them. Of more than that the last ones come at the day's end.
    init(_ days: [Day], moments: DemoMoments) {
        self.moments = moments
        told = Dictionary(days.map { ($0, 1) }, uniquingKeysWith: +)
    }

    /// The moment of the next act of the day.
    func next(_ day: Day) -> Instant {
        let place = (done[day] ?? 0) + 1
        done[day] = place
        // The last minutes are those in which nobody begins anything.
        return moments.at(day, minute: 560 * place / max(told[day] ?? 1, place, 4))
    }
}

extension DemoTasks {
    /// The day of each act, as the file tells it; of parts that a breakdown makes as many as there are communes in it.
    var actDays: [String] {
        let own = tasks.flatMap { entry in [entry.story.first?.on ?? lastDay] + entry.story.map(\.on) }
        let parts = breakdowns.flatMap { told -> [String] in
            guard !told.stories.isEmpty else { return [told.on] }
            return [told.on] + (0..<130).flatMap { told.stories[$0 % told.stories.count].map(\.on) }
        }
        return own + parts
    }
}
