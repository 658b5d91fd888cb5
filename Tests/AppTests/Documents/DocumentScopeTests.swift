import TestSupport
import Testing

@testable import App
@testable import Storage

/// Who may know of which document; whatever is not known stands in no list, count, search, export, cascade or history.
@Suite struct DocumentScopeTests {
    private func known(_ world: DocumentWorld, _ row: DocumentRow) async throws -> [String] {
        var who: [String] = []
        for one in [
            Who.administrator, .secretariat, .leader, .member, .focal, .supervisor, .root, .nobody, .department,
        ] {
            if await world.refusal({ _ = try await world.act(as: one) { try $0.find(row.uid) } }).isEmpty {
                who.append(one.rawValue)
            }
        }
        return who
    }

    private let six = ["administrator", "secretariat", "leader", "member", "focal", "supervisor"]

    @Test(arguments: Engine.allCases) func secrecyAndPlaceDecide(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let open = try await world.register(
                .otherCommittee, "21/KH-UBND", .plan, on: "2026-02-01", secrecy: .public)
            #expect(try await known(world, open) == six + ["root", "no-office", "department"])
            let inside = try await world.register(.wardCommittee, "22/KH-UBND", .plan, on: "2026-02-01")
            #expect(try await known(world, inside) == six + ["root"])
            let restricted = try await world.register(
                .wardCommittee, "23/KH-UBND", .plan, on: "2026-02-01", secrecy: .restricted)
            #expect(try await known(world, restricted) == ["root"])
            let outside = try await world.register(.otherCommittee, "24/KH-UBND", .plan, on: "2026-02-01")
            #expect(try await known(world, outside) == ["root"])
            // An office in the issuing unit knows of what is internal whatever its right, and not of what is restricted.
            let own = try await world.register(.science, "25/KH-SKHCN", .plan, on: "2026-02-01")
            #expect(try await known(world, own) == six + ["root", "department"])
            let named = try await world.register(
                .science, "26/KH-SKHCN", .plan, on: "2026-02-01", secrecy: .restricted)
            #expect(try await known(world, named) == ["root"])
        }
    }

    @Test(arguments: Engine.allCases) func aRecipientKnowsOfItOnceItIsIssued(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let draft = try await world.draft(.otherCommittee, "Gửi sang Gia Lai")
            let (to, now) = (try world.world.uid(.wardCommittee), world.now)
            _ = try await world.act { try $0.address(draft.uid, to: to, kind: nil, seen: nil, at: now) }
            #expect(try await known(world, draft) == ["root"])
            let issued = try await world.issue(draft)
            #expect(try await known(world, issued) == six + ["root"])
            let staff = try await world.staff(.wardCommittee)
            #expect(try await world.act(as: staff) { try $0.find(issued.uid).name } == issued.name)
            _ = try await world.act { try $0.unaddress(draft.uid, to, seen: nil, at: now) }
            #expect(try await known(world, issued) == ["root"])
        }
    }

    /// A letter to the ward is read in its People's Committee; one that only named people may read is not.
    @Test(arguments: Engine.allCases) func whatReachesAPlaceIsKnownInTheBodiesThatStandThere(_ engine: Engine)
        async throws
    {
        try await DocumentWorld.with(engine) { world in
            let (staff, elsewhere) = (try await world.staff(.wardCommittee), try await world.staff(.otherCommittee))
            let (ward, now) = (try world.world.uid(.quyNhon), world.now)
            let letter = try await world.register(.finance, "41/KH-STC", .plan, on: "2026-02-01")
            let named = try await world.register(
                .finance, "42/KH-STC", .plan, on: "2026-02-01", secrecy: .restricted)
            func knows(_ viewer: Viewer, _ row: DocumentRow) async throws -> Bool {
                try await world.act(as: viewer) { store in try ifKnown(store.find(row.uid)) != nil }
            }
            #expect(try await !knows(staff, letter))
            for row in [letter, named] {
                _ = try await world.act { try $0.address(row.uid, to: ward, kind: nil, seen: nil, at: now) }
            }
            #expect(try await knows(staff, letter))
            #expect(try await !knows(staff, named))
            #expect(try await !knows(elsewhere, letter))
            #expect(
                try await world.act {
                    try DocumentMap(tx: $0.tx).differences().allSatisfy { $0.missing + $0.surplus == 0 }
                })
        }
    }

    @Test(arguments: Engine.allCases) func aWholeKindOfUnitsIsAddressedAtOnce(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let row = try await world.register(.committee, "31/KH-UBND", .plan, on: "2026-02-01")
            let (province, now) = (try world.world.uid(.giaLai), world.now)
            let (_, added) = try await world.act {
                try $0.address(row.uid, to: province, kind: .peoplesCommittee, seen: nil, at: now)
            }
            #expect(added == 2)
            let names = try await world.act { try $0.recipients(of: row.document.id).units.map(\.name) }
            #expect(names == ["Ủy ban nhân dân phường Quy Nhơn", "Ủy ban nhân dân tỉnh Gia Lai"])
            #expect(
                try await world.act {
                    try DocumentMap(tx: $0.tx).differences().allSatisfy { $0.missing + $0.surplus == 0 }
                })
        }
    }

    @Test(arguments: Engine.allCases) func aDraftIsKnownToItsUnitAndItsKeepers(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let own = try await world.draft(.science, "Của sở", sign: "SKHCN")
            #expect(try await known(world, own) == six + ["root", "department"])
            let below = try await world.draft(.wardCommittee, "Của phường")
            #expect(try await known(world, below) == ["administrator", "secretariat", "leader", "root"])
            let staff = try await world.staff(.wardCommittee)
            #expect(try await world.act(as: staff) { try $0.find(below.uid).name } == "Của phường")
            #expect(try await world.names(as: .focal) { $0.state = .draft } == ["Của sở", "Dự thảo kế hoạch science"])
        }
    }

    @Test(arguments: Engine.allCases) func whoeverIsAskedKnowsOfTheDraft(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let draft = try await world.draft(.otherCommittee, "Xin ý kiến")
            let (office, now) = (try world.world.office(.focal), world.now)
            _ = try await world.act { try $0.ask(draft.uid, office: office, dueOn: nil, at: now) }
            #expect(try await known(world, draft) == ["focal", "root"])
            #expect(try await world.act(as: .focal) { try $0.detail(draft.uid).opinions.count } == 1)
            let issued = try await world.issue(draft)
            #expect(try await known(world, issued) == ["root"])
        }
    }

    /// A unit that goes under another superior takes its documents along.
    @Test(arguments: Engine.allCases) func scopesFollowTheMap(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let row = try await world.register(.wardCentre, "41/KH-TTVH", .plan, on: "2026-02-01")
            #expect(try await known(world, row) == six + ["root"])
            let (unit, other, now) = (try world.world.uid(.wardCentre), try world.world.uid(.tayNinh), world.now)
            let (today, tomorrow) = (world.today, world.today.adding(days: 1))
            try await world.world.database.write { tx in
                let units = UnitStore(tx: tx, viewer: .system("test"), today: today)
                _ = try units.move(
                    unit, UnitMove(hierarchy: .territory, parent: other, from: tomorrow, basis: "x"), seen: nil, at: now
                )
            }
            #expect(try await known(world, row) == six + ["root"])
            try await world.world.database.write { tx in try UnitMap(tx: tx).refreshReach(today: tomorrow) }
            #expect(try await known(world, row) == ["root"])
            let differences = try await world.act { try DocumentMap(tx: $0.tx).differences() }
            #expect(differences.allSatisfy { $0.missing + $0.surplus == 0 }, "\(differences)")
        }
    }

    @Test(arguments: Engine.allCases) func whatIsComputedAgreesWithItsSourcesAfterEveryAct(_ engine: Engine)
        async throws
    {
        try await DocumentWorld.with(engine) { world in
            let draft = try await world.draft(.committee, "Một")
            let (staff, now, today) = (try world.world.staff(.science), world.now, world.today)
            _ = try await world.act { try $0.ask(draft.uid, office: staff.office, dueOn: nil, at: now) }
            _ = try await world.issue(draft)
            _ = try await world.act {
                try $0.withdraw(draft.uid, DocumentWithdrawal(on: today, reason: "x"), seen: nil, at: now)
            }
            let given = try await world.draft(.committee, "Hai")
            try await world.act { try $0.discard(given.uid, seen: nil, at: now) }
            #expect(
                try await world.act { try DocumentMap(tx: $0.tx).differences().map { $0.missing + $0.surplus } } == [
                    0, 0,
                ])
            try await world.act { store in
                try store.tx.run("DELETE FROM document_scope WHERE scope = 'office'")
                try store.tx.run("DELETE FROM document_term WHERE term = 'mot'")
            }
            #expect(try await world.act { try DocumentMap(tx: $0.tx).differences().allSatisfy { $0.missing > 0 } })
            try await world.act { try DocumentMap(tx: $0.tx).rebuild() }
            #expect(
                try await world.act { try DocumentMap(tx: $0.tx).differences().map { $0.missing + $0.surplus } } == [
                    0, 0,
                ])
        }
    }

    /// A right over one unit does not lend its ceiling to a right over another.
    @Test(arguments: Engine.allCases) func eachRightHasACeilingOfItsOwn(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let (ward, other) = (try await world.staff(.wardCommittee), try await world.staff(.otherCommittee))
            let department = try await world.staff(.science)
            func rights(_ ceilings: [(Viewer, Secrecy)]) throws -> Viewer {
                let grants = try ceilings.map { viewer, ceiling in
                    Viewer.Grant(
                        role: .supervisor, hierarchy: .territory, unit: try #require(viewer.office?.unit),
                        ceiling: ceiling)
                }
                return Viewer(identity: ward.identity, grants: grants, day: world.today)
            }
            var rows: [DocumentRow] = []
            let issuers: [(Place, String)] = [
                (.wardCommittee, "UBND"), (.otherCommittee, "UBND"), (.science, "SKHCN"),
            ]
            for (place, sign) in issuers {
                for (number, secrecy) in [(61, Secrecy.internal), (62, .restricted)] {
                    rows.append(
                        try await world.register(
                            place, "\(number)/KH-\(sign)", .plan, on: "2026-02-01", secrecy: secrecy))
                }
            }
            func known(_ viewer: Viewer) async throws -> [Int] {
                try await world.act(as: viewer) { [rows] store in
                    try rows.indices.filter { index in try ifKnown(store.find(rows[index].uid)) != nil }
                }
            }
            let mixed = try rights([(ward, .internal), (other, .restricted), (department, .public)])
            #expect(try await known(mixed) == [0, 2, 3])
            #expect(try await known(try rights([(ward, .internal), (other, .internal)])) == [0, 2])
            #expect(try await known(try rights([(ward, .restricted), (other, .public)])) == [0, 1])
            #expect(try await known(try rights([])) == [])
        }
    }

    /// The number of a scope is stored: what the program asks for is what the table and its first filling hold.
    @Test(arguments: Engine.allCases) func aScopeHasOneNumber(_ engine: Engine) async throws {
        let names = DocumentScope.Name.allCases
        // What came later is not in the first filling.
        let filling = Migration.numberDocumentScopes.script(for: engine).joined(separator: " ") + " "
        for name in names where name != .named {
            #expect((0..<DocumentScope.Key.names).contains(name.number))
            #expect(
                filling.replacing("\n", with: " ").contains("WHEN '\(name.rawValue)' THEN \(name.number) "), "\(name)")
        }
        #expect(Set(names.map(\.number)).count == names.count)
        try await DocumentWorld.with(engine) { world in
            let given = try await world.draft(.committee, "Thôi")
            let (office, now) = (try world.world.office(.focal), world.now)
            let draft = try await world.draft(.otherCommittee, "Xin ý kiến")
            _ = try await world.act { try $0.ask(draft.uid, office: office, dueOn: nil, at: now) }
            try await world.act { try $0.discard(given.uid, seen: nil, at: now) }
            let wrong = try await world.act { store in
                try store.tx.all("SELECT scope, holder_id, scope_id FROM document_scope").filter { row in
                    let name = try #require(DocumentScope.Name(rawValue: try row.text(0)))
                    return try DocumentScope.Key(name: name, holder: try row.int64(1)).scopeID != row.int64(2)
                }.count
            }
            #expect(wrong == 0)
        }
    }

    /// What was done to a draft is for those who knew of it, also when everybody may know of the document.
    @Test(arguments: Engine.allCases) func theHistoryOfADraftIsNotForEverybody(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            var plan = try world.plan(.otherCommittee, "Sẽ công khai")
            plan.secrecy = .public
            let (draft, now) = (plan, world.now)
            let row = try await world.act { try $0.create(draft, at: now) }
            _ = try await world.issue(row)
            let stranger = try await world.act(as: .nobody) { try $0.history(of: row).items.compactMap(\.verb) }
            #expect(stranger == [.issued])
            let root = try await world.act(as: .root) { try $0.history(of: row).items.compactMap(\.verb) }
            #expect(root == [.issued, .created])
            let news = try await world.act(as: .nobody) { store in
                try ActivityStore(tx: store.tx, viewer: store.viewer).recent(limit: 50)
                    .filter { $0.kind == .document }.compactMap(\.verb)
            }
            #expect(news.contains(.issued) && !news.contains(.created))
        }
    }

    @Test(arguments: Engine.allCases) func theCascadeStopsAtWhatIsNotKnown(_ engine: Engine) async throws {
        try await DocumentWorld.with(engine) { world in
            let top = try await world.register(
                .steering, "7-KH/BCĐTW", .plan, on: "2026-01-01", secrecy: .public, term: 14)
            let hidden = try await world.register(.otherCommittee, "51/KH-UBND", .plan, on: "2026-02-01")
            let own = try await world.register(.committee, "52/KH-UBND", .plan, on: "2026-03-01")
            let beyond = try await world.register(.committee, "53/KH-UBND", .plan, on: "2026-04-01")
            try await world.link(hidden, .implements, to: top)
            try await world.link(own, .implements, to: top)
            try await world.link(beyond, .implements, to: hidden)
            let seen = try await world.act(as: .secretariat) { try $0.cascade(top.uid) }
            #expect(seen.documents.map(\.sign) == ["07-KH/BCĐTW", "52/KH-UBND"])
            #expect(try await world.names(as: .secretariat) { $0.under = top.uid } == ["52/KH-UBND"])
            let all = try await world.act(as: .root) { try $0.cascade(top.uid) }
            #expect(all.documents.count == 4 && all.edges.count == 3)
        }
    }
}
