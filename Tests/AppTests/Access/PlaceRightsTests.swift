import Storage
import TestSupport
import Testing

@testable import App

/// A right over a ward reaches what its hierarchy says: by territory whatever stands there, by the superior agency the
/// ward itself and nothing that merely stands there.
@Suite struct PlaceRightsTests {
    private func task(_ tasks: TaskWorld, _ title: String, _ lead: Place, _ performer: UID, _ leader: UID)
        async throws
    {
        let unit = try tasks.world.uid(lead)
        _ = try await tasks.given(by: .science, .open) { draft in
            (draft.title, draft.leadUnit) = (title, unit)
            draft.secrecy = .internal
            (draft.performer, draft.leader) = (performer, leader)
        }
    }

    private func known(_ tasks: TaskWorld, _ hierarchy: Hierarchy) async throws -> [String] {
        let grant = Viewer.Grant(
            role: .focal, hierarchy: hierarchy, unit: try tasks.world.id(.pleiku), ceiling: .internal)
        let viewer = Viewer(identity: tasks.chief.viewer.identity, grants: [grant], day: tasks.today)
        return try await tasks.names(as: viewer).sorted()
    }

    /// The centre stands in the ward and is subordinate to nobody there, as a central university is.
    @Test(arguments: Engine.allCases) func byTheSuperiorAgencyOnlyTheWardItself(_ engine: Engine) async throws {
        try await TaskWorld.with(engine) { tasks in
            let worker = try await tasks.hire(.wardCentre, "Giảng viên")
            let head = try await tasks.hire(.wardCentre, "Hiệu trưởng")
            try await task(tasks, "Việc riêng của cơ quan này", .wardCentre, worker.office.uid, head.office.uid)
            try await task(tasks, "Việc riêng của phường này", .pleiku, worker.office.uid, tasks.chairman.office.uid)
            #expect(try await known(tasks, .territory) == ["Việc riêng của cơ quan này", "Việc riêng của phường này"])
            #expect(try await known(tasks, .state) == ["Việc riêng của phường này"])
            // Without a right, who works in a body that stands there knows what the ward itself leads.
            let other = try await tasks.hire(.wardCentre, "Kế toán")
            #expect(
                try await tasks.names(as: other.viewer).sorted() == [
                    "Việc riêng của cơ quan này", "Việc riêng của phường này",
                ])
            let neighbour = try await tasks.hire(.wardCommittee, "Văn thư")
            #expect(try await tasks.names(as: neighbour.viewer) == [])
        }
    }
}
