import Foundation
import Storage
import TestSupport
import Testing

@testable import App

/// Temporary: figures for docs/decisions/0011.
@Suite(.serialized) struct ActivityScaleTests {
    @Test(arguments: Engine.allCases)
    func measure(_ engine: Engine) async throws {
        try await ActivityWorld.with(engine) { world in
            // 34 provinces of 100 communes (public) and 60 bodies (internal) each; 200,000 events.
            let origin = world.origin
            let base = world.now.milliseconds
            try await world.database.write { tx in
                var units: [[SQLValue]] = [], versions: [[SQLValue]] = [], edges: [[SQLValue]] = []
                func unit(_ id: Int64, _ parent: Int64, _ secrecy: Int64) {
                    let uid = UID.new(at: Instant(milliseconds: id)).text
                    units.append([.integer(id), .text(uid), .text(origin.text), .text("0001-01-01"), .text("9999-12-31"), .integer(secrecy), .integer(1)])
                    versions.append([.integer(id), .text("commune"), .integer(3), .text("u\(id)"), .text("u"), .text("u"), .text("0001-01-01"), .text("9999-12-31"), .text("")])
                    edges.append([.integer(id), .integer(parent), .text("territory"), .text("0001-01-01"), .text("9999-12-31"), .text("")])
                }
                for province in Int64(0)..<34 {
                    let p = 1_000 + province
                    unit(p, 1, 0)
                    for n in Int64(0)..<100 { unit(10_000 + province * 1_000 + n, p, 0) }
                    for n in Int64(0)..<60 { unit(10_000 + province * 1_000 + 500 + n, p, 1) }
                }
                try tx.insert(into: "unit", ["id", "uid", "origin", "from_day", "to_day", "secrecy", "version"], rows: units)
                try tx.insert(into: "unit_version", ["unit_id", "kind", "level", "name", "sort_key", "name_fold", "from_day", "to_day", "basis"], rows: versions)
                try tx.insert(into: "unit_edge", ["unit_id", "parent_id", "hierarchy", "from_day", "to_day", "basis"], rows: edges)
                try UnitMap(tx: tx).rebuild(today: ActivityWorld.today)
                let salt: [UInt8] = Array(repeating: 7, count: 16)
                // Almost everything happens in internal bodies of provinces 1 to 33; province 0 has few, long ago.
                func row(_ n: Int64) -> [SQLValue] {
                    let isOld = n < 2_000
                    let province = isOld ? 0 : 1 + n % 33
                    let isBody = !(isOld && n % 4 == 0)
                    let id = 10_000 + province * 1_000 + (isBody ? 500 + n % 60 : n % 100)
                    let uid = UID.new(at: Instant(milliseconds: base + n)).text
                    return [
                        .text(uid), .integer(base + n * 1_000), .integer(n % 500), .text("Nguyễn An, Chuyên viên"),
                        .text(n % 1_000 == 5 ? "moved" : "changed"), .text(n % 5 == 0 && isBody ? "office" : "unit"), .integer(id), .text(uid), .integer(id),
                        .text(#"{"actor":"Nguyễn An","after":{"name":"mới"},"at":"x","before":{"name":"cũ"},"subject":{"kind":"unit","uid":"u"},"verb":"changed"}"#),
                        .blob(salt), .integer(0), .integer(isBody ? 0 : 1),
                    ]
                }
                try tx.insert(
                    into: "event",
                    ["uid", "at", "person_id", "actor", "verb", "subject_kind", "subject_id", "subject_uid", "unit_id", "payload", "salt", "erased", "is_open"],
                    rows: (Int64(0)..<200_000).lazy.map(row))
                try tx.run("INSERT INTO audit_pending (event_id) SELECT id FROM event")
                if engine == .postgres { for t in ["event", "unit", "unit_reach", "unit_version"] { try tx.run(t == "event" ? "ANALYZE event" : t == "unit" ? "ANALYZE unit" : t == "unit_reach" ? "ANALYZE unit_reach" : "ANALYZE unit_version") } }
            }
            func viewer(_ unit: Int64, _ role: Role, _ ceiling: Secrecy = .internal) -> Viewer {
                let uid = UID.new(at: world.now)
                return Viewer(
                    identity: .person(id: ID(1), uid: uid, name: "A"),
                    office: Viewer.OfficeInUse(id: ID(1), uid: uid, title: "t", unit: ID(unit), unitName: "u"),
                    grants: [Viewer.Grant(role: role, hierarchy: .territory, unit: ID(unit), ceiling: ceiling)])
            }
            func time(_ name: String, _ viewer: Viewer, _ filter: EventFilter = EventFilter()) async throws {
                var best = Duration.seconds(99)
                var count = 0, total = 0
                for _ in 0..<5 {
                    let clock = ContinuousClock()
                    let took = try await clock.measure {
                        let page = try await world.recent(viewer, filter)
                        count = page.items.count
                        total = page.total
                    }
                    best = min(best, took)
                }
                print("SCALE \(engine) \(name): \(best) rows \(count) total \(total)")
            }
            try await time("system", .system("x"))
            try await time("country secretariat", viewer(1, .secretariat))
            try await time("province 0 (few, oldest)", viewer(1_000, .secretariat))
            try await time("province 5", viewer(1_005, .secretariat))
            try await time("province 5 moved", viewer(1_005, .secretariat), EventFilter(verb: .moved))
            try await time("anonymous", .anonymous)
            try await time("body focal", viewer(15_500, .focal))
            try await time("province 5 nothing found", viewer(1_005, .secretariat), EventFilter(verb: .erased))
            try await time("system nothing found", .system("x"), EventFilter(verb: .erased))
            let clock = ContinuousClock()
            let sealing = try await clock.measure { try await world.seal() }
            print("SCALE \(engine) seal 200k: \(sealing)")
            var report: AuditReport?
            let verifying = try await clock.measure { report = try await world.verify() }
            print("SCALE \(engine) verify 200k: \(verifying) \(report?.isIntact ?? false) \(report?.end ?? 0)")
        }
    }
}
