import Foundation
import Testing

@testable import App

/// Who has issued what, and who has a committee: the numbers that the demonstration is there to show.
@Suite struct DemoCoverageTests {
    private let sources: DemoSources

    init() throws { sources = try DemoSources() }

    @Test(arguments: [
        ("provinces-programme", 34), ("provinces-plan", 34), ("gia-lai-communes", 135), ("tay-ninh-communes", 96),
        ("ha-giang-districts", 11), ("tuyen-quang-departments", 5), ("tuyen-quang-communes", 124),
    ]) func everyUnitHasIssuedOrHasNot(_ key: String, _ count: Int) throws {
        let requirement = try #require(sources.documents.requirements.first { $0.key == key })
        let issued = requirement.issued.map(\.unit), all = sources.units(of: requirement)
        #expect(all.count == count)
        #expect(Set(issued + requirement.missing) == all && issued.count + requirement.missing.count == count)
        #expect(!requirement.missing.isEmpty)
        // There are early ones and late ones to be seen.
        let days = requirement.issued.compactMap { $0.date ?? $0.document.flatMap { sources.paper($0)?.day } }
        #expect(days.count == issued.count)
        #expect(days.contains { $0 <= requirement.due } && days.contains { $0 > requirement.due })
    }

    @Test func aPlanOfAProvinceFollowsItsProgramme() throws {
        let requirements = sources.documents.requirements
        let programmes = try #require(requirements.first { $0.key == "provinces-programme" })
        for plan in try #require(requirements.first { $0.key == "provinces-plan" }).issued {
            let programme = try #require(programmes.issued.first { $0.unit == plan.unit }, "\(plan.unit)")
            let first = try #require(programme.date ?? sources.paper(programme.document ?? "")?.day)
            let second = try #require(plan.date ?? sources.paper(plan.document ?? "")?.day)
            #expect(first <= second, "\(plan.unit)")
        }
    }

    @Test func seventyEightOfNinetySixCommunesOfTayNinhHaveACommittee() throws {
        let group = try #require(sources.committees.communes.first { $0.below == "gso-2025:80" })
        let with = group.committees.map { "gso-2025:\($0.unit)" }
        let without = try #require(group.without).map { "gso-2025:\($0)" }
        #expect(group.of == 96 && with.count == 78 && Set(with).count == 78 && without.count == 18)
        #expect(Set(with + without) == Set(sources.parents.filter { $1 == "gso-2025:80" }.map(\.key)))
        #expect(group.committees.contains { $0.has.count == 4 } && group.committees.contains { $0.has.count < 4 })
    }

    @Test func aSeatHasOneHeadAndAPortfolioASeat() throws {
        for entry in sources.committees.committees {
            #expect(entry.seats.filter { $0.position == "head" }.count == 1, "\(entry.key)")
            #expect(Set(entry.seats.map(\.title)).count == entry.seats.count, "\(entry.key)")
            for portfolio in entry.portfolios ?? [] {
                #expect(entry.seats.contains { $0.title == portfolio.seat }, "\(entry.key): \(portfolio.seat)")
                #expect(portfolio.localities.allSatisfy { sources.parents["gso-2025:\($0)"] == entry.host })
            }
            for seat in entry.seats {
                let isNumber = (try? DocumentNumber(parsing: seat.decision)) != nil
                #expect(isNumber || sources.paper(seat.decision) != nil, "\(entry.key): \(seat.decision)")
            }
        }
    }

    /// Of some fields nobody is in charge, of others two are: both are there to be seen.
    @Test func aFieldIsCoveredTwiceAndOneNotAtAll() throws {
        let province = try #require(sources.committees.committees.first { $0.key == "gia-lai" })
        let covered = (province.portfolios ?? []).flatMap(\.fields)
        #expect(covered.filter { $0 == "digital-society" }.count == 2 && !covered.contains("group-7"))
        let used = Set(sources.committees.committees.flatMap { $0.portfolios ?? [] }.flatMap(\.fields))
        #expect(Set(sources.committees.fields.map(\.key)).isSubset(of: used))
    }

    /// The provinces that were merged: their committee ends with the province.
    @Test func aCommitteeEndsWithItsProvince() throws {
        let old = sources.committees.committees.filter { $0.host.hasPrefix("gso-before-2025:") }
        #expect(old.count == 6)
        for entry in old {
            #expect(sources.world.units.first { $0.key == entry.unit }?.to == "2025-07-01", "\(entry.key)")
            #expect(entry.seats.allSatisfy { $0.to == "2025-07-01" }, "\(entry.key)")
        }
    }

    /// Secretariat, leader and focal person of the centre, Gia Lai, Tây Ninh and Tuyên Quang.
    @Test(arguments: [
        ["secretariat", "leader-central", "focal-central"], ["secretariat-province", "leader", "focal-commune"],
        ["secretariat-tay-ninh", "leader-tay-ninh", "focal-tay-ninh"],
        ["secretariat-tuyen-quang", "leader-tuyen-quang", "focal-tuyen-quang"],
    ]) func thoseWhoSteerCanSignIn(_ roles: [String]) {
        let grants = roles.map { role in
            sources.world.people.first { $0.role == role }?.offices.first?.grants.first?.role
        }
        #expect(grants == ["secretariat", "leader", "focal"])
    }
}
