public import Storage

/// The history of the schema, oldest first; the steps live with their feature. A step is never edited after release.
public enum Schema {
    public static let migrations: [Migration] = [
        .createUnits,
        .createPeople,
        .createSignIn,
        .createActivity,
        .createAPI,
        .indexLivingUnits,
        .createAttachments,
        .createDocuments,
        .createCommittees,
        .createPortfolios,
        .createCoverage,
        .createGaps,
        .createInvitations,
        .createPersonErasure,
        .numberDocumentScopes,
        .createTasks,
        .createUnitTally,
        .createTaskImports,
        .createSavedViews,
        .createPersonScopes,
        .indexUnitEvents,
        .createNotices,
        .createTaskBulk,
        .createSearch,
        .extendTasks,
        .indexTaskScopes,
        .reorderTaskTags,
        .chargeTasks,
        .createDocumentReaders,
        .indexTaskActs,
        .numberTaskDays,
        .blockTasks,
    ]
}
