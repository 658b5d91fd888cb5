import Foundation
import Storage

/// A registry of units that is shipped with the program: some CSV files and a manifest that says how to read them.
public struct UnitDataset: Sendable {
    /// One file of the data set, as the manifest describes it.
    private struct Entry: Decodable {
        let file: String
        let scheme: String
        let parentSchemes: [String]
        let from: String?
        let to: String?
        let basis: String
        /// How many rows it must have.
        let units: Int
    }

    private struct Manifest: Decodable {
        let files: [Entry]
    }

    /// Loads `Resources/units/<name>.json` and its files in one transaction and one go: all or nothing.
    ///
    /// Throws a ``StartError`` when there is no such data set or it is damaged, and ``AppError/invalid(_:)`` when
    /// its units cannot be added, because they are there already. `moment`: nil for now.
    @discardableResult public static func load(
        _ name: String, into services: Services, as viewer: Viewer = .system("resolute"), at moment: Instant? = nil,
        progress: ImportProgress.Callback? = nil
    ) async throws -> [UnitImportReport] {
        let files = try read(name, from: services.configuration.resources.appending(path: "units"), progress: progress)
        let clock = services.clock
        let work = UnitImport(viewer: viewer, today: clock.today(), now: moment ?? clock.now(), progress: progress)
        let reports = try await work.run(files, into: services.database)
        let problems = reports.flatMap(\.problems.shown)
        guard problems.isEmpty else { throw AppError.invalid(problems) }
        return reports
    }

    /// The files of a data set, read and found whole.
    static func read(
        _ name: String, from folder: URL, progress: ImportProgress.Callback? = nil
    ) throws -> [(UnitImportFile, UnitImportOptions)] {
        guard UnitCode.isScheme(name), let data = try? Data(contentsOf: folder.appending(path: "\(name).json")) else {
            throw StartError("There is no data set of units called \(name) in \(folder.path).", exitCode: 66)
        }
        do {
            return try JSONDecoder().decode(Manifest.self, from: data).files.map { entry in
                let options = UnitImportOptions(
                    scheme: entry.scheme, parentSchemes: entry.parentSchemes,
                    from: entry.from.flatMap { Day(parsing: $0) }, to: entry.to.flatMap { Day(parsing: $0) },
                    basis: entry.basis)
                let url = folder.appending(path: entry.file)
                let file = try UnitImportReading.file(url, options: options, progress: progress)
                guard file.problems.isEmpty, file.rows.count == entry.units else {
                    throw StartError("\(url.path) is damaged: it should hold \(entry.units) units.", exitCode: 65)
                }
                return (file, options)
            }
        } catch let error as StartError {
            throw error
        } catch {
            throw StartError("The data set \(name) in \(folder.path) cannot be read: \(error)", exitCode: 65)
        }
    }
}
