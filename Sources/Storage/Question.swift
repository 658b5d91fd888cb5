/// A question to the database and how its answer is read, so that several can be asked in one way there and back while
/// each stands where it belongs.
public struct Question<Value> {
    /// Nil of what is known without asking.
    fileprivate let sql: SQL?
    fileprivate let read: ([Row]) throws -> Value

    /// - Parameter read: makes the value of all rows of the answer.
    public init(_ sql: SQL, _ read: @escaping ([Row]) throws -> Value) {
        self.sql = sql
        self.read = read
    }

    private init(known value: Value) {
        sql = nil
        read = { _ in value }
    }

    public static func known(_ value: Value) -> Question { Question(known: value) }
}

extension Transaction {
    /// The answer to one question.
    public func ask<Value>(_ question: Question<Value>) throws -> Value {
        try question.read(question.sql.map(all) ?? [])
    }

    /// The answers to questions of which none waits for another: on PostgreSQL in one way there and back.
    public func ask<each Value>(_ questions: repeat Question<each Value>) throws -> (repeat each Value) {
        var statements: [SQL] = []
        for question in repeat each questions { if let sql = question.sql { statements.append(sql) } }
        var answers = try answers(to: statements)[...]
        func read<Answer>(_ question: Question<Answer>) throws -> Answer {
            try question.read(question.sql == nil ? [] : answers.popFirst() ?? [])
        }
        return try (repeat read(each questions))
    }
}
