import Testing

@testable import App

@Suite struct DocumentForceTests {
    private func day(_ text: String) throws -> Day { try #require(Day(parsing: text)) }

    private func force(
        _ state: Document.State = .issued, from: String = "2025-02-01", to: Day = .never, withdrawn: Day = .never,
        replaced: String? = nil, on day: String
    ) throws -> String {
        let force = DocumentForce(
            state: state, effect: (try self.day(from), to), withdrawnOn: withdrawn,
            replacedFrom: try replaced.map { try self.day($0) }, on: try self.day(day))
        return force.name
    }

    @Test func aDocumentIsInForceBetweenItsDays() throws {
        #expect(try force(on: "2025-01-31") == "not-yet")
        #expect(try force(on: "2025-02-01") == "in-force")
        #expect(try force(to: day("2025-12-31"), on: "2025-12-30") == "in-force")
        #expect(try force(to: day("2025-12-31"), on: "2025-12-31") == "expired")
    }

    @Test func whatIsReplacedIsNoLongerInForceFromThatDay() throws {
        #expect(try force(replaced: "2025-06-01", on: "2025-05-31") == "in-force")
        #expect(try force(replaced: "2025-06-01", on: "2025-06-01") == "replaced")
    }

    @Test func aDraftAndAWithdrawnDocumentAreNeverInForce() throws {
        #expect(try force(.draft, on: "2025-06-01") == "draft")
        #expect(
            try force(.withdrawn, withdrawn: day("2025-05-01"), replaced: "2025-04-01", on: "2025-06-01") == "withdrawn"
        )
        #expect(try force(.withdrawn, withdrawn: day("2025-05-01"), on: "2025-04-30") == "in-force")
    }

    @Test func theTermOfTheCentralCommitteeFollowsFromTheDay() throws {
        #expect(DocumentSeries.centralTerm(on: try day("2024-12-22")) == 13)
        #expect(DocumentSeries.centralTerm(on: try day("2017-10-25")) == 12)
        #expect(DocumentSeries.centralTerm(on: try day("1970-01-01")) == nil)
    }

    @Test func aSeriesIsAYearOrATerm() throws {
        let day = try day("2025-09-24")
        #expect(DocumentSeries.text(.state, on: day, term: nil) == "2025")
        #expect(DocumentSeries.text(.law, on: day, term: nil) == "2025-law")
        #expect(DocumentSeries.text(.party, on: day, term: 14) == "term-14")
        #expect(DocumentSeries.text(.party, on: day, term: nil) == nil)
        #expect(DocumentSeries.term("term-14") == 14)
        #expect(DocumentSeries.term("2025") == nil)
    }
}
