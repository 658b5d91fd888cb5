/// What an office may do inside the subtree of a grant. DESIGN's seven users, less the citizen, who signs in nowhere.
public enum Role: String, Sendable, CaseIterable {
    /// Units, people, grants, tokens, audit, backup.
    case administrator
    /// Standing agency of a committee: registers, chases, verifies, compiles.
    case secretariat
    /// Head and deputy heads: decide.
    case leader
    /// Member of a committee: a portfolio.
    case member
    /// Focal person of a department or commune: reports.
    case focal
    /// Fatherland Front, inspection: reads.
    case supervisor
}

/// The three trees that a unit can stand in.
public enum Hierarchy: String, Sendable, CaseIterable {
    /// Where it lies; roll-ups follow this one.
    case territory
    /// Which agency is its superior.
    case state
    /// Which Party committee is above it.
    case party
}
