/// What is done to a committee that is there, by the name that the command line gives it.
public enum CommitteeAct: String, TypedAct {
    case addSeat = "add-seat"
    case endSeat = "end-seat"
    case consolidate
    case addOrgan = "add-organ"
    case endOrgan = "end-organ"
    case addPaper = "add-paper"
    case endPaper = "end-paper"
    case assign
    case addField = "add-field"
    case setRules = "set-rules"

    public var operation: APIOperation {
        switch self {
        case .addSeat: CommitteeOperations.addSeat
        case .endSeat: CommitteeOperations.end("a seat")
        case .consolidate: CommitteeOperations.consolidate
        case .addOrgan: CommitteeOperations.addOrgan
        case .endOrgan: CommitteeOperations.end("the work of an organ")
        case .addPaper: CommitteeOperations.addPaper
        case .endPaper: CommitteeOperations.end("a paper")
        case .assign: PortfolioBodies.assign
        case .addField: PortfolioBodies.addField
        case .setRules: PortfolioBodies.setRules
        }
    }

    public var parts: [APIMember] { part.map { [(name: $0, schema: .uid, required: true)] } ?? [] }

    /// What ends by it.
    var part: String? {
        switch self {
        case .endSeat: "seat"
        case .endOrgan: "organ"
        case .endPaper: "paper"
        default: nil
        }
    }

    var ability: any KeyPath<CommitteeAbilities, Bool> & Sendable {
        self == .consolidate ? \.mayConsolidate : \.mayKeep
    }

    /// Throws ``AppError/notFound`` when what is to end is not of this committee.
    func find(_ part: UID?, of row: CommitteeRow, _ store: CommitteeStore) throws {
        guard let part else { return }
        switch self {
        case .endSeat: _ = try store.seat(part, of: row)
        case .endOrgan: _ = try store.organ(part, of: row)
        case .endPaper: _ = try store.paper(part, of: row)
        default: break
        }
    }
}

extension CommitteeStore {
    /// `part` is what ends; of other acts it is not read.
    func act(
        _ act: CommitteeAct, _ uid: UID, _ part: UID?, _ form: inout CommitteeForm, seen: Int?, at now: Instant
    ) throws -> CommitteeRow {
        let portfolios = PortfolioStore(self)
        switch act {
        case .addSeat: return try addSeat(uid, try form.seat(), seen: seen, at: now)
        case .consolidate: return try consolidate(uid, try form.consolidation(), seen: seen, at: now)
        case .addOrgan: return try addOrgan(uid, try form.organ(), seen: seen, at: now)
        case .addPaper: return try addPaper(uid, try form.paper(), seen: seen, at: now)
        case .assign: return try portfolios.assign(uid, try form.assignment(), seen: seen, at: now)
        case .addField: return try portfolios.addField(uid, try form.field(), seen: seen, at: now)
        case .setRules: return try setRules(uid, try form.rules(), seen: seen, at: now)
        case .endSeat, .endOrgan, .endPaper:
            let end = try form.end()
            guard let part else { throw AppError.notFound }
            return switch act {
            case .endSeat: try endSeat(uid, seat: part, end, seen: seen, at: now)
            case .endOrgan: try endOrgan(uid, organ: part, end, seen: seen, at: now)
            default: try endPaper(uid, paper: part, end, seen: seen, at: now)
            }
        }
    }
}
