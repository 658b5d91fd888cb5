import Foundation

/// The machine: disk, permissions, time zone data.
struct MachineCheck {
    let configuration: Configuration

    func findings() -> [Finding] { [disk()] + permissions() + [zone()] }

    /// Below 100 MB a write may fail in the middle of a day; below 1 GB it is time to look.
    func disk() -> Finding {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: configuration.dataFolder.path)
        guard let free = (attributes?[.systemFreeSize] as? NSNumber)?.int64Value else {
            return Finding("disk", .fail, "\(configuration.dataFolder.path) cannot be examined.")
        }
        return MachineCheck.disk(free: free)
    }

    static func disk(free: Int64) -> Finding {
        let megabytes = free / 1_000_000
        if megabytes < 100 { return Finding("disk", .fail, "\(megabytes) MB free: make room before anything is lost.") }
        if megabytes < 1_000 { return Finding("disk", .warn, "\(megabytes) MB free: make room soon.") }
        return Finding("disk", .ok, "\(megabytes / 1_000) GB free")
    }

    /// The folder and what lies in it are for the owner of the process only.
    func permissions() -> [Finding] {
        let folder = configuration.dataFolder
        guard let mode = mode(folder) else {
            return [Finding("permissions", .fail, "\(folder.path) cannot be examined.")]
        }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.sorted() ?? []
        let open = names.filter { name in
            let file = folder.appending(path: name)
            return isSecret(name) && (self.mode(file) ?? 0) & 0o077 != 0
        }
        if let first = open.first {
            return [
                Finding(
                    "permissions", .fail, "Others can read \(first): chmod 600 \(folder.appending(path: first).path)")
            ]
        }
        if mode & 0o077 != 0 {
            return [Finding("permissions", .warn, "Others can look into the data folder: chmod 700 \(folder.path)")]
        }
        return [Finding("permissions", .ok, "The data folder and its keys are private.")]
    }

    private func isSecret(_ name: String) -> Bool { name.hasSuffix("-key") || name == "demo-accounts.json" }

    private func mode(_ file: URL) -> Int? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
        return (attributes?[.posixPermissions] as? NSNumber)?.intValue
    }

    /// Without the zone's data, days would silently end at midnight in Greenwich.
    func zone() -> Finding {
        // 2025-07-01T00:00:00Z
        let day = Date(timeIntervalSince1970: 1_751_328_000)
        guard let vietnam = TimeZone(identifier: "Asia/Ho_Chi_Minh"), vietnam.secondsFromGMT(for: day) == 7 * 3_600
        else {
            return Finding("time zone", .fail, "The time zone data is missing: apt-get install tzdata")
        }
        return Finding("time zone", .ok, "Days end at midnight in \(configuration.zone.identifier).")
    }
}
