import Foundation
public import Logging

/// Log lines as JSON on standard error, one object a line.
public struct JSONLog: LogHandler {
    public var metadata: Logger.Metadata = [:]
    public var logLevel: Logger.Level = .info
    private let label: String

    public init(label: String) { self.label = label }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        let at = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
        var members: [(String, JSONValue)] = [
            ("at", .text(at.text)), ("level", .text(event.level.rawValue)),
            ("message", .text(event.message.description)),
        ]
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        for (name, value) in all.sorted(by: { $0.key < $1.key }) { members.append((name, .text("\(value)"))) }
        let line = JSONValue.object(members).bytes + [UInt8(ascii: "\n")]
        // One write per line, so that lines of several threads do not mix.
        try? FileHandle.standardError.write(contentsOf: Data(line))
    }
}
