/// The state of the audit chain, for administrators of the whole.
func auditPage(_ page: PageContext, _ state: AuditState, checkpoint: AuditCheckpoint?) -> HTML {
    sitePage(
        page, title: page.t("activity.audit"), lead: "\(page.t("activity.audit.lead"))",
        crumbs: [Crumb(text: page.t("activity.events"), href: "/events")],
        body: columns(
            card(page.t("activity.audit.chain"), AuditViews.chain(page, state))
                + card(page.t("activity.audit.how"), AuditViews.how(page)),
            card(page.t("activity.audit.checkpoint"), AuditViews.checkpoint(page, checkpoint))
                + card(page.t("activity.audit.jobs"), AuditViews.jobs(page, state))))
}

enum AuditViews {
    /// Longer than this, and no node is sealing.
    private static let patience: Duration = .seconds(60)

    static func chain(_ page: PageContext, _ state: AuditState) -> HTML {
        let isLate = state.oldestPending.map { $0 > patience } ?? false
        let waiting: HTML =
            state.pending == 0
            ? badge(.good, page.t("activity.audit.nothing_waits"))
            : badge(isLate ? .warn : .none, page.t("activity.audit.waiting", count: state.pending))
        return facts([
            (page.t("activity.audit.sealed"), "\(page.t("activity.audit.seals", count: Int(clamping: state.sealed)))"),
            (page.t("activity.audit.pending"), waiting),
            (page.t("activity.audit.proof"), proof(page, state.proof)),
        ])
    }

    private static func proof(_ page: PageContext, _ proof: AuditProof?) -> HTML {
        guard let proof else { return badge(.none, page.t("activity.audit.never")) }
        let result =
            proof.findings == 0
            ? badge(.good, page.t("activity.audit.intact"))
            : badge(.bad, page.t("activity.audit.findings", count: proof.findings))
        return "\(result) \(page.moment(proof.at))"
    }

    static func checkpoint(_ page: PageContext, _ checkpoint: AuditCheckpoint?) -> HTML {
        guard let checkpoint else { return "<p>\(page.t("activity.audit.no_checkpoint"))</p>" }
        return facts([
            (
                page.t("activity.audit.checkpoint_at"),
                "\(Instant(parsing: checkpoint.at).map(page.moment) ?? checkpoint.at)"
            ),
            (
                page.t("activity.audit.sealed"),
                "\(page.t("activity.audit.seals", count: Int(clamping: checkpoint.seq)))"
            ),
            (page.t("activity.audit.key"), "<code>\(checkpoint.publicKey.prefix(16).description)</code>"),
        ]) + "<p>\(page.t("activity.audit.keep_outside"))</p>"
    }

    static func how(_ page: PageContext) -> HTML {
        "<p>\(page.t("activity.audit.how.text"))</p><pre><code>resolute audit verify</code></pre>"
    }

    static func jobs(_ page: PageContext, _ state: AuditState) -> HTML {
        guard !state.jobs.isEmpty else { return "<p>\(page.t("activity.audit.no_jobs"))</p>" }
        return facts(
            state.jobs.map { job in
                let result =
                    job.failed ? badge(.bad, page.t("activity.job.failed")) : badge(.good, page.t("activity.job.done"))
                let when = job.ranAt.milliseconds == 0 ? "" : page.moment(job.ranAt)
                let key = "activity.job.\(job.name)"
                let name = page.catalogue.has(key, page.language) ? page.t(key) : job.name
                return (name, "\(result) \(when)")
            })
    }
}
