import Foundation
import Testing

@testable import App

/// What the demonstration says is what the articles say, or says that it is not.
@Suite struct DemoDataTests {
    private let sources: DemoSources

    init() throws { sources = try DemoSources() }

    @Test func everyQuoteIsAPartOfItsArticle() throws {
        var counted: [String: Int] = [:]
        for file in DemoSources.files {
            for mark in try DemoSources.marks(in: file) where mark["article"] != nil || mark["quote"] != nil {
                let name = try #require(mark["article"] as? String, "\(mark)")
                let quote = try #require(mark["quote"] as? String, "\(mark)")
                let article = try #require(sources.articles[name], "\(name)")
                #expect(quote.count >= 8 && article.contains(quote), "\(name): \(quote)")
                counted[name, default: 0] += 1
            }
        }
        #expect(counted.count == 5 && sources.articles.count == 5)
        #expect(counted.values.allSatisfy { $0 >= 10 }, "\(counted)")
    }

    @Test func everyMarkSaysWhereItComesFrom() throws {
        for (file, least) in [("world.json", 30), ("documents.json", 60), ("committees.json", 60), ("tasks.json", 60)] {
            let marks = try DemoSources.marks(in: file)
            #expect(marks.count >= least, "\(file)")
            for mark in marks {
                let certainty = try #require(mark["certainty"] as? String, "\(mark)")
                #expect(DemoMark.Certainty(rawValue: certainty) != nil, "\(mark)")
                #expect((certainty == "article") == (mark["quote"] != nil), "\(mark)")
                #expect((certainty == "sourced") == ((mark["source"] as? String)?.isEmpty == false), "\(mark)")
            }
        }
    }

    /// The bodies that an article states say so: each of the five states some, and every one that steers in them.
    @Test func theBodiesOfTheArticlesCarryTheirWords() {
        let marked = sources.world.units.filter { $0.mark?.certainty == .article }
        #expect(marked.count == 36 && sources.world.units.allSatisfy { $0.mark == nil || $0.mark?.quote != nil })
        #expect(Set(marked.compactMap(\.mark?.article)) == Set(sources.articles.keys))
        for key in ["committee", "helpers", "council", "gia-lai/committee", "tay-ninh/committee", "ha-giang/committee"]
        {
            #expect(marked.contains { $0.key == key }, "\(key)")
        }
        // A province's committee of another day is told by no article.
        #expect(!marked.contains { $0.key == "tuyen-quang/committee" || $0.key == "dong-thap/committee" })
    }

    /// People in the articles who held an office: none of them is in the demonstration.
    private static let names = [
        "То Лам", "Фам Минь Чинь", "Чан Кам Ту", "Ра Лан Чунг", "Чау Нгок Туан", "Нгуен Нгок Лыонг", "Ламхайзянг",
        "Хо Куок Зунг", "Hau A Lenh", "Phan Huy Ngoc", "Nguyen Minh Tien", "Tran Manh Loi", "Ly Thi Lan",
        "Chung Thi Chien", "Phan Dang Dong", "हाउ ए लेन्ह", "फान हुई नोक", "गुयेन मिन्ह तिएन", "ली थी लान",
        "نجوين فان أوت", "نجوين فان كويت",
    ]
    private static let vietnameseNames = [
        "Tô Lâm", "To Lam", "Phạm Minh Chính", "Trần Cẩm Tú", "Rah Lan Chung", "Châu Ngọc Tuấn", "Nguyễn Ngọc Lương",
        "Lâm Hải Giang", "Hồ Quốc Dũng", "Hầu A Lềnh", "Phan Huy Ngọc", "Nguyễn Minh Tiến", "Trần Mạnh Lợi",
        "Lý Thị Lan", "Chúng Thị Chiên", "Phan Đăng Đông", "Nguyễn Văn Út", "Nguyễn Văn Quyết",
    ]

    @Test(arguments: DemoSources.files) func nobodyInOfficeIsNamed(_ file: String) throws {
        let text = TextFold.fold(try DemoSources.raw(file))
        for name in Self.names + Self.vietnameseNames {
            let folded = TextFold.fold(name)
            #expect(!" \(text) ".contains(" \(folded) ") && !text.contains(folded), "\(name)")
        }
    }

    @Test func theForbiddenNamesAreThoseOfTheArticles() {
        let all = sources.articles.values.joined(separator: "\n")
        for name in Self.names { #expect(all.contains(name), "\(name)") }
    }

    @Test func everyUnitThatIsNamedExists() {
        for paper in sources.documents.documents {
            for unit in [paper.issuer] + (paper.recipients ?? []) + (paper.holder.map { [$0] } ?? []) {
                #expect(sources.knows(unit), "\(paper.key): \(unit)")
            }
        }
        for gap in sources.documents.gaps { #expect(sources.knows(gap.owner), "\(gap.key)") }
        for entry in sources.committees.committees {
            for unit in [entry.unit, entry.host] + entry.seats.map(\.unit) + entry.organs.map(\.unit) {
                #expect(sources.knows(unit), "\(entry.key): \(unit)")
            }
        }
    }

    @Test func nothingIsNamedTwice() {
        #expect(Set(sources.world.units.map(\.key)).count == sources.world.units.count)
        #expect(Set(sources.documents.documents.map(\.key)).count == sources.documents.documents.count)
        #expect(Set(sources.world.people.map(\.signIn)).count == sources.world.people.count)
        #expect(Set(sources.world.people.map(\.role)).count == sources.world.people.count)
    }
}
