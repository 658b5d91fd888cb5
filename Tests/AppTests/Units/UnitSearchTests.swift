import Foundation
import Storage
import TestSupport
import Testing

@testable import App

/// Search over the whole country, the same on both engines.
@Suite(.serialized) struct UnitSearchTests {
    /// The real registry of today on one engine.
    private func country<T>(_ engine: Engine, _ body: (ImportWorld) async throws -> T) async throws -> T {
        try await ImportWorld.with(engine) { world in
            let file = ImportWorld.folder.appending(path: "units-2025.csv")
            let text = try String(contentsOf: file, encoding: .utf8)
            var options = UnitImportOptions()
            options.from = Day(parsing: "2025-07-01")
            let report = try await world.load(text: text, options)
            try #require(report.problems.isEmpty, "\(report.problems.shown.prefix(3))")
            return try await body(world)
        }
    }

    private func search(_ world: ImportWorld, _ texts: [String], limit: Int = 10) async throws -> [[String]] {
        try await world.database.read { tx in
            let store = UnitStore(tx: tx, viewer: .system("test"), today: ImportWorld.today)
            return try texts.map { text in
                var filter = UnitFilter()
                filter.text = text
                return try store.list(filter, page: PageRequest(after: nil, limit: limit)).items.map {
                    "\($0.code ?? "") \($0.name), \($0.parent?.name ?? "")"
                }
            }
        }
    }

    @Test(arguments: Engine.allCases) func wordsWithoutAccentsFindTheName(_ engine: Engine) async throws {
        try await country(engine) { world in
            let found = try await search(world, ["dak lak", "đắk lắk", "ĐẮK LẮK", "quy nhon", "hoang sa"])
            #expect(found[0].first == "66 Tỉnh Đắk Lắk, Việt Nam")
            #expect(found[1] == found[0])
            #expect(found[2] == found[0])
            #expect(found[3].first == "21583 Phường Quy Nhơn, Tỉnh Gia Lai")
            #expect(found[4].first?.contains("Hoàng Sa") == true)
        }
    }

    /// Every commune is among the first ten for its own name without accents; where more than ten share the folded
    /// name, with its province behind it. The order is the same on both engines.
    @Test func everyCommuneIsFoundAmongTheFirstTenInTheSameOrder() async throws {
        var results: [[[String]]] = []
        for engine in Engine.allCases {
            let found = try await country(engine) { world in
                let communes = try await communes(world)
                try #require(communes.count == 3_321)
                let shared = Dictionary(grouping: communes) { TextFold.fold($0.name) }.mapValues(\.count)
                let queries = communes.map { commune in
                    let folded = TextFold.fold(commune.name)
                    return shared[folded, default: 0] > 10 ? folded + " " + TextFold.fold(commune.parent) : folded
                }
                let found = try await search(world, queries)
                let missed = zip(communes, found).filter { commune, rows in
                    !rows.contains { $0.hasPrefix(commune.code + " ") }
                }
                #expect(missed.isEmpty, "\(missed.prefix(3))")
                return found
            }
            results.append(found)
        }
        #expect(results[0] == results[1])
    }

    private func communes(_ world: ImportWorld) async throws -> [(code: String, name: String, parent: String)] {
        try await world.database.read { tx in
            var filter = UnitFilter()
            filter.level = .commune
            var all: [(code: String, name: String, parent: String)] = []
            try UnitStore(tx: tx, viewer: .system("test"), today: ImportWorld.today).each(filter) {
                all.append(($0.code ?? "", $0.name, $0.parent?.name ?? ""))
            }
            return all
        }
    }

    @Test(arguments: Engine.allCases) func pagesFollowEachOtherWithoutGapsOrRepeats(_ engine: Engine) async throws {
        try await country(engine) { world in
            for order in UnitFilter.Order.allCases {
                for isDescending in [false, true] {
                    let walked = try await walk(world, order, isDescending)
                    #expect(walked.count == 34 + 3_321 + 1, "\(order) \(isDescending)")
                    #expect(Set(walked).count == walked.count)
                }
            }
        }
    }

    private func walk(_ world: ImportWorld, _ order: UnitFilter.Order, _ isDescending: Bool) async throws -> [UID] {
        try await world.database.read { tx in
            let store = UnitStore(tx: tx, viewer: .system("test"), today: ImportWorld.today)
            var filter = UnitFilter()
            filter.order = order
            filter.isDescending = isDescending
            var all: [UID] = []
            var after: Cursor?
            repeat {
                let page = try store.list(filter, page: PageRequest(after: after, limit: 200))
                all += page.items.map(\.uid)
                after = page.next
            } while after != nil && all.count < 10_000
            return all
        }
    }
}
