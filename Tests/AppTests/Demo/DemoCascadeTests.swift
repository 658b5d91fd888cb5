import Foundation
import Testing

@testable import App

/// The cascade of the demonstration hangs together.
@Suite struct DemoCascadeTests {
    private let sources: DemoSources

    init() throws { sources = try DemoSources() }

    @Test func everySignIsReadAsItIsWrittenAndSaysItsType() throws {
        for paper in sources.documents.documents where !paper.isDraft {
            let sign = try #require(paper.sign, "\(paper.key)")
            let number = try DocumentNumber(parsing: sign)
            #expect(number.sign == sign, "\(paper.key)")
            guard let type = number.type else { continue }
            #expect(type.abbreviation == paper.type, "\(paper.key)")
        }
        for requirement in sources.documents.requirements {
            for issue in requirement.issued where issue.document == nil {
                let sign = try #require(
                    issue.sign ?? requirement.sign?.replacing("{number}", with: "\(issue.number ?? 0)"))
                let type = try DocumentNumber(parsing: sign).type
                #expect(type?.abbreviation == requirement.type, "\(sign)")
            }
        }
    }

    @Test func everyAliasOfANumberIsOneThatIsRead() {
        let aliases = sources.documents.documents.flatMap { $0.aliases ?? [] }.filter { $0.first?.isNumber == true }
        #expect(aliases.count >= 4)
        for alias in aliases { #expect(throws: Never.self) { try DocumentNumber(parsing: alias) } }
    }

    @Test func nothingIsOlderThanItsBasis() throws {
        for paper in sources.documents.documents {
            for link in paper.links ?? [] {
                let basis = try #require(sources.paper(link.to), "\(paper.key) → \(link.to)")
                #expect(!basis.isDraft && basis.day <= paper.day, "\(paper.key) → \(link.to)")
            }
        }
        for requirement in sources.documents.requirements {
            for issue in requirement.issued {
                let day = try #require(issue.date ?? issue.document.flatMap { sources.paper($0)?.day })
                for link in requirement.links {
                    #expect(try #require(sources.paper(link.to)).day <= day, "\(requirement.key) \(issue.unit)")
                }
            }
        }
    }

    @Test func theRootIsReachedFromEveryPaperOfTheProgramme() {
        var reached: Set<String> = ["nq-57-tw"]
        var grew = true
        while grew {
            let next = sources.documents.documents.filter { paper in
                (paper.links ?? []).contains { reached.contains($0.to) }
            }.map(\.key)
            grew = !Set(next).isSubset(of: reached)
            reached.formUnion(next)
        }
        // These stand beside the resolution, not below it.
        let apart: Set = [
            "qd-204-tw", "nq-18-tw", "kl-130-tw", "kl-170-tw", "qc-08-tw", "qd-06-ttg", "nq-202-qh15", "gia-lai/secret",
            "gia-lai/bc-204",
        ]
        #expect(Set(sources.documents.documents.map(\.key)).subtracting(reached) == apart)
    }

    @Test func aParagraphThatIsPointedAtIsThere() throws {
        let pointed =
            sources.documents.requirements.map { ($0.basis, $0.paragraph) }
            + sources.documents.gaps.map { ($0.basis, $0.paragraph) }
        for (basis, paragraph) in pointed {
            let paper = try #require(sources.paper(basis), "\(basis)")
            guard let paragraph else { continue }
            #expect((paper.paragraphs ?? []).contains { $0.number == paragraph }, "\(basis) \(paragraph)")
        }
    }

    @Test func whatIsMadeUpAboutARealDocumentHasANumberThatShowsIt() throws {
        for paper in sources.documents.documents where paper.madeUp?.contains("sign") == true {
            #expect(try DocumentNumber(parsing: paper.sign ?? "").number > 900, "\(paper.key)")
        }
        for paper in sources.documents.documents where paper.mark.certainty == .sample {
            #expect(paper.madeUp?.contains("sign") == true, "\(paper.key)")
        }
    }

    @Test func anOpinionIsGivenWhileThePaperIsADraft() {
        let discussed = sources.documents.documents.filter { $0.opinions != nil }
        #expect(discussed.count >= 4)
        for paper in discussed {
            for opinion in paper.opinions ?? [] {
                #expect((paper.drafted ?? "9") <= opinion.day && opinion.day <= paper.date ?? "9", "\(paper.key)")
                #expect((opinion.outcome == nil) == (opinion.answer == nil), "\(paper.key)")
            }
        }
    }
}
