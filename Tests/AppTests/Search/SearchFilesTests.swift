import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import App

/// What stands in the files of a task or document finds it, for whoever may know of it and for nobody else.
@Suite struct SearchFilesTests {
    /// Gives a file to a task and reads its text, as the job does.
    private func attach(_ text: String, _ name: String, to task: UID, in tasks: TaskWorld) async throws {
        let files = tasks.world.services.files, now = tasks.now
        let received = try await files.receive(Array(text.utf8), name: name)
        let kept = try await AttachmentIntake(files).keep([received])
        try await tasks.act { try $0.attach(kept, to: task, at: now) }
        _ = try await tasks.world.readTexts()
    }

    /// Titles by both ways to look: the scopes that hold few records, and the words of many.
    private func found(_ tasks: TaskWorld, _ text: String, as viewer: Viewer) async throws -> [String] {
        var ways: [[String]] = []
        for few in [-1, 1_500] {
            let result = try await tasks.world.search(text, as: viewer) { _, store in store.limits.few = few }
            #expect(result.total == result.cards.count && !result.filesCut)
            #expect(result.facets.kinds.map(\.count).reduce(0, +) == result.total)
            ways.append(result.cards.map(\.title))
        }
        #expect(ways.first == ways.last)
        return ways.first ?? []
    }

    @Test(arguments: Engine.allCases) func aTaskIsFoundByWhatItsFilesSay(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let task = try await tasks.issued { $0.title = "Khảo sát hạ tầng số" }
            try await attach("Biên bản nghiệm thu tại thôn Zyqxova", "bien-ban.txt", to: task.uid, in: tasks)
            try await attach("Danh sách cáp quang", "danh-sach.txt", to: task.uid, in: tasks)
            let known = ["Khảo sát hạ tầng số"]
            #expect(try await found(tasks, "zyqxova", as: tasks.secretariat) == known)
            #expect(try await found(tasks, "bien ban ZYQXOVA", as: tasks.performer.viewer) == known)
            #expect(try await found(tasks, "zyqxova", as: .system("test")) == known)
            // All the words stand in one file, and whole.
            #expect(try await found(tasks, "zyqxova cap quang", as: tasks.secretariat) == [])
            #expect(try await found(tasks, "zyqxov", as: tasks.secretariat) == [])
            #expect(try await found(tasks, "zyqxova", as: tasks.viewer(.nobody)) == [])
            // Found by its own words too, it is one hit; the page names the file.
            try await attach("Khảo sát hạ tầng số", "de-cuong.txt", to: task.uid, in: tasks)
            #expect(try await found(tasks, "khao sat ha tang", as: tasks.secretariat) == known)
            let browser = try tasks.world.browser(as: .secretariat)
            #expect(try await browser.get("/search?q=zyqxova").text.contains("Trong tệp: bien-ban.txt"))
            let hit = try await tasks.world.api(as: .secretariat).get("/api/v1/search?q=zyqxova").json
            #expect((hit["items"] as? [[String: Any]])?.first?["file"] as? String == "bien-ban.txt")
            // What was withdrawn is not found any more.
            let (now, secretariat) = (tasks.now, tasks.secretariat)
            try await tasks.act(as: secretariat) { store in
                let file = try #require(try store.files(of: task).first).attachment.uid
                try store.detach(file, of: task.uid, reason: "Nhầm tệp", at: now)
            }
            #expect(try await found(tasks, "zyqxova", as: tasks.secretariat) == [])
        }
    }

    /// Neither a hit, nor a count, nor a name, for whoever does not know of the task.
    @Test(arguments: Engine.allCases) func aFileOfARestrictedTaskTellsNobodyElse(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let row = try await tasks.given(by: .science, .open) {
                ($0.title, $0.secrecy) = ("Việc kín bảo vệ mạng", .restricted)
            }
            try await attach("Mật khẩu Zyqxova", "mat-zyqxova.txt", to: row.uid, in: tasks)
            #expect(try await found(tasks, "zyqxova", as: tasks.performer.viewer) == ["Việc kín bảo vệ mạng"])
            for viewer in [tasks.colleague.viewer, tasks.secretariat, tasks.viewer(.nobody), .anonymous] {
                #expect(try await found(tasks, "zyqxova", as: viewer) == [], "\(viewer.name)")
                for order in SearchFilter.Order.allCases {
                    let all = try await tasks.world.search("zyqxova", as: viewer) { filter, store in
                        (filter.reach, filter.order, store.limits.few) = (.everything, order, -1)
                    }
                    #expect(all.total == 0 && all.facets.units.isEmpty && !all.filesCut, "\(viewer.name)")
                }
            }
            for path in ["/search?q=zyqxova&reach=all", "/api/v1/search?q=zyqxova"] {
                #expect(try await !tasks.world.browser(as: .secretariat).get(path).text.contains("mat-zyqxova"))
            }
            // A public one is found by everybody who asks for those of others.
            let there = try await tasks.hire(.quyNhon, "Chuyên viên")
            let open = try await tasks.given(by: .science, .open) {
                ($0.title, $0.secrecy, $0.leadUnit) = ("Việc công khai", .public, try tasks.world.uid(.quyNhon))
                ($0.performer, $0.leader) = (there.office.uid, tasks.chairman.office.uid)
            }
            try await attach("Thôn Qyvara", "thon.txt", to: open.uid, in: tasks)
            let wide = try await tasks.world.search("qyvara", as: tasks.viewer(.nobody)) { filter, _ in
                filter.reach = .everything
            }
            #expect(wide.cards.map(\.title) == ["Việc công khai"])
            #expect(try await found(tasks, "qyvara", as: tasks.viewer(.nobody)) == [])
        }
    }

    /// With more than are looked at, the newest are, and it is said.
    @Test(arguments: Engine.allCases) func ofManyTheNewestAreLookedAt(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            var uids: [UID] = []
            for number in 0..<4 {
                let task = try await tasks.issued { $0.title = "Việc số \(number)" }
                try await attach("Thôn Zyqxova \(number)", "thon-\(number).txt", to: task.uid, in: tasks)
                uids.append(task.uid)
            }
            let first = try await tasks.world.search("zyqxova", as: tasks.secretariat) { _, store in
                (store.limits.few, store.limits.files) = (-1, 2)
            }
            #expect(first.filesCut && first.cards.map(\.subject.uid) == Array(uids.suffix(2).reversed()))
            let all = try await tasks.world.search("zyqxova", as: tasks.secretariat) { _, store in
                (store.limits.few, store.limits.files) = (-1, 4)
            }
            #expect(!all.filesCut && all.total == 4)
        }
    }

    @Test(arguments: Engine.allCases) func aDocumentIsFoundByWhatItsFilesSay(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let document = try world.documents(.science).issued
            _ = try await world.database.write { tx in try tx.run("UPDATE attachment SET text_state = 'waiting'") }
            _ = try await world.readTexts()
            let word = DocumentSet.fileText.split(separator: " ").first.map(String.init) ?? ""
            let hits = try await world.search(word, as: try await world.viewer(.secretariat)) { filter, _ in
                filter.kind = .document
            }
            #expect(hits.cards.contains { $0.subject.uid == document && $0.file != nil }, "\(hits.lines)")
        }
    }
}
