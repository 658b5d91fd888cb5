import Storage
import TestSupport
import Testing

@testable import App

/// Renaming, moving, dissolving: what is kept, what is refused, on both engines.
@Suite struct UnitChangesTests {
    private let day = Day(parsing: "2026-12-01") ?? .never

    /// As the system, in one transaction.
    private func change<T: Sendable>(
        _ world: World, _ body: @escaping @Sendable (UnitStore) throws -> T
    ) async throws -> T {
        let today = world.today
        return try await world.database.write { tx in
            try body(UnitStore(tx: tx, viewer: .system("test"), today: today))
        }
    }

    private func fields(of error: any Error) -> [String] {
        guard case .invalid(let problems)? = error as? AppError else { return ["\(error)"] }
        return problems.map { "\($0.field) \($0.message.key)" }
    }

    /// The problems of a change that must be refused.
    private func refusal(
        _ world: World, _ body: @escaping @Sendable (UnitStore) throws -> Void
    ) async throws -> [String] {
        do {
            try await change(world, body)
            return []
        } catch { return fields(of: error) }
    }

    @Test(arguments: Engine.allCases) func aNewNameCountsFromItsDayAndTheOldOneStays(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let ward = try world.uid(.quyNhon)
            let (day, before) = (day, day.adding(days: -1))
            let names = try await change(world) { store in
                let rename = UnitRenaming(name: "Phường Quy Nhơn Mới", kind: .ward, from: day, basis: "QĐ 1")
                _ = try store.rename(ward, rename, seen: nil, at: World.start)
                return [try store.find(ward, on: before).name, try store.find(ward, on: day).name]
            }
            #expect(names == ["Phường Quy Nhơn", "Phường Quy Nhơn Mới"])
            let found = try await change(world) { store in
                var filter = UnitFilter()
                filter.text = "quy nhon moi"
                return try store.list(filter, on: day, page: .first).items.map(\.uid)
            }
            #expect(found == [ward])
        }
    }

    @Test(arguments: Engine.allCases) func aChangeFromAnOlderStateIsRefused(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let ward = try world.uid(.quyNhon)
            let (day, later) = (day, day.adding(days: 7))
            let unit = try await change(world) { try $0.find(ward) }
            let since = Overtaken(subject: unit.subject, seen: unit.unit.version, present: unit.unit.version + 1)
            await #expect(throws: AppError.stale(Message("unit.error.stale"), since)) {
                try await change(world) { store in
                    let seen = try store.find(ward).unit.version
                    let first = UnitRenaming(name: "Phường A", kind: .ward, from: day, basis: "1")
                    _ = try store.rename(ward, first, seen: seen, at: World.start)
                    let second = UnitRenaming(name: "Phường B", kind: .ward, from: later, basis: "2")
                    _ = try store.rename(ward, second, seen: seen, at: World.start)
                }
            }
            let name = try await change(world) { try $0.find(ward, on: later).name }
            #expect(name == "Phường Quy Nhơn", "nothing of a refused act stays")
        }
    }

    @Test(arguments: Engine.allCases) func aMoveChangesTheSubtreeFromItsDay(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let (ward, province) = (try world.uid(.pleiku), try world.uid(.tayNinh))
            let (day, before) = (day, day.adding(days: -1))
            let paths = try await change(world) { store in
                let move = UnitMove(hierarchy: .territory, parent: province, from: day, basis: "NQ")
                let moved = try store.move(ward, move, seen: nil, at: World.start)
                let id = moved.unit.id
                return [try store.path(of: id, on: before), try store.path(of: id, on: day)].map { $0.map(\.name) }
            }
            #expect(paths[0].last == "Tỉnh Gia Lai")
            #expect(paths[1].last == "Tỉnh Tây Ninh")
            let today = world.today
            let differences = try await world.database.read { try UnitMap(tx: $0).differences(today: today) }
            #expect(differences.allSatisfy { $0.missing == 0 && $0.surplus == 0 }, "\(differences)")
        }
    }

    @Test(arguments: Engine.allCases) func aUnitCannotStandBelowItself(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let (committee, science) = (try world.uid(.committee), try world.uid(.science))
            let day = day
            let problems = try await refusal(world) { store in
                let down = UnitMove(hierarchy: .state, parent: committee, from: store.today, basis: "1")
                let stands = try store.parents(of: try store.find(science).unit.id).contains { $0.hierarchy == .state }
                if !stands { _ = try store.move(science, down, seen: nil, at: World.start) }
                let up = UnitMove(hierarchy: .state, parent: science, from: day, basis: "2")
                _ = try store.move(committee, up, seen: nil, at: World.start)
            }
            #expect(problems == ["parent unit.error.cycle"])
        }
    }

    @Test(arguments: Engine.allCases) func aUnitWithUnitsBelowIsNotDissolved(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let ward = try world.uid(.quyNhon)
            let day = day
            do {
                try await change(world) { store in
                    _ = try store.dissolve(ward, UnitDissolution(from: day, basis: "x"), seen: nil, at: World.start)
                }
                Issue.record("the ward still has its People's Committee")
            } catch AppError.conflict(let message) {
                #expect(message.key == "unit.error.has_children")
            }
        }
    }

    @Test(arguments: Engine.allCases) func aDissolvedUnitIsSeenAsItWas(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let clinic = try world.uid(.communeClinic)
            let day = day
            let ended = try await change(world) { store in
                _ = try store.dissolve(clinic, UnitDissolution(from: day, basis: "QĐ"), seen: nil, at: World.start)
                return try store.find(clinic, on: day)
            }
            #expect(ended.hasEnded(on: day))
            #expect(!ended.hasEnded(on: day.adding(days: -1)))
            #expect(ended.parent != nil, "the last parent is kept")
        }
    }

    @Test(arguments: Engine.allCases) func eachWrongFieldIsNamed(_ engine: Engine) async throws {
        try await World.with(engine) { world in
            let (ward, province) = (try world.uid(.quyNhon), try world.uid(.giaLai))
            let cases: [([String: String], String)] = [
                (["kind": "planet"], "kind field.choice"), (["name": ""], "name field.missing"),
                (["name": String(repeating: "x", count: 201)], "name field.long"),
                (["from": "31/02/2026"], "from field.day"),
                (["parent": "nowhere at all"], "parent unit.error.parent_unknown"),
                (["parent": ward.text, "kind": "province"], "parent unit.error.parent_too_low"),
                (["latitude": "91", "longitude": "1"], "latitude unit.error.degrees"),
                (["latitude": "1"], "latitude unit.error.half_a_place"),
                (["area_km2": "-1"], "area_km2 unit.error.area"),
                (["area_km2": "99999999999999999999999"], "area_km2 unit.error.area"),
                (["code": "52", "scheme": "gso-2025"], "code unit.error.code_taken"),
                (["code": "1", "scheme": ""], "scheme unit.error.scheme_missing"),
                (["name": "Phường Quy Nhơn"], "name unit.error.twin"),
                (["from": "2020-01-01"], "parent unit.error.parent_not_yet"),
            ]
            for (wrong, expected) in cases {
                var typed = [
                    "kind": "ward", "name": "Phường Mới", "parent": province.text, "from": "2026-12-01",
                    "secrecy": "public",
                ]
                typed.merge(wrong) { $1 }
                let fields = Fields(raw: typed)
                let problems = try await refusal(world) { store in
                    var form = UnitForm(fields, store: store)
                    _ = try store.create(try form.draft(), at: World.start)
                }
                #expect(problems.contains(expected), "\(wrong) gave \(problems)")
            }
        }
    }
}
