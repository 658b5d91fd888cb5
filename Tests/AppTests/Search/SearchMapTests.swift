import Storage
import TestSupport
import Testing

@testable import App

/// The index follows what is done, in the transaction in which it is done.
@Suite struct SearchMapTests {
    @Test(arguments: Engine.allCases) func theWorldIsInOrder(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            #expect(try await world.searchDisorder() == 0)
        }
    }

    @Test(arguments: Engine.allCases) func everyActOnADocumentIsFollowed(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { documents in
            let world = documents.world, now = documents.now, today = documents.today
            func found(_ text: String) async throws -> [String] {
                #expect(try await world.searchDisorder() == 0, "\(text)")
                return try await world.search(text, as: .system("test")).cards.map(\.state)
            }
            let draft = try await documents.draft(.science, "Kế hoạch phủ sóng Zyqxova")
            #expect(try await found("phu song zyqxova") == ["draft"])
            let issued = try await documents.issue(draft)
            #expect(try await found("zyqxova") == ["issued"])
            #expect(try await found("\(issued.document.sign) zyqxova") == ["issued"])
            _ = try await documents.act {
                try $0.write(
                    draft.uid, [DocumentParagraph(label: "III.2", text: "Đến 2027 mọi thôn có Wabzeq")], seen: nil,
                    at: now)
            }
            #expect(try await found("moi thon wabzeq") == ["issued"])
            _ = try await documents.act {
                try $0.withdraw(draft.uid, DocumentWithdrawal(on: today, reason: "Thay"), seen: nil, at: now)
            }
            #expect(try await found("zyqxova") == ["withdrawn"])
            let other = try await documents.draft(.science, "Bản nháp Zyqxovb")
            #expect(try await found("zyqxovb") == ["draft"])
            try await documents.act { try $0.discard(other.uid, seen: nil, at: now) }
            #expect(try await found("zyqxovb") == [])
        }
    }

    @Test(arguments: Engine.allCases) func everyActOnATaskIsFollowed(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            func found(_ text: String) async throws -> [String] {
                #expect(try await tasks.disorder() == [], "\(text)")
                return try await tasks.world.search(text, as: tasks.secretariat).cards.map(\.state)
            }
            let row = try await tasks.drafted { $0.title = "Lập bản đồ Zyqxova" }
            #expect(try await found("zyqxova") == ["draft"])
            let changed = try tasks.draft { $0.title = "Lập bản đồ Wabzeq" }, now = tasks.now
            _ = try await tasks.act(as: tasks.secretariat) { try $0.change(row.uid, changed, seen: nil, at: now) }
            #expect(try await found("zyqxova") == [])
            #expect(try await found("wabzeq") == ["draft"])
            for (act, viewer) in [
                (TaskWorkflow.Act.issue, tasks.secretariat), (.accept, tasks.performer.viewer),
                (.progress, tasks.performer.viewer), (.declare, tasks.performer.viewer),
                (.return, tasks.secretariat), (.cancel, tasks.secretariat), (.reopen, tasks.secretariat),
            ] {
                let after = try await tasks.does(act, row.uid, as: viewer)
                #expect(try await found("wabzeq") == [after.task.workflow.state.rawValue], "\(act)")
            }
            let other = try await tasks.drafted { $0.title = "Nháp Zyqxovb" }
            try await tasks.act(as: tasks.secretariat) { try $0.discard(other.uid, seen: nil, at: now) }
            #expect(try await found("zyqxovb") == [])
        }
    }

    /// What the doctor would find, and mend.
    @Test(arguments: Engine.allCases) func whatIsWrongIsCountedAndMadeAnew(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let row = try await tasks.issued { $0.title = "Lập bản đồ Zyqxova" }
            try await tasks.world.database.write { tx in
                try tx.run("UPDATE task SET description = 'Wabzeq' WHERE uid = \(row.uid)")
                let found = try SearchMap(tx: tx).differences()
                #expect(found.map(\.missing) == [1, 0] && found.map(\.surplus) == [1, 0])
                try tx.run("DELETE FROM task_scope WHERE task_id = \(row.task.id)")
                try SearchMap(tx: tx).rebuild()
                #expect(try SearchMap(tx: tx).differences().map { $0.missing + $0.surplus } == [0, 0])
            }
            #expect(try await tasks.world.search("wabzeq", as: .system("test")).total == 1)
            #expect(try await tasks.world.search("wabzeq", as: tasks.secretariat).total == 0)
        }
    }

    /// On SQLite, which alone has them.
    @Test func codesThatAreWrongAreCountedAndMadeAnew() async throws {
        try await TaskWorld.with(.sqlite) { tasks in
            let row = try await tasks.issued { $0.title = "Lập bản đồ Zyqxova" }
            try await tasks.world.database.write { tx in
                func codes() throws -> [Int] {
                    let found = try SearchMap(tx: tx).differences().filter { $0.table == "search_code" }
                    return found.flatMap { [$0.missing, $0.surplus] }
                }
                let own: SQL = "id = (SELECT id FROM search_entry WHERE title LIKE '%zyqxova%')"
                let count = try tx.first("SELECT COUNT(*) FROM search_code WHERE \(own)")?.int(0) ?? 0
                #expect(count > 0)
                try tx.run("UPDATE search_code SET state = 'closed' WHERE \(own)")
                #expect(try codes() == [count, count])
                try tx.run("DELETE FROM search_code WHERE \(own)")
                #expect(try codes() == [count, 0])
                try tx.run(
                    "INSERT INTO search_code (region_id, id, state, type, pillar, unit_id) VALUES (7, 8, 'draft', '', '', 9)"
                )
                #expect(try codes() == [count, 1])
                try SearchMap(tx: tx).rebuild()
                #expect(try codes() == [0, 0])
            }
            #expect(
                try await tasks.world.search("zyqxova", as: tasks.secretariat).cards.map(\.subject.uid) == [row.uid])
        }
    }

    /// An installation from before there was search fills it by itself, in portions; what was ended in the middle, or
    /// changed meanwhile, is no end.
    @Test(arguments: Engine.allCases) func anUpgradeFillsTheIndex(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let filling = SearchFilling(database: world.database, first: 3, portion: 4)
            #expect(try await !filling.isNeeded())
            try await world.database.write { tx in
                try tx.emptySearch()
                let keys = try SearchSource.of(.task).keys(tx, 0, 100)
                try SearchMap(tx: tx).refresh(.task, [keys[0]] + keys.dropFirst(3))
            }
            #expect(try await filling.isNeeded())
            try await filling.run()
            #expect(try await !filling.isNeeded())
            #expect(try await world.searchDisorder() == 0)
            #expect(try await SearchJobs.filling(world.services).isNeeded() == false)
        }
    }

    /// Many small changes leave the index in pieces; put together it finds the same.
    @Test(arguments: Engine.allCases) func theIndexIsPutTogether(_ engine: Engine) async throws {
        try await World.with(engine) { world async throws in
            let filling = SearchFilling(database: world.database, first: 1, portion: 1)
            try await world.database.write { tx in
                try tx.emptySearch()
            }
            for key in try await world.database.read({ try SearchSource.of(.task).keys($0, 0, 100) }) {
                try await world.database.write { try SearchMap(tx: $0).refresh(.task, [key]) }
            }
            func pieces() async throws -> Int {
                guard engine == .sqlite else { return 1 }
                return try await world.database.read { tx in
                    try tx.first("SELECT COUNT(DISTINCT segid) FROM search_words_idx")?.int(0) ?? 0
                }
            }
            if engine == .sqlite { #expect(try await pieces() > 1) }
            try await SearchTidying(database: world.database, pages: 1).run()
            #expect(try await pieces() == 1)
            try await filling.run()
            #expect(try await pieces() == 1)
            #expect(try await world.searchDisorder() == 0)
        }
    }

    /// Of a state secret number and holder are found, and nothing else is kept of it.
    @Test(arguments: Engine.allCases) func aStateSecretIsFoundByItsReference(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { documents in
            var draft = DocumentDraft(type: .report, issuer: try documents.world.uid(.committee), title: "")
            draft.secrecy = .restricted
            var paper = DocumentRegistration(draft: draft, sign: "77/BC-UBND", issuedOn: documents.today)
            (paper.isReference, paper.holder) = (true, "Phòng Lưu trữ")
            let asked = paper, now = documents.now
            let row = try await documents.act { try $0.register(asked, at: now) }
            let found = try await documents.world.search("77 BC UBND", as: .system("test"))
            #expect(found.cards.map(\.subject.uid).contains(row.uid))
            #expect(found.cards.first?.passages == ["Phòng Lưu trữ"])
            let focal = try await documents.world.viewer(.focal)
            #expect(try await documents.world.search("77 BC UBND", as: focal).total == 0)
            #expect(try await documents.world.searchDisorder() == 0)
        }
    }
}

extension Transaction {
    /// As before there was search.
    fileprivate func emptySearch() throws {
        try run("DELETE FROM search_entry")
        try SearchCodes(tx: self).removeAll()
        if engine == .sqlite { try run("INSERT INTO search_words (search_words) VALUES ('rebuild')") }
    }
}
