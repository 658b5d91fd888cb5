"""Who may open which page: an administrator does not have every right."""

from world import World

PERFORMING = ("refusal", "progress", "declaration")
DIRECTING = ("edit", "return", "pause", "cancellation", "resumption", "reopening", "performer", "leader")


def visitor(path: str) -> str:
    """Who may open a page: an administrator gives nobody a task and reports on none."""
    last = path.rsplit("/", 1)[-1]
    if path.startswith("/tasks/{task}/") and (last in PERFORMING or path.endswith("/extensions/new")):
        return "focal"
    giving = path.startswith(("/tasks/new", "/tasks/import")) or path == "/tasks/{task}/children/new"
    handing = path == "/offices/{office}/handover" or path.startswith("/tasks/{task}/files/")
    if giving or handing or path.startswith("/tasks/{task}/") and last in DIRECTING:
        return "secretariat-province"
    return "administrator"


class Windows:
    """One window for each visitor, opened when a page needs it."""

    def __init__(self, world: World, language: str, **look):
        self.world, self.language, self.look, self.open = world, language, look, {}

    def __call__(self, path: str):
        role = visitor(path)
        if role not in self.open:
            self.open[role] = self.world.window(role, self.language, **self.look)
        return self.open[role]
