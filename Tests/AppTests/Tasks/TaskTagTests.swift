import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// Tags and fields: how they are read, kept, and found again.
@Suite struct TaskTagTests {
    private func read(_ text: String) -> (tags: [String], problems: [String]) {
        var found = Validation()
        let tags = TaskTags.read(text, &found)
        return (tags, found.problems.map { "\($0.field) \($0.message.key)" })
    }

    @Test func eachIsKeptOnceAsTyped() {
        #expect(
            read(" Chuyển đổi số, hạ tầng;chuyen doi  SO\nDân cư,,").tags == ["Chuyển đổi số", "hạ tầng", "Dân cư"])
        #expect(read("").tags == [] && read("").problems == [])
        #expect(read("***").problems == ["tags task.error.tag_empty"])
        #expect(read(String(repeating: "a", count: 41)).problems == ["tags task.error.tag_long"])
        #expect(read((1...11).map { "n\($0)" }.joined(separator: ",")).problems == ["tags task.error.tags_many"])
        #expect(read((1...10).map { "n\($0)" }.joined(separator: ",")).problems == [])
    }

    @Test(arguments: Engine.allCases) func aTagIsFoundWithoutAccents(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let row = try await tasks.issued { draft in
                (draft.title, draft.tags) = ("Khảo sát hạ tầng số", ["Hạ tầng", "2026"])
            }
            _ = try await tasks.issued()
            for order in TaskFilter.Order.allCases {
                let found = try await tasks.names(as: tasks.secretariat) { ($0.tag, $0.order) = ("ha TANG", order) }
                #expect(found == ["Khảo sát hạ tầng số"], "\(order)")
            }
            let unit = try tasks.world.uid(.giaLai)
            #expect(try await tasks.names(as: tasks.secretariat) { ($0.tag, $0.unit) = ("2026", unit) }.count == 1)
            #expect(try await tasks.names(as: tasks.secretariat) { $0.tag = "ha" } == [], "a tag is found whole")
            #expect(try await tasks.names(as: tasks.viewer(.nobody)) { $0.tag = "2026" } == [])
            #expect(try await tasks.act { try $0.detail(row.uid).row.tags } == ["Hạ tầng", "2026"])
        }
    }

    /// Of a common tag the scopes are read, of a rare one its tasks: the answer is the same.
    @Test(arguments: Engine.allCases) func aCommonTagIsFoundInTheScopes(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued { $0.tags = ["chung"] }
            let now = tasks.now, draft = try tasks.draft { $0.tags = ["chung"] }, unit = try tasks.world.id(.front)
            try await tasks.act { store in
                for _ in 0..<1_001 { _ = try store.create(draft, assigning: unit, at: now) }
            }
            #expect(try await tasks.names(as: tasks.secretariat) { $0.tag = "chung" } == [task.task.title])
            #expect(try await tasks.names(as: tasks.performer.viewer) { $0.tag = "chung" } == [task.task.title])
        }
    }

    /// The Department of Science and Technology is the standing agency of the province's committee.
    @Test(arguments: Engine.allCases) func aFieldOfTheCommitteeFindsTheTask(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let (own, other, now) = (
                try tasks.world.committee(.provinceSteering).committee,
                try tasks.world.committee(.otherSteering).committee, tasks.now
            )
            let uids = try await tasks.act { store in
                let portfolios = PortfolioStore(CommitteeStore(tx: store.tx, viewer: store.viewer, today: store.today))
                for committee in [own, other] {
                    let field = FieldDraft(name: "Bán dẫn", english: "Semiconductors")
                    _ = try portfolios.addField(committee, field, seen: nil, at: now)
                }
                return try store.tx.all("SELECT uid FROM work_field WHERE family = 'own' ORDER BY id").map {
                    try $0.uid(0)
                }
            }
            let (mine, foreign) = (try #require(uids.first), try #require(uids.last))
            let refused = await tasks.refusal { _ = try await tasks.drafted { $0.field = foreign } }
            #expect(refused == ["field task.error.field_unknown"])
            let row = try await tasks.issued { ($0.title, $0.field) = ("Đào tạo kỹ sư vi mạch", mine) }
            #expect(row.field?.name == "Bán dẫn")
            #expect(try await tasks.names(as: tasks.secretariat) { $0.field = mine } == ["Đào tạo kỹ sư vi mạch"])
            let unknown = await tasks.refusal {
                _ = try await tasks.names(as: tasks.secretariat) { $0.field = foreign }
            }
            #expect(unknown == ["not found"])
            let pillar = try await tasks.act {
                try #require(try WorkField.common($0.tx).first { $0.family == .pillar })
            }
            _ = try await tasks.issued { ($0.title, $0.pillar) = ("Phát triển xã hội số toàn tỉnh", pillar.code) }
            let uid = pillar.uid
            #expect(
                try await tasks.names(as: tasks.secretariat) { $0.field = uid } == ["Phát triển xã hội số toàn tỉnh"])
        }
    }

    @Test func aProgramSetsAndReadsThem() async throws {
        try await World.with(.sqlite) { world in
            let api = try world.api(as: .secretariat), unit = try world.uid(.science).text
            let made = try await api.send(
                .post, "/api/v1/tasks", json: ["title": "Lập danh mục", "lead_unit": unit, "tags": "Dữ liệu, mở"])
            #expect(made.json["tags"] as? [String] == ["Dữ liệu", "mở"], "\(made.text)")
            let list = try await api.get("/api/v1/tasks?which=draft&tag=du+lieu")
            let items = try #require(list.json["items"] as? [[String: Any]])
            #expect(items.map { $0["title"] as? String } == ["Lập danh mục"])
            #expect(items.first?["tags"] as? [String] == ["Dữ liệu", "mở"])
            let text = try await world.browser(as: .secretariat).get("/tasks.csv?which=draft&tag=mo").text
            #expect(text.contains("Dữ liệu, mở"))
            #expect(try await api.get("/api/v1/tasks?tag=***").status == 422)
        }
    }
}
