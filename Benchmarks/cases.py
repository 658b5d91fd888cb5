"""What is asked: for each case and viewer the lines of requests that the load goes round, `path`, or for a change
`path <tab> version <tab> token`. Read from the database, so that nothing is asked of the server beforehand but pages."""

import re

import generate
from server import Browser

ALL = ["list", "list_filtered", "list_deep", "task_page", "task_json", "today", "leader", "search", "save"]
VIEWERS = {"commune": "commune.0", "province": "province.0", "administrator": "admin"}
FILTERS = ["schedule=overdue", "schedule=week", "state=in_progress", "state=declared", "state=returned", "pillar=people",
           "pillar=science&state=in_progress", "period=2026Q4", "period=2027-01", "key=1", "order=updated", "which=closed"]
WORDS = ["chuyển đổi", "bán dẫn", "đợt 42", "học bạ", "khoa học công nghệ", "chữ ký số đợt 7", "trạm y tế", "Nghị quyết 57"]
DEEP = 40


class Cases:
    def __init__(self, installation):
        self.installation, self.sink = installation, installation.sink()
        self._tokens: dict[str, str] = {}

    def browser(self, viewer: str) -> Browser:
        browser = Browser(self.installation.port)
        return browser.sign_in(VIEWERS[viewer], "Bench-Password-2026")

    def token(self, viewer: str) -> str:
        """For the API: of those who report one was made with the data, an administrator gets one for a day."""
        if viewer != "administrator":
            return generate.token(VIEWERS[viewer])
        if viewer not in self._tokens:
            said = self.installation.command("token", "add", "--sign-in", VIEWERS[viewer], "--name", "bench", "--days", "1")
            self._tokens[viewer] = re.search(r"rsl_\S+", said).group()
        return self._tokens[viewer]

    def requests(self, case: str, viewer: str, browser: Browser) -> list[str]:
        """Empty when the product has no such page."""
        paths = {
            "list": lambda: ["/tasks"], "today": lambda: ["/today"], "leader": lambda: ["/leader"],
            "list_filtered": lambda: [f"/tasks?{text}" for text in FILTERS + self.places(viewer)],
            "search": lambda: [f"/search?q={word.replace(' ', '+')}" for word in WORDS],
            "list_deep": lambda: self.deep(browser),
            "task_page": lambda: [f"/tasks/{uid}" for uid in self.known(viewer)],
            "task_json": lambda: [f"/api/v1/tasks/{uid}" for uid in self.known(viewer)],
            "save": lambda: self.progress(viewer),
        }[case]()
        if case not in ("save", "task_json") and paths and browser.request("GET", encoded(paths[0]))[0].status == 404:
            return []
        return [encoded(path) for path in paths]

    def unit(self, viewer: str) -> int:
        """Over which the viewer has rights; the country for the administrator."""
        [(unit,)] = self.sink.query("SELECT g.unit_id FROM access_grant g JOIN office o ON o.id = g.office_id JOIN account a "
                                    "ON a.person_id = o.person_id WHERE g.hierarchy = 'territory' AND a.sign_in = "
                                    f"'{VIEWERS[viewer]}' ORDER BY g.id LIMIT 1")
        return unit

    def places(self, viewer: str) -> list[str]:
        """Lists of one unit, and of a document with many tasks and of one with few."""
        units = self.sink.query(f"SELECT u.uid FROM unit_reach r JOIN unit u ON u.id = r.unit_id WHERE r.hierarchy = 'territory' "
                                f"AND r.ancestor_id = {self.unit(viewer)} AND u.to_day = '9999-12-31' ORDER BY u.id LIMIT 5")
        documents = self.sink.query("SELECT uid FROM document WHERE secrecy = 0 ORDER BY id LIMIT 3")
        return [f"unit={row[0]}" for row in units[-2:]] + [f"document={row[0]}" for row in documents]

    def deep(self, browser: Browser) -> list[str]:
        """The second and later pages, by the links that people follow."""
        found: list[str] = []
        for path in ("/tasks", "/tasks?which=closed"):
            for _ in range(DEEP):
                page = browser.request("GET", path)[1].decode()
                link = re.search(r'href="(/tasks\?[^"]*after=[^"]*)"', page)
                if not link:
                    break
                path = link.group(1).replace("&amp;", "&")
                found.append(path)
        return found

    def known(self, viewer: str) -> list[str]:
        """Tasks in the viewer's scope, with those that they coordinate and restricted ones among them."""
        scope = self.unit(viewer) * 4
        rows = self.sink.query(
            "SELECT t.uid FROM task t JOIN (SELECT task_id FROM task_scope WHERE "
            f"scope_id = {scope} AND closed < 2 ORDER BY (task_id * 7919) % 100003, task_id LIMIT 2000) s ON s.task_id = t.id")
        return [row[0] for row in rows]

    def progress(self, viewer: str) -> list[str]:
        """A report of progress on each task that somebody with a token may report on, mixed."""
        if viewer not in ("commune", "province"):
            return []
        rows = self.sink.query(
            "SELECT t.uid, t.version, k.name FROM api_token k JOIN office o ON o.id = k.office_id "
            "JOIN task t ON t.lead_unit_id = o.unit_id "
            f"WHERE k.name LIKE '{viewer}.%' AND t.state IN ('accepted', 'in_progress', 'returned') "
            "ORDER BY (t.id * 7919) % 100003, t.id LIMIT 20000")
        return [f"/api/v1/tasks/{uid}/progress\t{version}\t{generate.token(str(name))}" for uid, version, name in rows]


def encoded(path: str) -> str:
    return "".join(c if c.isascii() else "".join(f"%{byte:02X}" for byte in c.encode()) for c in path)
