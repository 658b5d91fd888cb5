import Storage
import TestSupport
import Testing

@testable import App

/// A file of tasks: what becomes of its rows, and what is said of those that cannot be taken.
@Suite struct TaskImportTests {
    private func read(_ lines: [String], in tasks: TaskWorld) throws -> TaskImportFile {
        try TaskImportFile.read(
            Array((lines.joined(separator: "\r\n") + "\r\n").utf8), name: "nhiem-vu.csv",
            tasks.world.services.catalogue)
    }

    private func run(
        _ lines: [String], in tasks: TaskWorld, as viewer: Viewer? = nil, _ options: TaskImportOptions = .init()
    ) async throws -> TaskImportReport {
        let work = TaskImport(viewer: viewer ?? tasks.secretariat, today: tasks.today, now: tasks.now)
        return try await work.run(try read(lines, in: tasks), options, into: tasks.world.database)
    }

    /// `line column key` of each problem.
    private func told(_ report: TaskImportReport) -> [String] {
        report.problems.shown.map { "\($0.line ?? 0) \($0.field) \($0.message.key)" }
    }

    private static let head = "key,parent,title,lead_unit,performer,leader,deadline,product,product_kind,criterion"
    private static let unit = "Sở Tài chính Gia Lai"

    private static func clear(_ key: String, _ parent: String, _ title: String) -> String {
        "\(key),\(parent),\(title),\(unit),Người Chuyên viên finance,Người Giám đốc finance,15/12/2026,Báo cáo,Báo cáo,"
            + "100% xã có số liệu"
    }

    @Test(arguments: Engine.allCases) func aTrialChangesNothing(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let lines = [Self.head, Self.clear("a", "", "Lập danh mục dữ liệu dùng chung toàn tỉnh")]
            let report = try await run(lines, in: tasks, .init(isTrial: true))
            #expect(told(report) == [] && report.taken == 1 && report.clear == 1 && report.uid == nil)
            #expect(report.lines.first?.missing == [] && report.lines.first?.line == 2)
            #expect(try await tasks.number("SELECT COUNT(*) FROM task") == 0)
        }
    }

    @Test(arguments: Engine.allCases) func rowsBecomeDraftsUnderOneAnotherWithOneEvent(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let before = try await tasks.number("SELECT COUNT(*) FROM event")
            // The row above stands further down.
            let report = try await run(
                [
                    Self.head, Self.clear("", "a", "Xây dựng phần mềm tra cứu hồ sơ"),
                    Self.clear("a", "", "Lập danh mục dữ liệu dùng chung toàn tỉnh"),
                ], in: tasks)
            #expect(told(report) == [] && report.taken == 2 && report.issued == 0)
            let uid = try #require(report.uid)
            let list = try await tasks.act(as: tasks.secretariat) { store in
                try store.tasks(of: store.taskImport(uid), page: .first).items
            }
            #expect(
                list.map(\.task.title) == [
                    "Xây dựng phần mềm tra cứu hồ sơ", "Lập danh mục dữ liệu dùng chung toàn tỉnh",
                ])
            #expect(list.allSatisfy { $0.task.workflow.state == .draft })
            #expect(list.first?.task.parent == list.last?.task.id)
            #expect(list.first?.task.performer == tasks.performer.office.id)
            #expect(try await tasks.number("SELECT COUNT(*) FROM event") == before + 1)
            let events = try await tasks.act { store in
                try ActivityStore(tx: store.tx, viewer: store.viewer, today: store.today)
                    .newest(EventFilter(verb: .imported), before: nil, limit: 1)
            }
            let after = events.first?.after ?? [:]
            #expect(after["tasks_at"] == "/tasks/imports/\(uid)" && after["rows"] == "2")
            #expect(after["sha256"] == report.hash && report.hash.count == 64)
            #expect(try await tasks.disorder() == [])
        }
    }

    @Test(arguments: Engine.allCases) func columnsMayBeNamedAsThePagesNameThem(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let heads = [
                "Tên nhiệm vụ,ĐƠN VỊ CHỦ TRÌ,Sản phẩm,Loại sản phẩm,Tiêu chí nghiệm thu,sản phẩm 2,Loại sản phẩm 2",
                "Title,Lead unit,Product,Kind of product,Acceptance criterion,Product 2,Kind of product 2",
            ]
            for head in heads {
                let file = try read([head, "Khảo sát hạ tầng số,\(Self.unit),A,report,B,C,Khác"], in: tasks)
                #expect(file.problems.isEmpty && file.rows.first?.draft.title == "Khảo sát hạ tầng số")
                #expect(file.rows.first?.draft.products.map(\.name) == ["A", "C"], "\(head)")
            }
            let doubled = try read(["Tên nhiệm vụ,lead_unit,title", "a,\(Self.unit),b"], in: tasks)
            #expect(doubled.problems.shown.map(\.message.key) == ["csv.header_doubled"])
        }
    }

    @Test(arguments: Engine.allCases) func whatIsClearIsIssuedOnRequest(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let vague = ",,Nâng cao hiệu quả,\(Self.unit),,,,,,"
            let report = try await run(
                [Self.head, Self.clear("", "", "Lập danh mục dữ liệu dùng chung"), vague], in: tasks,
                .init(issuesClear: true))
            #expect(report.taken == 2 && report.clear == 1 && report.issued == 1)
            #expect(report.lines.last?.missing.isEmpty == false)
            #expect(try await tasks.number("SELECT COUNT(*) FROM task WHERE state = 'issued' AND closed = 0") == 1)
            #expect(try await tasks.number("SELECT COUNT(*) FROM task WHERE state = 'draft'") == 1)
            #expect(try await tasks.disorder() == [])
        }
    }

    @Test(arguments: Engine.allCases) func everyProblemIsToldByLineAndColumn(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let unit = Self.unit
            let lines = [
                "key,parent,title,lead_unit,performer,leader,deadline,start_on,document,pillar,priority,is_key,weight,secrecy",
                ",,Một,\(unit),,,01/01/1970,,,,,,,",
                ",,Hai,Đơn vị không có,,,,,,,,,,",
                ",,Ba,\(unit),Người Không Có,Người Chuyên viên science,,,,,,,,",
                "x,,Bốn,\(unit),,,30/11/2026,01/12/2026,,,,,,",
                "x,,Năm,\(unit),,,,,99/XX-KHONG,khong co,rất gấp,có lẽ,-1,tối mật",
                "p,q,Sáu,\(unit),,,,,,,,,,",
                "q,p,Bảy,\(unit),,,,,,,,,,",
                ",không,Tám,\(unit),,,,,,,,,,",
                ",,=HYPERLINK(1),\(unit),,,,,,,,,,",
                ",,,\(unit),,,\"event: sau khi luật được thông qua\",,,,,,,",
                ",x,Chín,\(unit),,,\"không: ; 01/03/2027\",,,,,,,",
            ]
            let report = try await run(lines, in: tasks)
            #expect(report.taken == 0 && report.uid == nil)
            let expected = [
                "2 deadline deadline.error.epoch", "3 lead_unit import.unknown_unit",
                "4 performer task-import.nobody", "5 deadline deadline.error.before_start",
                "6 priority task-import.priority", "6 is_key task-import.answer", "6 secrecy task-import.secrecy",
                "6 weight field.integer", "7 parent task-import.cycle", "8 parent task-import.cycle",
                "9 parent task-import.unknown_key", "10 title task-import.formula", "11 title import.missing",
                "11 deadline deadline.error.review_missing", "12 deadline deadline.error.reason_missing",
            ]
            #expect(Set(told(report)).isSuperset(of: expected), "\(told(report))")
            #expect(try await tasks.number("SELECT COUNT(*) FROM task") == 0)
            let second = [
                "key,parent,title,lead_unit,document,pillar,task_group", "a,,Một,\(unit),99/XX-KHONG,,",
                "b,a,Hai,\(unit),,khong co,", "b,,Ba,\(unit),,,khong co",
            ]
            let other = try await run(second, in: tasks)
            #expect(
                told(other) == [
                    "2 document task-import.unknown_document", "3 pillar task-import.unknown_field",
                    "3 parent task-import.parent_refused", "4 key task-import.doubled_key",
                    "4 task_group task-import.unknown_field",
                ], "\(told(other))")
        }
    }

    /// One thing that is wrong with a row hides no other: whoever mends the file mends it once.
    @Test(arguments: Engine.allCases) func everyProblemOfARowIsToldAtOnce(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let head =
                "key,parent,title,lead_unit,coordinating,performer,deadline,document,pillar,task_group,priority,weight"
            let bad = "Đơn vị không có,Cũng không có,Ai đó,01/01/1970,99/XX-KHONG,khong co,khong co,rất gấp,-1"
            let report = try await run(
                [head, "a,,Một,\(bad)", "b,a,,\(Self.unit),,Ai đó,,,,,,", "c,b,Ba,,,,,,,,,"], in: tasks)
            let expected = [
                "2 coordinating import.unknown_unit", "2 deadline deadline.error.epoch",
                "2 document task-import.unknown_document", "2 lead_unit import.unknown_unit",
                "2 pillar task-import.unknown_field", "2 priority task-import.priority",
                "2 task_group task-import.unknown_field", "2 weight field.integer",
                "3 parent task-import.parent_refused", "3 performer task-import.nobody", "3 title import.missing",
                "4 lead_unit import.missing", "4 parent task-import.parent_refused",
            ]
            #expect(told(report).sorted() == expected, "\(told(report))")
            #expect(report.taken == 0)
        }
    }

    @Test(arguments: Engine.allCases) func theGoodRowsAreTakenOnRequestWithoutWhatHangsOnBadOnes(
        _ engine: Engine
    ) async throws {
        try await TaskWorld.with(engine) { tasks in
            let report = try await run(
                [
                    Self.head, Self.clear("a", "", "Lập danh mục dữ liệu"), "b,,Hai,Không có,,,,,,",
                    Self.clear("", "b", "Nằm dưới dòng sai"), Self.clear("", "a", "Nằm dưới dòng đúng"),
                ], in: tasks, .init(takesGoodRows: true))
            #expect(report.taken == 2 && report.rows == 4)
            #expect(
                told(report) == ["3 lead_unit import.unknown_unit", "4 parent task-import.parent_refused"])
            #expect(try await tasks.number("SELECT COUNT(*) FROM task") == 2)
        }
    }

    @Test(arguments: Engine.allCases) func peopleAreFoundByNameTitleUidAndSignIn(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let twin = try await tasks.hire(.finance, "Thủ quỹ")
            let now = tasks.now
            try await tasks.act { store in
                try store.tx.run("UPDATE person SET name = 'Người Chuyên viên finance' WHERE id = \(twin.person.id)")
                try store.tx.run(
                    """
                    INSERT INTO account (person_id, sign_in, password, disabled, changed_at)
                    VALUES (\(twin.person.id), 'quy.nhap', 'x', 0, \(now))
                    """)
            }
            let head = "title,lead_unit,performer"
            let one = try await run([head, "Một,\(Self.unit),Người Chuyên viên finance"], in: tasks)
            #expect(told(one) == ["2 performer task-import.several_people"])
            let ways = [
                "\"Người Chuyên viên finance, Thủ quỹ\"", twin.office.uid.text, twin.person.uid.text, "Quy.Nhap",
            ]
            for way in ways {
                let report = try await run([head, "Một,\(Self.unit),\(way)"], in: tasks)
                #expect(told(report) == [], "\(way)")
            }
            #expect(
                try await tasks.number("SELECT COUNT(*) FROM task WHERE performer_id = \(twin.office.id)") == ways.count
            )
        }
    }

    /// Who directs another province's unit nothing may not give it tasks by a file either; nor is a draft made that its
    /// maker could not find.
    @Test(arguments: Engine.allCases) func aFileGivesNoMoreRightThanTheForm(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let far = try tasks.world.uid(.otherCommittee).text
            let lines = ["title,lead_unit,secrecy", "Một,\(far),", "Hai,\(Self.unit),restricted"]
            let report = try await run(lines, in: tasks)
            #expect(report.taken == 0)
            #expect(report.problems.shown.contains { $0.line == 2 && $0.field == "lead_unit" }, "\(told(report))")
            #expect(told(report).contains("3 secrecy task.error.secrecy_above"))
            await #expect(throws: AppError.self) {
                _ = try await run(["title,lead_unit", "Một,\(Self.unit)"], in: tasks, as: tasks.performer.viewer)
            }
        }
    }

    /// What an export writes of fields and tags is read again.
    @Test(arguments: Engine.allCases) func fieldsAndTagsComeBackFromAnExport(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let (own, now) = (try tasks.world.committee(.provinceSteering).committee, tasks.now)
            let field = try await tasks.act { store in
                let portfolios = PortfolioStore(CommitteeStore(tx: store.tx, viewer: store.viewer, today: store.today))
                _ = try portfolios.addField(
                    own, FieldDraft(name: "Bán dẫn", english: "Semiconductors"), seen: nil, at: now)
                return try #require(try store.tx.first("SELECT uid FROM work_field WHERE family = 'own'")?.uid(0))
            }
            _ = try await tasks.drafted { ($0.field, $0.tags) = (field, ["Dữ liệu", "=mở", "2026"]) }
            let text = try await tasks.world.browser(as: .secretariat).get("/tasks.csv?which=draft").text
            var lines: [[String]] = []
            _ = try TableReader().read(Array(text.utf8)) { lines.append($0.cells) }
            let (head, cells) = (try #require(lines.first), try #require(lines.last))
            let exported = try ["Lĩnh vực", "Nhãn"].map { cells[try #require(head.firstIndex(of: $0))] }
            #expect(exported == ["Bán dẫn", "Dữ liệu, =mở, 2026"])
            let rows = ["title,lead_unit,field,tags", "Một,\(Self.unit),\(exported[0]),\"\(exported[1])\""]
            let report = try await run(
                rows + ["Hai,\(Self.unit),\(field),", "Ba,\(Self.unit),semiconductors,"], in: tasks)
            #expect(told(report) == [] && report.taken == 3)
            let uid = try #require(report.uid)
            let made = try await tasks.act(as: tasks.secretariat) { store in
                try store.tagged(store.tasks(of: store.taskImport(uid), page: .first).items)
            }
            #expect(made.map(\.field?.uid) == [field, field, field])
            #expect(made.first?.tags == ["Dữ liệu", "=mở", "2026"])
            let wrong = try await run(
                ["title,lead_unit,field,tags", "Một,\(Self.unit),Lượng tử,***"], in: tasks)
            #expect(told(wrong) == ["2 tags task.error.tag_empty", "2 field task-import.unknown_own_field"])
            let unknown = try await run(["title,lead_unit,field", "Một,\(Self.unit),Lượng tử"], in: tasks)
            #expect(told(unknown) == ["2 field task-import.unknown_own_field"])
        }
    }

    @Test(arguments: Engine.allCases) func aHopelessFileIsRefusedWhole(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let long = ["title,lead_unit"] + Array(repeating: "Một,\(Self.unit)", count: TaskImportFile.limit * 10)
            let report = try await run(long, in: tasks, .init(takesGoodRows: true))
            #expect(told(report) == ["0  import.too_many_rows"] && report.taken == 0)
            #expect(report.rows == TaskImportFile.limit * 10)
            let ragged = try await run(["title,lead_unit", "Một,\(Self.unit),thừa"], in: tasks)
            #expect(told(ragged) == ["2  csv.ragged"])
            let header = try await run(["title,lead_unit,deadlines", "Một,\(Self.unit),x"], in: tasks)
            #expect(told(header) == ["1 deadlines csv.header_unknown"])
            #expect(told(try await run(["title,lead_unit"], in: tasks)) == ["0  task-import.no_rows"])
            let old = try TaskImportFile.read(
                Array("title,lead_unit\n".utf8) + [0xD0, 0x61, 0x2C, 0x62, 0x0A], name: "cu.csv",
                tasks.world.services.catalogue)
            #expect(old.problems.shown.map(\.message.key) == ["csv.not_utf8_old"])
            #expect(try await tasks.number("SELECT COUNT(*) FROM task") == 0)
        }
    }

    @Test(arguments: Engine.allCases) func theExamplesOfWordsAreTaken(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let (columns, catalogue) = (TaskImportColumns.columns, tasks.world.services.catalogue)
            let named = ["pillar", "task_group", "priority", "product_kind", "secrecy"]
            let head = (["title", "lead_unit", "product"] + named).joined(separator: ",")
            for language in Language.allCases {
                let cells = named.map { "\"\(columns.text(.example, $0, catalogue, language))\"" }
                let row = "Một,\(Self.unit),Báo cáo," + cells.joined(separator: ",")
                let found = try await run([head, row], in: tasks)
                #expect(told(found) == [], "\(language)")
            }
        }
    }
}
