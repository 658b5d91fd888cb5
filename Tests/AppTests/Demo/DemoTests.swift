import Foundation
import Logging
import Storage
import TestSupport
import Testing

@testable import App

@Suite struct DemoTests {
    /// Services on an empty database and an empty data folder, with the real resources.
    private func withServices(_ engine: Engine, _ body: (Services) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "demo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (location, remove) = try await TestDatabase.make(engine, migrations: Schema.migrations)
        let resources = WallsTests.root.appending(path: "Resources")
        let configuration = Configuration(dataFolder: folder, resources: resources, database: DatabaseOptions(location))
        let services = try await Application.prepare(configuration, logger: Logger(label: "test"))
        try await body(services)
        await services.database.close()
        await remove()
    }

    @Test(arguments: Engine.allCases) func theDemonstrationIsLoadedOnceAndHoldsEveryRole(_ engine: Engine) async throws
    {
        try await withServices(engine) { services in
            let accounts = try await Demo(services).load()
            let folder = services.configuration.dataFolder
            let file = folder.appending(path: "demo-accounts.json").path
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? NSNumber
            #expect(mode?.intValue == 0o600)
            for role in ["administrator", "secretariat", "leader", "member", "focal", "supervisor"] {
                #expect(accounts.contains { $0.role == role }, "\(role)")
            }
            #expect(Set(accounts.map(\.password)).count == accounts.count)
            let again = try await Demo(services).load()
            #expect(again == accounts)
            try await expectVersions(services)
        }
    }

    /// A renamed unit shows its old name on the day before, a moved one its old superior.
    private func expectVersions(_ services: Services) async throws {
        let names = try await services.database.read { tx in
            try tx.all(
                "SELECT name FROM unit_version WHERE name LIKE '%giúp việc Ban Chỉ đạo tỉnh Gia Lai' ORDER BY from_day"
            ).map {
                try $0.text(0)
            }
        }
        #expect(names == ["Tổ giúp việc Ban Chỉ đạo tỉnh Gia Lai", "Cơ quan giúp việc Ban Chỉ đạo tỉnh Gia Lai"])
        let edges = try await services.database.read { tx in
            try tx.all(
                """
                SELECT COUNT(*) FROM unit_edge e JOIN unit_version v ON v.unit_id = e.unit_id
                WHERE v.name LIKE 'Trung tâm Chuyển đổi số%' AND e.hierarchy = 'state'
                """
            ).map { try $0.int(0) }
        }
        #expect(edges == [2])
    }

    @Test func everyAccountOpensWithItsPasswordAndItsToken() async throws {
        try await withServices(.sqlite) { services in
            for account in try await Demo(services).load() {
                let stored = try await services.database.read { tx in
                    try tx.first("SELECT password FROM account WHERE sign_in = \(account.signIn)")?.text(0)
                }
                #expect(try await services.passwords.verify(account.password, stored), "\(account.signIn)")
                let identified = try await Authentication(services).identify(
                    cookie: nil, authorization: "Bearer \(account.token)", now: services.clock.now())
                #expect(identified.viewer.name == account.name)
            }
        }
    }

    @Test func aRealInstallationIsLeftAlone() async throws {
        try await withServices(.sqlite) { services in
            try await FirstAdministrator(services).create(
                name: "Nguyễn Thị An", signIn: "an.nguyen", password: "một mật khẩu thật dài 2025")
            await #expect(throws: StartError.self) { try await Demo(services).load() }
        }
    }

    @Test(arguments: Engine.allCases) func thereIsOneFirstAdministrator(_ engine: Engine) async throws {
        try await withServices(engine) { services in
            let first = FirstAdministrator(services)
            try await first.create(name: "Nguyễn Thị An", signIn: "an.nguyen", password: "một mật khẩu thật dài 2025")
            await #expect(throws: StartError.self) { try await first.refuseSecond() }
            await #expect(throws: StartError.self) {
                try await first.create(name: "Khác", signIn: "khac", password: "một mật khẩu thật dài 2025")
            }
            let grants = try await services.database.read { tx in
                try tx.all("SELECT hierarchy FROM access_grant WHERE role = 'administrator' AND secrecy = 2 ORDER BY 1")
                    .map { try $0.text(0) }
            }
            #expect(grants == ["party", "state", "territory"])
        }
    }

    @Test func aShortPasswordMakesNoAdministrator() async throws {
        try await withServices(.sqlite) { services in
            await #expect(throws: AppError.self) {
                try await FirstAdministrator(services).create(name: "A", signIn: "abc", password: "short")
            }
            try await FirstAdministrator(services).refuseSecond()
        }
    }

    @Test func passwordsCannotBeMistakenWhenReadAloud() {
        var random = SystemRandomNumberGenerator()
        let passwords = (0..<200).map { _ in DemoAccount.newPassword(using: &random) }
        #expect(Set(passwords).count == 200)
        #expect(passwords.allSatisfy { $0.count == 23 && !$0.contains { "0o1il".contains($0) } })
    }
}
