import Synchronization

/// A fixed number of connections, made when they are needed and replaced when they break.
final class PostgresPool: Sendable {
    private struct State {
        var idle: [PostgresConnection] = []
        var isClosed = false
    }

    private let address: PostgresAddress
    private let options: DatabaseOptions
    private let gate: Gate
    private let state = Mutex(State())

    init(address: PostgresAddress, options: DatabaseOptions) {
        self.address = address
        self.options = options
        gate = Gate(permits: options.connections)
    }

    /// Runs `work` with the right to one connection; who waits longest comes first.
    func withPlace<T>(_ work: () async throws -> T) async throws -> T {
        try await gate.enter(within: options.connectionTimeout, late: .unavailable("all connections are in use"))
        defer { gate.leave() }
        return try await work()
    }

    /// An idle connection, or a new one. Throws ``StorageError/unavailable(_:)``.
    func take() async throws -> PostgresConnection {
        if let connection = state.withLock({ $0.idle.popLast() }) { return connection }
        return try await connect()
    }

    func giveBack(_ connection: PostgresConnection) async {
        let isKept = state.withLock { state in
            if !state.isClosed { state.idle.append(connection) }
            return !state.isClosed
        }
        if !isKept { await connection.disconnect() }
    }

    /// Lets go of a broken connection, and of the idle ones: what broke it has most likely broken them.
    func discard(_ connection: PostgresConnection) async {
        let idle = state.withLock { state in
            defer { state.idle = [] }
            return state.idle
        }
        for connection in idle + [connection] { await connection.disconnect() }
    }

    /// A new connection outside the pool. While the server is away it is tried again, with growing pauses, for as
    /// long as one waits for a connection.
    func connect() async throws -> PostgresConnection {
        let end = ContinuousClock.now + options.connectionTimeout
        var pause = Duration.milliseconds(50)
        while true {
            do {
                return try await connectOnce()
            } catch {
                let address = address
                let isComingBack = await offTheCooperativeThreads { address.isComingBack() }
                guard isComingBack, ContinuousClock.now + pause < end else { throw error }
                do { try await Task.sleep(for: pause) } catch { throw StorageError.cancelled }
                pause = min(pause * 2, .seconds(1))
            }
        }
    }

    private func connectOnce() async throws -> PostgresConnection {
        let connection = PostgresConnection(options: options)
        let address = address
        do {
            try await connection.perform { try $0.connect(address) }
        } catch let failure as PostgresFailure {
            throw StorageError.unavailable("\(failure.error)")
        }
        return connection
    }

    func close() async {
        gate.close(.unavailable("the database is closed"))
        let idle = state.withLock { state in
            state.isClosed = true
            defer { state.idle = [] }
            return state.idle
        }
        for connection in idle { await connection.disconnect() }
    }
}
