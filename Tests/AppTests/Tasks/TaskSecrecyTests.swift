import Foundation
import Storage
import TestSupport
import Testing

@testable import App

/// No task tells of a restricted unit to whoever may not know of it: not by whom it names, on no page, in no list, file,
/// notice or history.
@Suite struct TaskSecrecyTests {
    private static let secret = "xyzzy"

    /// A body of Gia Lai.
    private func unit(_ tasks: TaskWorld, _ secrecy: Secrecy = .restricted) async throws -> UnitRow {
        let (above, today, now) = (try tasks.world.uid(.giaLai), tasks.today, tasks.now)
        return try await tasks.act { store in
            try store.units.create(
                UnitDraft(
                    kind: .department, name: "Phòng \(Self.secret)", parent: above, from: today, secrecy: secrecy),
                at: now)
        }
    }

    private func office(_ tasks: TaskWorld, in unit: UnitRow) async throws -> Office {
        let (today, now) = (tasks.today, tasks.now)
        return try await tasks.act { store in
            let person = try store.people.create(name: "Người \(Self.secret)", at: now)
            return try store.people.appoint(
                person: person.id, unit: unit.unit.id, title: "Trưởng phòng \(Self.secret)", from: today, at: now)
        }
    }

    /// Everything that somebody can read of tasks; what of it holds the word or the uid.
    private func tells(_ tasks: TaskWorld, _ task: UID, of uids: [UID], as who: Who) async throws -> [String] {
        let browser = try tasks.world.browser(as: who), api = try tasks.world.api(as: who)
        let words = [Self.secret] + uids.map(\.text)
        var found: [String] = []
        func look(_ path: String, _ text: String) {
            for word in words where text.contains(word) { found.append("\(path): \(word)") }
        }
        for which in ["open", "draft"] {
            for path in ["/tasks?which=\(which)", "/tasks.csv?which=\(which)"] {
                look(path, try await browser.get(path).text)
            }
            look("json", try await api.get("/api/v1/tasks?which=\(which)").text)
        }
        let pages = [
            "/tasks/\(task)", "/tasks/\(task)/history", "/today", "/notices", "/activity",
            "/search?q=kh%E1%BA%A3o+s%C3%A1t",
        ]
        for path in pages {
            look(path, try await browser.get(path).text)
        }
        for end in ["", "/history", "/assignments", "/extensions"] {
            look("api \(end)", try await api.get("/api/v1/tasks/\(task)\(end)").text)
        }
        return found
    }

    /// Whoever may know of the task reads all but the unit that coordinates it.
    @Test(arguments: Engine.allCases) func aUnitThatCoordinatesIsLeftOut(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let unit = try await unit(tasks)
            for which in [TaskFilter.Which.draft, .open] {
                let row = try await tasks.given(by: .science, which) { $0.coordinating = [unit.uid] }
                #expect(row.task.secrecy == .internal)
                #expect(try await tasks.world.browser(as: .secretariat).get(row.href).status == 200)
                #expect(try await tells(tasks, row.uid, of: [unit.uid], as: .secretariat) == [])
                let all = try await tasks.act { try $0.detail(row.uid).coordinating }
                #expect(all.map(\.uid) == [unit.uid], "it is there for those who may know of it")
            }
        }
    }

    /// A task that names an office of a restricted unit is restricted, whatever was chosen for it.
    @Test(arguments: Engine.allCases) func whatNamesARestrictedOfficeIsRestricted(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let unit = try await unit(tasks), office = try await office(tasks, in: unit)
            let drafts: [(inout TaskDraft) -> Void] = [
                { $0.leader = office.uid }, { $0.authority = office.uid }, { $0.performer = office.uid },
                { $0.leadUnit = unit.uid },
            ]
            for change in drafts {
                let row = try await tasks.given(by: .science, .draft, change)
                #expect(row.task.secrecy == .restricted)
                #expect(try await tells(tasks, row.uid, of: [unit.uid, office.uid], as: .secretariat) == [])
            }
            let plain = try await tasks.drafted().uid
            let (draft, now) = (try tasks.draft { $0.authority = office.uid }, tasks.now)
            try await tasks.act { try $0.change(plain, draft, seen: nil, at: now) }
            #expect(try await tasks.find(plain).secrecy == .restricted)
            #expect(try await tasks.disorder() == [])
        }
    }

    /// Nor is an issued task given to one: too many know of it.
    @Test(arguments: Engine.allCases) func anOpenTaskIsNotGivenToARestrictedOffice(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let office = try await office(tasks, in: try await unit(tasks))
            let task = try await tasks.issued().uid
            let asked = TaskReassignment(office: office.uid, reason: "Đổi"), now = tasks.now
            for part in TaskPart.allCases {
                let refused = await tasks.refusal {
                    try await tasks.act { _ = try $0.reassign(part, task, asked, seen: nil, at: now) }
                }
                #expect(refused == ["office task.error.reassign_secrecy"])
            }
        }
    }

    /// A unit that becomes restricted takes its tasks with it: those that it leads, and those that name its people.
    @Test(arguments: Engine.allCases) func aUnitThatBecomesRestrictedTakesItsTasksAlong(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let unit = try await unit(tasks, .internal), office = try await office(tasks, in: unit)
            let led = try await tasks.given(by: .science, .draft) {
                ($0.title, $0.leadUnit) = ("Khảo sát một", unit.uid)
                ($0.performer, $0.leader) = (office.uid, nil)
            }
            let named = try await tasks.given(by: .science, .open) {
                ($0.title, $0.authority) = ("Khảo sát hai", office.uid)
            }
            let other = try await tasks.given(by: .science, .open) { $0.coordinating = [unit.uid] }
            #expect(try await tells(tasks, named.uid, of: [], as: .secretariat) != [], "it was known until then")
            let now = tasks.now
            try await tasks.act { store in
                _ = try store.units.describe(
                    unit.uid, UnitFacts(secrecy: .restricted, place: nil, area: nil), seen: nil, at: now)
            }
            for task in [led.uid, named.uid] {
                #expect(try await tasks.find(task).secrecy == .restricted)
                #expect(try await tells(tasks, task, of: [unit.uid, office.uid], as: .secretariat) == [])
                let last = try await tasks.act { try $0.history(of: $0.find(task)).items.first }
                #expect(last?.before == ["secrecy": "internal"] && last?.after == ["secrecy": "restricted"])
            }
            #expect(try await tasks.find(other.uid).secrecy == .internal)
            #expect(try await tasks.disorder() == [])
        }
    }

    /// A right that does not reach the lead unit is none: whoever may not direct is not told.
    @Test(arguments: Engine.allCases) func whoseRightEndsBelowTheUnitIsNotTold(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let low = try await tasks.hire(.science, "Văn thư")
            let (province, today, now) = (try tasks.world.id(.giaLai), tasks.today, tasks.now)
            try await tasks.act { store in
                _ = try store.people.grant(
                    office: low.office.uid, role: .secretariat, hierarchy: .territory, unit: province,
                    ceiling: .public, from: today, at: now)
            }
            let viewer = try await tasks.act { store in
                try ViewerStore(tx: store.tx).viewer(
                    person: low.person.id, office: low.office.id, delegation: nil, today: today)
            }
            let task = try await tasks.issued()
            try await tasks.declared(task.uid)
            let (told, directs) = try await tasks.act(as: viewer) { store in
                (
                    try TaskParties(tx: store.tx, today: today).directing(
                        task.task, TaskParties.chasing, verifying: true),
                    try store.rights(task.task).directs
                )
            }
            #expect(!directs && !told.contains(low.office.id) && !told.isEmpty)
        }
    }
}
