import Foundation
import Testing

@testable import App

/// The documents of the cascade, written here by hand beside the file: none is missing, none hangs elsewhere.
@Suite struct DemoDocumentListTests {
    /// Number and sign, day, issuer, and what it rests on.
    struct Expected: Sendable, CustomTestStringConvertible {
        let sign: String
        let day: String
        let issuer: String
        let links: Set<String>
        var testDescription: String { "\(sign) \(issuer)" }

        init(_ sign: String, _ day: String, _ issuer: String, _ links: Set<String> = []) {
            (self.sign, self.day, self.issuer, self.links) = (sign, day, issuer, links)
        }
    }

    static let cascade = [
        Expected("57-NQ/TW", "2024-12-22", "politburo"),
        Expected("229-QĐ/TW", "2025-01-10", "politburo", ["implements 57-NQ/TW"]),
        Expected("230-QĐ/TW", "2025-01-10", "politburo", ["implements 229-QĐ/TW", "cites 57-NQ/TW"]),
        Expected("01-QC/BCĐTW", "2025-02-28", "committee", ["implements 230-QĐ/TW"]),
        Expected("02-TB/BCĐTW", "2025-02-28", "committee", ["implements 01-QC/BCĐTW"]),
        Expected("01-CTr/BCĐTW", "2025-02-28", "committee", ["concretises 57-NQ/TW"]),
        Expected(
            "03-TB/BCĐTW", "2025-03-06", "committee",
            ["implements 57-NQ/TW", "cites 18-NQ/TW", "cites 193/2025/QH15"]),
        Expected(
            "01-KH/BCĐTW", "2025-03-21", "committee",
            [
                "concretises 57-NQ/TW", "cites 229-QĐ/TW", "cites 230-QĐ/TW", "cites 01-QC/BCĐTW",
                "cites 02-TB/BCĐTW", "cites 01-CTr/BCĐTW", "cites 03-TB/BCĐTW",
            ]),
        Expected("02-QC/BCĐTW", "2025-06-10", "committee", ["implements 57-NQ/TW", "implements 230-QĐ/TW"]),
        Expected(
            "02-KH/BCĐTW", "2025-06-19", "committee",
            [
                "concretises 57-NQ/TW", "concretises 130-KL/TW", "cites 229-QĐ/TW", "cites 230-QĐ/TW",
                "cites 01-QC/BCĐTW",
            ]),
        Expected("15662-CV/VPTW", "2025-06-26", "central-office", ["implements 02-KH/BCĐTW", "cites 170-KL/TW"]),
        Expected("170-KL/TW", "2025-06-24", "secretariat"),
        Expected("204-QĐ/TW", "2024-11-29", "secretariat"),
        Expected("18-NQ/TW", "2017-10-25", "party"),
        Expected("130-KL/TW", "2025-03-14", "politburo", ["implements 18-NQ/TW"]),
        Expected("06/QĐ-TTg", "2022-01-06", "prime-minister"),
        Expected("03/NQ-CP", "2025-01-09", "government", ["implements 57-NQ/TW"]),
        Expected("71/NQ-CP", "2025-04-01", "government", ["amends 03/NQ-CP", "implements 57-NQ/TW"]),
        Expected("193/2025/QH15", "2025-02-19", "assembly", ["implements 57-NQ/TW"]),
        Expected("33/CT-TTg", "2025-11-06", "prime-minister", ["implements 71/NQ-CP"]),
        Expected("08-QC/TW", "2025-11-05", "secretariat"),
        Expected("202/2025/QH15", "2025-06-12", "assembly", ["implements 130-KL/TW"]),
        Expected("10-CTr/TU", "2025-08-13", "dong-thap/party", ["concretises 57-NQ/TW"]),
        Expected(
            "01-KH/BCĐ", "2025-08-13", "dong-thap/committee", ["concretises 57-NQ/TW", "implements 10-CTr/TU"]),
        Expected(
            "283/KH-UBND", "2025-09-24", "dong-thap/people",
            ["implements 71/NQ-CP", "concretises 10-CTr/TU", "implements 01-KH/BCĐ"]),
        Expected("10-KH/TU", "2025-08-18", "tay-ninh/party", ["concretises 57-NQ/TW"]),
    ]

    @Test(arguments: cascade) func aDocumentOfTheCascadeIsThereWithItsLinks(_ expected: Expected) throws {
        let sources = try DemoSources()
        let found = sources.documents.documents.filter { $0.sign == expected.sign && $0.issuer == expected.issuer }
        let paper = try #require(found.first)
        #expect(found.count == 1 && paper.date == expected.day)
        let links = try (paper.links ?? []).map { link in
            "\(link.kind) \(try #require(sources.paper(link.to)?.sign))"
        }
        #expect(Set(links) == expected.links && links.count == expected.links.count)
        #expect(paper.mark.certainty == .sourced || paper.mark.certainty == .article)
    }

    /// Whatever else has a real number would be missing above.
    @Test func theListIsWhole() throws {
        let listed = Set(Self.cascade.map(\.sign))
        let others = try DemoSources().documents.documents.compactMap(\.sign).filter { sign in
            try !listed.contains(sign) && DocumentNumber(parsing: sign).number <= 900
        }
        #expect(others == ["19/KH-UBND"])
    }
}
