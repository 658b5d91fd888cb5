/// Why the program cannot start, in one line that says how to mend it. Exit code 78 (EX_CONFIG) unless said otherwise.
public struct StartError: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String
    public let exitCode: Int32

    public init(_ description: String, exitCode: Int32 = 78) {
        self.description = description
        self.exitCode = exitCode
    }
}
