"""Records that exist, by the names that routes have for them; and which of them belong together."""

import re

from server import Browser

UID = r"[0-9a-f]{8}-[0-9a-f-]{27}"
LISTS = [
    ("unit", "/api/v1/units?limit=60&level=body"), ("unit", "/api/v1/units?limit=40"),
    ("person", "/api/v1/people?limit=60"), ("document", "/api/v1/documents?limit=40"),
    ("committee", "/api/v1/committees?limit=20"), ("gap", "/api/v1/gaps?limit=20"),
]
# As somebody who gives tasks: an administrator gives none, and waits for no file.
DIRECTED = [
    ("task", "/api/v1/tasks?limit=80"), ("task", "/api/v1/tasks?which=draft&limit=20"),
    ("task", "/api/v1/tasks?directed=1&limit=60"), ("view", "/api/v1/tasks/views"), ("notice", "/api/v1/notices?limit=20"),
]


class Known:
    """`kinds`: uids by the name of a parameter. `pairs`: by two names, such as a task and a file of it. `versions`: how
    often a task was changed. `leads`: units that were given tasks by whoever directs."""

    def __init__(self):
        self.kinds: dict[str, list[str]] = {}
        self.pairs: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self.versions: dict[str, int] = {}
        self.leads: list[str] = []
        self.offices: list[str] = []

    def add(self, kind: str, uids: list[str]) -> None:
        kept = self.kinds.setdefault(kind, [])
        kept += [uid for uid in dict.fromkeys(uids) if uid not in kept]

    def pair(self, one: str, other: str, uid: str, uids: list[str]) -> None:
        self.add(other, uids)
        self.pairs.setdefault((one, other), []).extend((uid, found) for found in dict.fromkeys(uids))

    def without(self, own: set[str]) -> "Known":
        """Less the records that carry this trial's own rights."""
        self.kinds = {kind: [uid for uid in uids if uid not in own] for kind, uids in self.kinds.items()}
        return self


def known(session: Browser, token: str, director: Browser, directing: str) -> Known:
    found = Known()
    own = set(re.findall(UID, read(session, token, "/api/v1/me") + read(session, directing, "/api/v1/me")))
    for lists, key in ((LISTS, token), (DIRECTED, directing)):
        for kind, path in lists:
            found.add(kind, uids(read(session, key, path)))
    found.add("page", ["first-steps", "demonstration"])
    people(found, session, own)
    tasks(found, director, directing)
    for document in found.kinds["document"][:12]:
        page = read(session, token, f"/documents/{document}")
        found.pair("document", "attachment", document, re.findall(rf"/documents/{document}/files/({UID})", page))
        found.pair("document", "opinion", document, re.findall(rf"/documents/{document}/opinions/({UID})", page))
        found.add("requirement", re.findall(rf"/requirements/({UID})", page))
    for committee in found.kinds["committee"][:12]:
        page = read(session, token, f"/committees/{committee}")
        for kind in ("seat", "organ", "paper"):
            found.pair("committee", kind, committee, re.findall(rf"/{kind}s/({UID})", page))
    return found.without(own)


def people(found: Known, session: Browser, own: set[str]) -> None:
    for person in found.kinds["person"]:
        if person in own:
            continue
        page = session.request("GET", f"/people/{person}")[1].decode()
        for kind in ("office", "grant", "delegation"):
            found.add(kind, re.findall(rf"/{kind}s/({UID})", page))


def tasks(found: Known, director: Browser, token: str) -> None:
    """What hangs on tasks; each is made first where the demonstration may have none."""
    prepare(found, director, token)
    for task in found.kinds["task"]:
        text = read(director, token, f"/api/v1/tasks/{task}")
        if version := re.search(r'"version":\s*(\d+)', text):
            found.versions[task] = int(version.group(1))
        found.leads += re.findall(rf'"lead_unit":\s*"({UID})"', text)[:1]
        for kind, end in (("extension", "extensions"), ("attachment", "files")):
            found.pair("task", kind, task, uids(read(director, token, f"/api/v1/tasks/{task}/{end}")))
        found.offices += re.findall(rf'"office":\s*"({UID})"', read(director, token, f"/api/v1/tasks/{task}/assignments"))
    found.add("act", re.findall(rf"/tasks/acts/({UID})", read(director, token, "/events?verb=bulk")))
    found.add("import", re.findall(rf"/tasks/imports/({UID})", read(director, token, "/events?verb=imported")))


def prepare(found: Known, director: Browser, token: str) -> None:
    """A view, a file, a file of tasks and an act on many."""
    headers = {"Authorization": f"Bearer {token}"}
    json = headers | {"Content-Type": "application/json"}
    for number in range(12):
        view = f'{{"name":"Trial {number}","query":"schedule=week"}}'
        director.request("POST", "/api/v1/tasks/views", view.encode(), json)
    found.add("view", uids(read(director, token, "/api/v1/tasks/views")))
    leads = re.findall(rf'"lead_unit":\s*"({UID})"', read(director, token, "/api/v1/tasks?directed=1"))
    table = "title,lead_unit\r\n" + "".join(f"Lập danh mục dữ liệu,{lead}\r\n" for lead in leads[:1])
    kind, body = multipart([], [("file", "trial.csv", table.encode())])
    director.request("POST", "/api/v1/tasks/imports", body, headers | {"Content-Type": kind})
    found.add("task", uids(read(director, token, "/api/v1/tasks?which=draft&limit=20")))
    for task in found.kinds["task"][:6]:
        kind, body = multipart([], [("file", "trial.txt", b"Trial " + task.encode())])
        director.request("POST", f"/api/v1/tasks/{task}/files", body, headers | {"Content-Type": kind})
    for task in found.kinds["task"][:20]:
        version = re.search(r'"version":\s*(\d+)', read(director, token, f"/api/v1/tasks/{task}"))
        for act in ("pause", "resume"):
            asked = f'{{"act":"{act}","text":"Trial","tasks":[{{"task":"{task}","version":"{version.group(1)}"}}]}}'
            answer, _ = director.request("POST", "/api/v1/tasks/acts", asked.encode(), json)
            if answer.status == 200:
                return


def multipart(fields: list[tuple[str, bytes]], files: list[tuple[str, str, bytes]], boundary: str = "trial") -> tuple[str, bytes]:
    """The type and the bytes of a form with files."""
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value for name, value in fields]
    parts += [f'Content-Disposition: form-data; name="{name}"; filename="{file}"\r\nContent-Type: text/plain\r\n\r\n'.encode()
              + content for name, file, content in files]
    lines = b"".join(b"--" + boundary.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    return f"multipart/form-data; boundary={boundary}", lines + f"--{boundary}--\r\n".encode()


def read(session: Browser, token: str, path: str) -> str:
    headers = {"Authorization": f"Bearer {token}"} if path.startswith("/api") else {}
    return session.request("GET", path, headers=headers)[1].decode(errors="replace")


def uids(text: str) -> list[str]:
    return re.findall(rf'"uid":\s*"({UID})"', text)
