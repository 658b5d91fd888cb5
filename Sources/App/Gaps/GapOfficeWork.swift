import Storage

extension OfficeWork {
    /// Documents still to be issued that the office answers for. Whoever answers for one holds an office of the unit
    /// that must issue it, so that a successor elsewhere does not get it.
    static let gaps = OfficeWork(kind: "gap") { leaving in
        try leaving.gaps.openWork(of: leaving.office)
    } handOver: { leaving, successor in
        Handed(went: try leaving.gaps.handOver(from: leaving.office, to: successor, at: leaving.now))
    }
}

extension OfficeLeaving {
    fileprivate var gaps: GapStore { GapStore(tx: tx, viewer: viewer, today: today) }
}

extension GapStore {
    fileprivate func openWork(of row: OfficeRow) throws -> [OfficeWorkItem] {
        let few = try answered(by: row.office.id, limit: OfficeWork.ownLines + 1)
        let fate: OfficeWorkItem.Fate = try keeps(row.office.unit) ? .handedOver : .stays
        guard few.count > OfficeWork.ownLines else {
            return few.map { row in
                let title = Message("office-work.gap.words", ["title": .text(row.gap.title), "day": .day(row.gap.due)])
                return OfficeWorkItem(kind: "gap", title: title, href: row.href, count: 1, fate: fate)
            }
        }
        return [
            OfficeWorkItem(
                kind: "gap", title: Message("office-work.gap.all", ["unit": .text(row.unitName)]),
                href: "/gaps?owner=\(row.unitUID)", count: try countAnswered(by: row.office.id), fate: fate)
        ]
    }

    /// Each gap is changed as by its form: the version counts on, and an event names both offices.
    fileprivate func handOver(from old: OfficeRow, to new: OfficeRow, at now: Instant) throws -> Int {
        guard new.office.unit == old.office.unit, try keeps(old.office.unit) else { return 0 }
        var count = 0
        while true {
            let batch = try answered(by: old.office.id, limit: OfficeWork.batch)
            if batch.isEmpty { return count }
            try tx.run(
                """
                UPDATE gap SET office_id = \(new.office.id), version = version + 1
                WHERE id IN (\(list: batch.map(\.gap.id)))
                """)
            for row in batch {
                try record(
                    .changed, row.gap,
                    after: ["moved_from": old.office.uid.text, "successor": new.office.uid.text], at: now)
            }
            count += batch.count
        }
    }

    /// Those that are not settled and that the viewer may know of. In the order of the index by offices, so that no
    /// other one is taken.
    private func answered(by office: ID<Office>, limit: Int) throws -> [GapRow] {
        try tx.all(
            """
            SELECT \(GapRow.columns(today)) FROM \(GapRow.tables(viewer)) WHERE \(isAnswered(by: office))
            ORDER BY g.id LIMIT \(limit)
            """
        ).map(GapRow.init)
    }

    private func countAnswered(by office: ID<Office>) throws -> Int {
        try tx.first(
            "SELECT COUNT(*) FROM gap g JOIN unit u ON u.id = g.owner_id WHERE \(isAnswered(by: office))")?.int(0) ?? 0
    }

    private func isAnswered(by office: ID<Office>) -> SQL {
        "g.office_id = \(office) AND g.settled = 0 AND \(CoverageScope(viewer).condition)"
    }
}
