import CLibPQ

/// Fewer ways to the server: BEGIN goes together with the first statement, and nobody waits for the COMMIT of a read.
extension PostgresConnection {
    /// Runs prepared statements, and the BEGIN that is owed before them, in one way there and back. With `ending` the
    /// COMMIT goes along. The first failure is thrown; what came after it has not run.
    func runTogether(
        _ statements: [(sql: SQL, parameters: PostgresParameters)], ending: Bool = false
    ) throws -> [PostgresResult] {
        // Prepared before anything is sent: one that does not fit the tables fails alone.
        let names = try statements.map { try name(of: $0.sql, $0.parameters) }
        try settle()
        guard PQenterPipelineMode(connection) == 1 else { throw PostgresFailure(nil, on: connection) }
        defer { PQexitPipelineMode(connection) }
        let begin = owed
        owed = nil
        var isSent = begin.map { send($0.rawValue) } ?? true
        for (name, statement) in zip(names, statements) { isSent = isSent && send(name, statement.parameters) }
        if ending { isSent = isSent && send("COMMIT") }
        guard isSent, PQpipelineSync(connection) == 1 else { throw PostgresFailure(nil, on: connection) }
        let answers = try self.answers()
        let first = begin == nil ? 0 : 1
        guard answers.count == first + names.count + (ending ? 1 : 0) else {
            throw PostgresFailure(nil, on: connection)
        }
        return Array(answers[first..<(first + names.count)])
    }

    /// Everything up to the mark that ends a pipeline.
    private func answers() throws -> [PostgresResult] {
        var answers: [PostgresResult] = []
        var failure: (any Error)?
        while true {
            // Between the answers of two statements comes an empty one; on a broken connection nothing else comes.
            guard let answer = PQgetResult(connection) else {
                if PQstatus(connection) == CONNECTION_OK { continue }
                throw failure ?? PostgresFailure(nil, on: connection)
            }
            switch PQresultStatus(answer) {
            case PGRES_PIPELINE_SYNC:
                PQclear(answer)
                if let failure { throw failure }
                return answers
            case PGRES_PIPELINE_ABORTED: PQclear(answer)
            default:
                do { answers.append(try PostgresResult(answer, on: connection)) } catch { failure = failure ?? error }
            }
        }
    }

    private func send(_ text: String) -> Bool { PQsendQueryParams(connection, text, 0, nil, nil, nil, nil, 0) == 1 }

    private func send(_ name: String, _ parameters: PostgresParameters) -> Bool {
        parameters.lend { count, values, lengths, formats in
            PQsendQueryPrepared(connection, name, count, values, lengths, formats, 0) == 1
        }
    }

    /// Ends a read whose rows are all here: COMMIT is sent, and its answer taken in before the connection is used
    /// again.
    func leave() {
        owed = nil
        guard isInTransaction else { return }
        isLeaving = PQsendQuery(connection, "COMMIT") == 1
    }

    /// Takes in the answer to the COMMIT of the read before. A transaction that is still open is undone.
    func settle() throws {
        guard isLeaving else { return }
        isLeaving = false
        while let answer = PQgetResult(connection) {
            PQclear(answer)
            if PQstatus(connection) != CONNECTION_OK { throw PostgresFailure(nil, on: connection) }
        }
        if isInTransaction { PQclear(PQexec(connection, "ROLLBACK")) }
    }

    /// Whether the server holds a transaction open for us, sound or failed.
    var isInTransaction: Bool {
        [PQTRANS_INTRANS, PQTRANS_INERROR].contains(PQtransactionStatus(connection))
    }
}
