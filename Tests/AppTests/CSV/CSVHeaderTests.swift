import Testing

@testable import App

@Suite struct CSVHeaderTests {
    private func header(_ cells: [String]) -> (CSVHeader?, [Problem]) {
        var problems = ProblemList()
        let row = CSVReader.Row(line: 1, cells: cells, isSound: true)
        let header = CSVHeader(row, required: ["code", "name"], optional: ["area"], problems: &problems)
        return (header, problems.shown)
    }

    @Test func namesAreMatchedInAnyOrderAndCase() throws {
        let found = try #require(header(["Name", " CODE "]).0)
        let row = CSVReader.Row(line: 2, cells: ["Huế", "46"], isSound: true)
        #expect(found.cell("code", of: row) == "46")
        #expect(found.cell("name", of: row) == "Huế")
        #expect(found.cell("area", of: row) == "")
    }

    @Test func aMissingColumnIsNamed() {
        let (found, problems) = header(["code"])
        #expect(found == nil)
        #expect(problems == [Problem("name", "csv.header_missing", ["name": "name"], line: 1)])
    }

    @Test func aDoubledColumnIsNamedWithItsPlace() {
        let (found, problems) = header(["code", "name", "Code"])
        #expect(found == nil)
        #expect(problems == [Problem("code", "csv.header_doubled", ["name": "code", "place": 3], line: 1)])
    }

    @Test func anUnknownColumnIsNamedWithTheKnownOnes() {
        let (found, problems) = header(["code", "name", "areaa", ""])
        #expect(found == nil)
        #expect(problems.map(\.message.key) == ["csv.header_unknown", "csv.header_nameless"])
        #expect(problems.first?.message.arguments["known"] == "code, name, area")
    }
}
