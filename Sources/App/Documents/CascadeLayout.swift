/// Where each box of a cascade is drawn: a column for each step down, and what hangs on a box to the right of it, the
/// first at its own height. What stands elsewhere is drawn there alone.
struct CascadeLayout {
    struct Place: Equatable {
        let branch: CascadeSketch.Branch
        let x: Int
        let y: Int
        /// The box that it hangs on, by its index among the places.
        let above: Int?
    }

    static let box = (width: 216, height: 62)
    static let gap = (across: 40, down: 12)
    /// Room for the frame of the outermost boxes.
    static let margin = 2

    private(set) var places: [Place] = []
    var width: Int { (places.map(\.x).max() ?? 0) + CascadeLayout.box.width + CascadeLayout.margin }
    var height: Int { (places.map(\.y).max() ?? 0) + CascadeLayout.box.height + CascadeLayout.margin }

    init(_ sketch: CascadeSketch) {
        var next = CascadeLayout.margin
        for top in sketch.tops { next = put(top, column: 0, y: next, above: nil) }
    }

    /// Returns where the next box below this branch may begin.
    private mutating func put(_ branch: CascadeSketch.Branch, column: Int, y: Int, above: Int?) -> Int {
        let x = CascadeLayout.margin + column * (CascadeLayout.box.width + CascadeLayout.gap.across)
        let own = places.count
        places.append(Place(branch: branch, x: x, y: y, above: above))
        var next = y
        for child in branch.below where !child.isRepeated { next = put(child, column: column + 1, y: next, above: own) }
        return max(next, y + CascadeLayout.box.height + CascadeLayout.gap.down)
    }
}
