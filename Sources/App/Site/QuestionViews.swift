/// What was asked of a list and cannot be read, to be mended where it went wrong: each such value in a field of its own
/// with its reason, and everything else that was asked goes along as it was.
func questionForm(_ page: PageContext, path: String, _ asked: Fields, _ problems: [Problem]) -> HTML {
    let form = FormView(page, values: asked, problems: problems)
    var names: [String] = []
    for problem in problems where !names.contains(problem.field) { names.append(problem.field) }
    let kept = asked.raw.keys.filter { !names.contains($0) && $0 != "after" && !asked[$0].isEmpty }.sorted()
    return """
        <form class="filters" method="get" action="\(path)">\(kept.map { form.hidden($0, asked[$0]) }.joined())\
        \(names.map { form.text($0, label: label($0, page), required: false) }.joined())\
        <button class="main">\(page.t("error.question.again"))</button></form>
        """
}

/// What people call it who see the list; what only programs ask has no word.
private func label(_ name: String, _ page: PageContext) -> String {
    let word = "question.field.\(name)"
    return page.t(page.catalogue.has(word, page.language) ? word : "error.question.value")
}
