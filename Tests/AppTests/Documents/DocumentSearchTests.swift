import Storage
import TestSupport
import Testing

@testable import App

@Suite struct DocumentSearchTests {
    private func fill(_ world: DocumentWorld) async throws {
        for (sign, type, day, title, aliases) in [
            ("57-NQ/TW", DocumentType.resolution, "2024-12-22", "Về đột phá phát triển khoa học, công nghệ", "57/2024"),
            ("204-QĐ/TW", .decision, "2024-11-29", "Đề án chuyển đổi số trong các cơ quan đảng", ""),
            ("283/KH-UBND", .plan, "2025-09-24", "Thực hiện Nghị quyết 71/NQ-CP tại Đồng Tháp", "Kế hoạch 283"),
            ("06/QĐ-TTg", .decision, "2022-01-06", "Đề án phát triển ứng dụng dữ liệu dân cư", "Đề án 06"),
        ] {
            var draft = DocumentDraft(type: type, issuer: try world.world.uid(.vietnam), title: title)
            draft.secrecy = .public
            draft.aliases = aliases.isEmpty ? [] : [aliases]
            let paper = DocumentRegistration(draft: draft, sign: sign, issuedOn: try world.day(day)), now = world.now
            _ = try await world.act { try $0.register(paper, at: now) }
        }
    }

    @Test(arguments: Engine.allCases) func aNumberIsFoundInAnySpelling(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            try await fill(world)
            for (text, expected) in [
                ("57-NQ/TW", "57-NQ/TW"), ("số 57 - nq / tw", "57-NQ/TW"), ("204-QD/TW", "204-QĐ/TW"),
                ("204-QÐ/TW", "204-QĐ/TW"), ("283/kh-ubnd", "283/KH-UBND"), ("283", "283/KH-UBND"),
                ("283 kh", "283/KH-UBND"), ("283/KH-U", "283/KH-UBND"), ("6/QĐ-TTg", "06/QĐ-TTg"),
                ("57/2024", "57-NQ/TW"), ("204/2024", "204-QĐ/TW"), ("đề án 06", "06/QĐ-TTg"), ("de an 6", "06/QĐ-TTg"),
            ] {
                let found = try await world.names(as: .nobody) { $0.text = text }
                #expect(found == [expected], "\(text)")
            }
        }
    }

    @Test(arguments: Engine.allCases) func wordsAreFoundWithoutAccentsInAnyOrderAndTheLastUnfinished(_ engine: Engine)
        async throws
    {
        try await DocumentWorld.with(engine) { world in
            try await fill(world)
            for (text, expected) in [
                ("khoa hoc", ["57-NQ/TW"]), ("CÔNG NGHỆ đột phá", ["57-NQ/TW"]), ("chuyen doi", ["204-QĐ/TW"]),
                ("chuye", ["204-QĐ/TW"]), ("phat trien", ["57-NQ/TW", "06/QĐ-TTg"]), ("khong co gi", []),
                ("phát triển dân", ["06/QĐ-TTg"]),
            ] {
                #expect(try await world.names(as: .nobody) { $0.text = text } == expected, "\(text)")
            }
        }
    }

    @Test(arguments: Engine.allCases) func aNameThatIsTypedFindsItsDocument(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            try await fill(world)
            for (text, expected) in [
                ("57/2024", "57-NQ/TW"), ("Kế hoạch 283", "283/KH-UBND"), ("204/2024", "204-QĐ/TW"),
                ("Đề án chuyển đổi số trong các cơ quan đảng", "204-QĐ/TW"), ("de an 06", "06/QĐ-TTg"),
            ] {
                #expect(try await world.act(as: .nobody) { try $0.find(typed: text)?.name } == expected, "\(text)")
            }
            #expect(try await world.act(as: .nobody) { try $0.find(typed: "phát triển") } == nil)
        }
    }

    @Test(arguments: Engine.allCases) func filtersNarrowAndListsAreOrdered(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            try await fill(world)
            let country = try world.world.uid(.vietnam)
            #expect(try await world.names(as: .nobody) == ["283/KH-UBND", "57-NQ/TW", "204-QĐ/TW", "06/QĐ-TTg"])
            #expect(try await world.names(as: .nobody) { $0.year = 2024 } == ["57-NQ/TW", "204-QĐ/TW"])
            #expect(try await world.names(as: .nobody) { $0.type = .decision } == ["204-QĐ/TW", "06/QĐ-TTg"])
            #expect(try await world.names(as: .nobody) { ($0.issuer, $0.year) = (country, 2022) } == ["06/QĐ-TTg"])
            #expect(try await world.names(as: .nobody) { ($0.text, $0.year) = ("de an", 2022) } == ["06/QĐ-TTg"])
            #expect(
                try await world.names(as: .nobody) { ($0.order, $0.isDescending) = (.title, false) }
                    == ["204-QĐ/TW", "06/QĐ-TTg", "283/KH-UBND", "57-NQ/TW"])
        }
    }

    /// Every page of every order, by viewers of one scope and of many: no gap, no repeat, the same on both engines.
    @Test func pagesFollowEachOtherTheSameOnBothEngines() async throws {
        var walks: [[String]] = []
        for engine in Engine.allCases {
            try await DocumentWorld.with(engine) { world in
                try await fill(world)
                let (draft, now) = (try world.plan(.wardCommittee, "Kế hoạch phường"), world.now)
                let first = try world.day("2026-02-01")
                try await world.act { store in
                    for number in 100..<160 {
                        var draft = draft
                        draft.title += " \(number % 7)"
                        draft.secrecy = Secrecy(rawValue: number % 3) ?? .internal
                        let paper = DocumentRegistration(
                            draft: draft, sign: "\(number)/KH-UBND", issuedOn: first.adding(days: number % 5))
                        try store.register(paper, at: now)
                    }
                }
                var walked: [String] = []
                for who in [Who.root, .administrator, .nobody] {
                    for order in DocumentFilter.Order.allCases {
                        for isDescending in [false, true] {
                            for text in ["", "ke hoach", "phuong 3"] {
                                walked += try await walk(world, who, order, isDescending, text)
                            }
                        }
                    }
                }
                walks.append(walked)
            }
        }
        #expect(walks[0].count > 500)
        #expect(walks[0] == walks[1])
    }

    private func walk(
        _ world: DocumentWorld, _ who: Who, _ order: DocumentFilter.Order, _ isDescending: Bool, _ text: String
    ) async throws -> [String] {
        var filter = DocumentFilter()
        (filter.order, filter.isDescending, filter.text) = (order, isDescending, text)
        let asked = filter
        return try await world.act(as: who) { store in
            var all: [DocumentRow] = []
            var request = PageRequest(after: nil, limit: 7)
            var total: Int?
            repeat {
                let page = try store.list(asked, page: request)
                total = total ?? page.total
                all += page.items
                request.after = page.next
            } while request.after != nil && all.count < 500
            #expect(Set(all.map(\.uid)).count == all.count, "\(who) \(order) \(isDescending) \(text)")
            #expect(all.count == total, "\(who) \(order) \(isDescending) \(text)")
            var streamed = 0
            try store.each(asked) { _ in streamed += 1 }
            #expect(streamed == all.count)
            return all.map { "\(who.rawValue) \($0.name) \($0.document.title)" }
        }
    }

    /// When a word is too common to be read and sorted, the scopes are walked instead: the answer is the same.
    @Test(arguments: Engine.allCases) func aCommonWordIsLookedForInTheScopes(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let (draft, now) = (try world.plan(.wardCommittee, "Kế hoạch chung"), world.now)
            let day = try world.day("2026-02-01")
            try await world.act { store in
                for number in 1_000..<2_050 {
                    let paper = DocumentRegistration(draft: draft, sign: "\(number)/KH-UBND", issuedOn: day)
                    _ = try store.put(paper, at: now)
                }
            }
            var filter = DocumentFilter()
            filter.text = "chung"
            let asked = filter
            let page = try await world.act(as: .administrator) { try $0.list(asked) }
            #expect(page.items.count == 50 && page.total == 1_000 && page.totalIsFloor)
            #expect(try await world.act(as: .nobody) { try $0.list(asked).total } == 0)
            filter.text = "chung 1777"
            let rare = filter
            #expect(try await world.act(as: .administrator) { try $0.list(rare).items.map(\.name) } == ["1777/KH-UBND"])
        }
    }
}
