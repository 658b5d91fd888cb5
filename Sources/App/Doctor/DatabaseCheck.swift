import Storage

/// The database itself: engine, version, file, schema.
struct DatabaseCheck {
    let database: Database

    func findings() async -> [Finding] { [await engine(), await file(), await migrations()] }

    /// All steps of the schema have run, so that the tables can be asked.
    func isComplete() async -> Bool {
        (try? await database.appliedMigrations()) == Schema.migrations.map(\.id)
    }

    private func engine() async -> Finding {
        do {
            return Finding("engine", .ok, "\(database.engine.rawValue) \(try await database.version())")
        } catch {
            return Finding("engine", .fail, "\(error)")
        }
    }

    /// SQLite reads its file through; PostgreSQL watches over its own.
    private func file() async -> Finding {
        guard database.engine == .sqlite else { return Finding("file", .ok, "kept by the server") }
        do {
            let verdict = try await database.read { tx in try tx.all("PRAGMA quick_check(5)").map { try $0.text(0) } }
            if verdict == ["ok"] { return Finding("file", .ok, "The file is sound.") }
            return Finding("file", .fail, "Damaged, restore a backup: " + verdict.joined(separator: "; "))
        } catch {
            return Finding("file", .fail, "\(error)")
        }
    }

    private func migrations() async -> Finding {
        do {
            let applied = try await database.appliedMigrations()
            let known = Schema.migrations.map(\.id)
            if applied == known { return Finding("schema", .ok, "\(known.count) steps, all done") }
            let unknown = applied.filter { !known.contains($0) }
            if let first = unknown.first {
                return Finding("schema", .fail, "\"\(first)\" comes from a newer program: start that one.")
            }
            let pending = known.filter { !applied.contains($0) }
            return Finding("schema", .fail, "\(pending.count) steps are pending: run `resolute migrate`.")
        } catch {
            return Finding("schema", .fail, "\(error)")
        }
    }
}
