import CLibPQ
import Foundation

/// A libpq connection string or URL, with what we ask for where it does not say.
struct PostgresAddress: Sendable {
    let text: String
    let options: DatabaseOptions

    /// What stands in front of the address, so that the address can override it. With several hosts the one that
    /// accepts writes is taken; a host that has vanished is noticed within about 45 seconds.
    private var settings: [(String, String)] {
        [
            ("connect_timeout", "\(max(2, Int(options.connectionTimeout.seconds.rounded(.up))))"),
            ("fallback_application_name", "resolute"), ("target_session_attrs", "read-write"),
            ("keepalives_idle", "15"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "45000"), ("dbname", text), ("client_encoding", "UTF8"),
        ]
    }

    /// Waits until the server has answered or cannot be reached; the status is in what it returns.
    func connect() -> OpaquePointer? {
        withArrays(settings) { names, values in PQconnectdbParams(names, values, 1) }
    }

    /// Whether it is worth trying again: nobody answers, or the server says that it is starting or stopping.
    func isComingBack() -> Bool {
        withArrays(settings) { names, values in
            let answer = PQpingParams(names, values, 1)
            return answer == PQPING_REJECT || answer == PQPING_NO_RESPONSE
        }
    }

    /// The address without its password, and the password, for a child process: its arguments can be seen by others.
    func withoutPassword() throws(StorageError) -> (address: String, password: String?) {
        guard let parsed = PQconninfoParse(text, nil) else {
            throw .unavailable("the database address cannot be read")
        }
        defer { PQconninfoFree(parsed) }
        var parts: [String] = []
        var password: String?
        var entry = parsed
        while let name = entry.pointee.keyword {
            if let value = entry.pointee.val.map({ String(cString: $0) }) {
                switch String(cString: name) {
                case "password": password = value
                case let name: parts.append("\(name)=\(Self.quoted(value))")
                }
            }
            entry += 1
        }
        return (parts.joined(separator: " "), password)
    }

    private static func quoted(_ value: String) -> String {
        let escaped = value.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined()
        return "'\(escaped)'"
    }

    private func withArrays<T>(
        _ pairs: [(String, String)], _ use: ([UnsafePointer<CChar>?], [UnsafePointer<CChar>?]) -> T
    ) -> T {
        let names = pairs.map { strdup($0.0) }
        let values = pairs.map { strdup($0.1) }
        defer { for pointer in names + values { free(pointer) } }
        return use(names.map { UnsafePointer($0) } + [nil], values.map { UnsafePointer($0) } + [nil])
    }
}
