/// Which units are counted along is said where there are any, or two readers would wonder at each other's figures.
enum CountedBelowViews {
    static func said(_ counted: CountedBelow, _ page: PageContext, others: HTML = .empty) -> HTML {
        guard !counted.choices.isEmpty else { return .empty }
        return "<p class=\"sub\">\(page.t("task.counted.\(counted.below.rawValue)"))\(others)</p>"
    }
}
