import Foundation
import Storage

/// The files of records: each row has its bytes, and the program that reads PDF is there.
struct FileCheck {
    let store: FileStore
    let database: Database
    var program = TextExtraction.program

    func findings() async -> [Finding] { [await files(), reader()] }

    func files() async -> Finding {
        do {
            let (store, found) = (store, try await missing())
            if let first = found.missing.first {
                return Finding(
                    "files", .fail,
                    "\(found.missing.count) of \(found.count) files are missing or of another size, as "
                        + "\(store.url(first).path): take them from a backup.")
            }
            let orphans = try orphans(found.known)
            if orphans > 0 {
                return Finding(
                    "files", .warn,
                    "\(orphans) files belong to no record: `resolute serve` clears them away after a day.")
            }
            return Finding("files", .ok, "All \(found.count) files are there.")
        } catch {
            return Finding("files", .fail, "\(error)")
        }
    }

    private func reader() -> Finding {
        program.isInstalled
            ? Finding("pdf", .ok, "\(program.name) is there.")
            : Finding(
                "pdf", .warn, "\(program.name) is missing, PDF cannot be searched: apt-get install \(program.package)")
    }

    private struct Found: Sendable {
        var count = 0
        var missing: [String] = []
        var known: Set<String> = []
    }

    private func missing() async throws -> Found {
        let store = store
        return try await database.read { tx in
            var found = Found()
            try FileUse(tx: tx).each { sha256, size in
                found.count += 1
                found.known.insert(sha256)
                let attributes = try? FileManager.default.attributesOfItem(atPath: store.url(sha256).path)
                if (attributes?[.size] as? NSNumber)?.intValue != size { found.missing.append(sha256) }
            }
            return found
        }
    }

    /// Files that have no row.
    private func orphans(_ known: Set<String>) throws -> Int {
        guard let walk = FileManager.default.enumerator(atPath: store.folder.path) else { return 0 }
        var count = 0
        for case let path as String in walk {
            let name = path.split(separator: "/").last.map(String.init) ?? ""
            if HexText.isSHA256(name), !known.contains(name) { count += 1 }
        }
        return count
    }
}
