"""What the crash trial writes: units, drafts, tasks that are issued, reports on progress.

Each kind says how one record is sent, under a key of its own so that it can be sent again, and how the records of a
writer are found afterwards by their names.
"""

import http.client
import json
import urllib.parse


def ask(connection, method: str, path: str, token: str, body: dict | None = None, **headers: str) -> tuple[int, bytes]:
    sent = {"Authorization": f"Bearer {token}"} | {name.replace("_", "-"): value for name, value in headers.items()}
    if body is not None:
        sent["Content-Type"] = "application/json"
    connection.request(method, path, None if body is None else json.dumps(body), sent)
    answer = connection.getresponse()
    return answer.status, answer.read()


def get(connection, token: str, path: str) -> dict:
    status, body = ask(connection, "GET", path, token)
    if status != 200:
        raise SystemExit(f"GET {path} answered {status}: {body[:300]!r}")
    return json.loads(body)


def made(connection, path: str, token: str, body: dict, **headers: str) -> dict:
    """What is needed beforehand."""
    status, text = ask(connection, "POST", path, token, body, **headers)
    if status not in (200, 201):
        raise SystemExit(f"POST {path} answered {status}: {text[:500]!r}")
    return json.loads(text)


def pages(connection, token: str, path: str, **query):
    """All items of a list."""
    after = ""
    while True:
        asked = query | {"limit": 200} | ({"after": after} if after else {})
        page = get(connection, token, f"{path}?{urllib.parse.urlencode(asked)}")
        yield from page["items"]
        after = page["next"]
        if not after:
            return


def key(name: str) -> str:
    return name.replace(" ", "-")


class Records:
    """Records that one request makes, found again by the beginning of their names."""

    word = "made"

    def __init__(self, path: str, token: str, query: dict, named: str, body: dict, rest: str = ""):
        """`rest` stands behind each name, where a name has to say something."""
        self.path, self.token, self.query, self.named, self.body, self.rest = path, token, query, named, body, rest

    def filled(self, name: str) -> dict:
        return self.body | {self.named: name + self.rest}

    def begin(self, connection, prefix: str):
        """What a writer needs before it writes."""

    def create(self, connection, name: str) -> tuple[int, bytes]:
        """One record; its name is its idempotency key."""
        return ask(connection, "POST", self.path, self.token, self.filled(name), Idempotency_Key=key(name))

    def by_name(self, connection, prefix: str) -> dict[str, list[str]]:
        """Uids by name of every record whose name begins with `prefix`."""
        found: dict[str, list[str]] = {}
        for item in pages(connection, self.token, self.path, q=prefix, **self.query):
            if item[self.named].startswith(prefix + " "):
                found.setdefault(item[self.named].removesuffix(self.rest), []).append(item["uid"])
        return found

    def wrong(self, connection, prefix: str) -> list[str]:
        """What else does not hold after everything was sent again."""
        return []


class Issued(Records):
    """Tasks that are drafted and then issued: two requests, of which the second makes the promise."""

    word = "issued"

    def create(self, connection, name: str) -> tuple[int, bytes]:
        status, body = ask(connection, "POST", self.path, self.token, self.filled(name),
                           Idempotency_Key=key(name) + "-draft")
        if status != 201:
            return status, body
        draft = json.loads(body)
        status, body = ask(connection, "POST", f"{self.path}/{draft['uid']}/issue", self.token, {},
                           Idempotency_Key=key(name), If_Match=f'"v{draft["version"]}"')
        return (201 if status == 200 else status), body

    def by_name(self, connection, prefix: str) -> dict[str, list[str]]:
        found = super().by_name(connection, prefix)
        for name, uids in found.items():
            for uid in uids:
                told = [event["verb"] for event in pages(connection, self.token, f"{self.path}/{uid}/history")]
                if sorted(told) != ["created", "given"]:
                    found[name] = [f"a task whose history says {told}"]
        return found


class Reports(Records):
    """Reports on the progress of one task, each made from the version that the one before has left."""

    word = "reported"

    def __init__(self, path: str, giving: str, doing: str, body: dict, rest: str):
        super().__init__(path, giving, {}, "title", body, rest)
        self.doing = doing

    def begin(self, connection, prefix: str):
        task = made(connection, self.path, self.token, self.filled(prefix))
        for token, act in ((self.token, "issue"), (self.doing, "acceptance")):
            task = made(connection, f"{self.path}/{task['uid']}/{act}", token, {}, If_Match=f'"v{task["version"]}"')
        self.uid, self.first, self.version = task["uid"], task["version"], task["version"]
        # From which version each report was made.
        self.numbers: dict[str, int] = {}

    def create(self, connection, name: str) -> tuple[int, bytes]:
        # Sent again it is the same request, made from the same version.
        seen = self.numbers.setdefault(name, self.version)
        body = {"text": name, "percent": str(seen % 100)}
        status = 503
        # The next one is made from the version that this one leaves.
        while status == 503:
            status, text = ask(connection, "POST", f"{self.path}/{self.uid}/progress", self.doing, body,
                               Idempotency_Key=key(name), If_Match=f'"v{seen}"')
        if status == 200:
            self.version = json.loads(text)["version"]
        return (201 if status == 200 else status), text

    def by_name(self, connection, prefix: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for event in pages(connection, self.doing, f"{self.path}/{self.uid}/history"):
            if event["verb"] == "progressed":
                found.setdefault(event["after"]["text"], []).append(self.uid)
        return found

    def wrong(self, connection, prefix: str) -> list[str]:
        """The task stands where the last report has left it, and counts each of them once."""
        task = get(connection, self.doing, f"/api/v1/tasks/{self.uid}")
        last = max(self.numbers.values(), default=self.first - 1)
        wanted = (last + 1, last % 100 if self.numbers else 0)
        is_so = (task["version"], task["percent"])
        problems = [] if is_so == wanted else [f"{prefix}: version and percent are {is_so} instead of {wanted}"]
        # The page of a task has the newest hundred.
        told = [report["text"] for report in task["reports"] if report["act"] == "progress"]
        sent = sorted(self.numbers, key=self.numbers.get, reverse=True)
        if told != sent[:len(told)] or len(told) < min(len(sent), 99):
            problems.append(f"{prefix}: its newest reports are {told[:3]} … instead of {sent[:3]} …")
        return problems


def office(connection, token: str, account: dict, title: str = "") -> str:
    """The uid of an office of somebody."""
    asked = urllib.parse.quote(account["name"])
    people = get(connection, token, f"/api/v1/people?q={asked}&limit=20")["items"]
    held = [held for person in people if person["name"] == account["name"] for held in person["offices"]]
    return next(found["uid"] for found in held if not title or found["title"] == title)


def kinds(port: int, accounts: dict[str, dict]) -> list:
    """Each makes the records of one writer: units below the country by the administrator; drafts, tasks and reports for
    a department by the secretariat of its province and whoever does them."""
    chief, giving = accounts["administrator"]["token"], accounts["secretariat-province"]["token"]
    doing = accounts["focal"]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    parent = get(connection, chief, "/api/v1/units?kind=country&limit=1")["items"][0]["uid"]

    def department(name: str) -> str:
        return get(connection, giving, f"/api/v1/units?q={urllib.parse.quote(name)}&limit=1")["items"][0]["uid"]

    rest = " xây dựng kho dữ liệu dùng chung"
    unit = {"kind": "body", "from": "2025-07-01", "parent": parent, "basis": "trial", "secrecy": "public"}
    head = office(connection, giving, accounts["leader"])
    clear = {
        "lead_unit": department("Sở Khoa học và Công nghệ tỉnh Gia Lai"), "performer": office(connection, giving, doing),
        "leader": head, "authority": head, "deadline": "2030-12-31",
        "products": [{"name": "Kho dữ liệu", "kind": "system", "criterion": "100% xã tra cứu được hồ sơ"}],
    }
    finance = {"lead_unit": department("Sở Tài chính tỉnh Gia Lai")}
    connection.close()
    return [
        lambda: Records("/api/v1/units", chief, {}, "name", unit),
        lambda: Reports("/api/v1/tasks", giving, doing["token"], clear, rest),
        lambda: Records("/api/v1/tasks", giving, {"which": "draft"}, "title", finance),
        lambda: Issued("/api/v1/tasks", giving, {"which": "open"}, "title", clear, rest),
    ]
