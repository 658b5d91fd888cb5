/// Words that fill a field and say nothing: "hoàn thành tốt, đúng thời hạn, theo quy định", "n/a", "...".
enum FillerWords {
    /// Whether nothing is left of a text without them. Numbers do not save it: "hoàn thành 100% nhiệm vụ" is one.
    static func isAll(of text: String) -> Bool {
        let words = TextFold.fold(text).split(separator: " ").map(String.init)
        var rest = words[...]
        while let first = rest.first {
            let phrase = (phrases[first] ?? []).first { rest.starts(with: $0) }
            guard phrase != nil || first.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return false }
            rest = rest.dropFirst(phrase?.count ?? 1)
        }
        return true
    }

    /// By their first word, folded, the longest first: after a phrase its words are gone, so that "quy" alone, as in
    /// "quý" or "quỹ", is not taken for filler.
    private static let phrases: [String: [[String]]] = {
        let all = list.map { TextFold.fold($0).split(separator: " ").map(String.init) }
        return Dictionary(grouping: all) { $0.first ?? "" }.mapValues { $0.sorted { $0.count > $1.count } }
    }()

    private static let list = [
        "hoàn thành", "hoàn tất", "đã xong", "làm xong", "xong", "đúng hạn", "đúng thời hạn", "đúng tiến độ",
        "đúng quy định", "đúng yêu cầu", "đúng kế hoạch", "kịp thời", "tốt", "đạt", "đạt yêu cầu", "đạt kết quả",
        "đạt chất lượng", "bảo đảm", "đảm bảo", "chất lượng", "tiến độ", "hiệu quả", "đầy đủ", "nghiêm túc",
        "theo quy định", "theo yêu cầu", "theo kế hoạch", "theo chỉ đạo", "theo phân công", "theo thẩm quyền",
        "thực hiện", "triển khai", "nhiệm vụ", "công việc", "được giao", "kết quả", "và", "các", "có", "không",
        "không có", "không rõ", "chưa có", "chưa rõ", "chưa xác định", "cập nhật sau", "bổ sung sau", "khác",
        "n/a", "na", "tbd", "tba", "todo", "none", "nil", "ok", "xxx", "test",
        "done", "complete", "completed", "completion", "finished", "good", "well", "on time", "in time", "in full",
        "as required", "as planned", "as assigned", "according to plan", "according to the rules", "quality", "and",
        "the", "task", "work", "not yet known", "unknown", "to be determined", "to be done", "later",
    ]
}
