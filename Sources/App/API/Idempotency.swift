import Crypto
public import HTTPTypes
import NIOCore
public import Storage

/// What a change answers with; stored beside the change when the request carries an `Idempotency-Key`.
public struct ChangeAnswer: Sendable {
    public let status: HTTPResponse.Status
    public let body: JSONValue
    public let version: Int?
    public let location: String?

    public init(status: HTTPResponse.Status = .ok, body: JSONValue, version: Int? = nil, location: String? = nil) {
        self.status = status
        self.body = body
        self.version = version
        self.location = location
    }
}

extension Visit {
    /// Runs a change of the API in one transaction together with the memory of its answer.
    ///
    /// The same key with the same request gets the same answer again; with another request it is a conflict.
    /// `queue` is taken before anything is read, so that changes of the same things wait for each other.
    public func change(
        queue: @escaping @Sendable (Transaction) throws -> Void = { _ in },
        _ body: @escaping @Sendable (Transaction) throws -> ChangeAnswer
    ) async throws -> Answer {
        guard let memory = try IdempotencyKey(self) else {
            return answer(
                try await database.write { tx in
                    try queue(tx)
                    return try body(tx)
                })
        }
        do {
            return try await remembered(memory, queue, body)
        } catch StorageError.unique(let what) where what.contains("idempotency") {
            // Two at once with the same key: the other one was first and has left its answer.
            return try await remembered(memory, queue, body)
        }
    }

    private func remembered(
        _ memory: IdempotencyKey, _ queue: @escaping @Sendable (Transaction) throws -> Void,
        _ body: @escaping @Sendable (Transaction) throws -> ChangeAnswer
    ) async throws -> Answer {
        let now = now
        return try await database.write { tx in
            try queue(tx)
            if let known = try memory.find(in: tx) { return known }
            let answer = answer(try body(tx))
            try memory.store(answer, at: now, in: tx)
            return answer
        }
    }

    private func answer(_ change: ChangeAnswer) -> Answer {
        var answer = json(change.body, status: change.status, version: change.version)
        if let location = change.location { answer.headers[.location] = location }
        return answer
    }
}

/// The key that a caller gave to a request, with the hash of the whole request.
struct IdempotencyKey: Sendable {
    static let header = "Idempotency-Key"
    let person: Int64
    let key: String
    let digest: [UInt8]

    init?(_ visit: Visit) throws(AppError) {
        guard let name = HTTPField.Name(IdempotencyKey.header), let key = visit.header(name) else {
            return nil
        }
        guard (1...200).contains(key.utf8.count) else {
            throw .invalid([Problem(IdempotencyKey.header, "field.long", ["max": 200, "count": .number(key.count)])])
        }
        var hash = SHA256()
        hash.update(data: Array("\(visit.method.rawValue) \(visit.target)\n".utf8))
        hash.update(data: visit.body.readableBytesView)
        if let upload = visit.upload { hash.update(data: Array(upload.digestText.utf8)) }
        // Whoever may no longer do a thing is not answered from memory either.
        hash.update(data: Array("\n\(visit.viewer.office?.uid.text ?? "") \(visit.viewer.grants)".utf8))
        digest = Array(hash.finalize())
        self.key = key
        person = visit.viewer.personID?.value ?? 0
    }

    func find(in tx: Transaction) throws -> Answer? {
        let row = try tx.first(
            "SELECT request, status, body, etag, location FROM idempotency WHERE person_id = \(person) AND key = \(key)"
        )
        guard let row else { return nil }
        guard try row.blob(0) == digest else { throw AppError.conflict(Message("error.idempotency_reused")) }
        var headers: HTTPFields = [.contentType: "application/json", .cacheControl: "private, no-cache"]
        if let tag = try row.optionalText(3) { headers[.eTag] = tag }
        if let location = try row.optionalText(4) { headers[.location] = location }
        return Answer(status: .init(code: try row.int(1)), headers: headers, text: try row.text(2))
    }

    func store(_ answer: Answer, at now: Instant, in tx: Transaction) throws {
        try tx.run(
            """
            INSERT INTO idempotency (person_id, key, request, status, body, etag, location, at) VALUES
            (\(person), \(key), \(digest), \(answer.status.code), \(answer.text), \(answer.headers[.eTag]),
            \(answer.headers[.location]), \(now))
            """)
    }
}
