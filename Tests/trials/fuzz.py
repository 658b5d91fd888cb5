"""Boundary values in every path and query parameter, form field and JSON field, with a valid session and token.

Holds: the process lives and stays the same, nothing answers 500, at least 80 % of the requests come through
authentication and routing (by the server's own access log). Loopback only, bounded in number and time.
"""

import argparse
import json
import re
import subprocess
import sys
import threading
import time
import urllib.parse
from collections import Counter, defaultdict

from requests_raw import RawConnection
from server import Browser, Server
from values import Values

# Sent only now and then, by their own session: they end sessions, change passwords or count as guesses.
RARE = {"/sign-in", "/sign-out", "/confirmation", "/account/password", "/account/sessions/{session}/end",
        "/tokens/{token}/revocation", "/invitation"}
QUERY = ["q", "kind", "level", "parent", "on", "deep", "state", "desc", "open", "sort", "order", "after", "limit", "count", "from", "to", "verb",
         "subject", "person", "unit", "hierarchy", "return", "ended", "status", "format"]


class Target:
    """What is known of one route: its parameters, query fields and body fields."""

    def __init__(self, method: str, path: str, api: bool):
        self.method, self.path, self.api = method, path, api
        self.names = re.findall(r"\{(\w+)\}", path)
        self.query = list(QUERY)
        self.fields: list[str] = []


def targets(server: Server, session: Browser, token: str, canary: bool) -> list[Target]:
    """Every route but those of style sheets, with the fields that its forms and the OpenAPI document name."""
    listed = routes(server, canary)
    found = [Target(row["method"], row["path"], row["api"]) for row in listed]
    document = json.loads(session.request("GET", "/api/openapi.json", headers={"Authorization": f"Bearer {token}"})[1])
    for target in found:
        operation = document.get("paths", {}).get(target.path, {}).get(target.method.lower(), {})
        target.query += [p["name"] for p in operation.get("parameters", []) if p.get("in") == "query"]
        schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
        target.fields += list(schema.get("properties", {}))
    return found


def routes(server: Server, canary: bool) -> list[dict]:
    arguments = [server.program, "routes", "--json"] + (["--canary"] if canary else [])
    return json.loads(subprocess.run(arguments, stdout=subprocess.PIPE, check=True).stdout)


def learn_forms(session: Browser, found: list[Target], known: dict[str, list[str]]) -> None:
    """Reads every page that can be reached with a real record, and takes over the names of its fields."""
    for target in [t for t in found if t.method == "GET" and not t.api]:
        for attempt in range(4 if target.names else 1):
            path = re.sub(r"\{(\w+)\}", lambda name: nth(known.get(name.group(1), []), attempt), target.path)
            if target.path == "/canary":
                break
            _, page = session.request("GET", path)
            text = page.decode(errors="replace")
            for action, body in re.findall(r"<form\b[^>]*action=\"([^\"]*)\"[^>]*>(.*?)</form>", text, re.S):
                names = re.findall(r"<(?:input|select|textarea)\b[^>]*\bname=\"([^\"]+)\"", body)
                for other in found:
                    if matches(other.path, action.split("?")[0]):
                        fields = other.query if other.method == "GET" else other.fields
                        fields += [name for name in names if name not in fields and name != "csrf"]


def nth(records: list[str], number: int) -> str:
    return records[number % len(records)] if records else "-"


def matches(template: str, path: str) -> bool:
    return re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template)), path) is not None


class Worker(threading.Thread):
    def __init__(self, number, server, sessions, tokens, found, known, count, deadline):
        super().__init__(daemon=True)
        self.server = server
        # An administrator gives nobody a task: those are asked as somebody who directs.
        self.session, self.rare, self.director = sessions
        self.token, self.directing = tokens
        self.found, self.count, self.deadline = found, count, deadline
        self.values = Values(known, seed=number)
        self.statuses: dict[str, Counter] = defaultdict(Counter)
        self.failures: list[str] = []
        self.sent = self.dropped = 0

    def run(self):
        connection = RawConnection(self.server.port)
        while self.sent < self.count and time.monotonic() < self.deadline and self.server.is_alive():
            target = self.values.random.choice(self.found)
            if target.path in RARE and self.values.random.random() > 0.02:
                continue
            request = self.build(target)
            self.sent += 1
            status = connection.exchange(request)
            if status is None:
                self.dropped += 1
                continue
            self.statuses[f"{target.method} {target.path}"][status] += 1
            if status >= 500 and status != 503:
                self.failures.append(f"{status}: {request[:400]!r}")
        connection.close()

    def sender(self, target: Target) -> Browser:
        return self.rare if target.path in RARE else self.director if "/tasks" in target.path else self.session

    def build(self, target: Target) -> bytes:
        choice = self.values.random
        path = re.sub(r"\{(\w+)\}", lambda name: quote(self.values.record(name.group(1))), target.path)
        path += self.query(target)
        headers = [f"Host: 127.0.0.1:{self.server.port}", "Connection: keep-alive"]
        if target.api:
            headers.append(f"Authorization: Bearer {self.directing if '/tasks' in target.path else self.token}")
        else:
            headers.append(f"Cookie: {self.sender(target).cookie_header()}")
        body = b""
        if target.method in ("POST", "PUT", "PATCH", "DELETE"):
            headers.append(f"Origin: http://127.0.0.1:{self.server.port}")
            if target.api:
                body = self.json_body(target)
                headers += ["Content-Type: application/json", f'If-Match: "v{choice.choice([1, 1, 1, 2, 2**63])}"',
                            f"Idempotency-Key: {choice.random()}"]
            else:
                body = self.form_body(target, self.sender(target).csrf)
                headers.append("Content-Type: application/x-www-form-urlencoded")
            headers.append(f"Content-Length: {len(body)}")
        return f"{target.method} {path} HTTP/1.1\r\n".encode() + "\r\n".join(headers).encode() + b"\r\n\r\n" + body

    def query(self, target: Target) -> str:
        names = self.values.random.sample(target.query, k=min(len(target.query), self.values.random.randrange(4)))
        pairs = [f"{quote(name.encode())}={quote(self.values.any())}" for name in names]
        if pairs and self.values.random.random() < 0.1:
            pairs.append(pairs[0])
        return "?" + "&".join(pairs) if pairs else ""

    def wrong(self, names: list[str]) -> set[str]:
        """Which fields get a boundary value: mostly one, so that the rules behind the first check are reached."""
        choice = self.values.random
        return set(names) if choice.random() < 0.3 else {choice.choice(names)} if choice.random() < 0.85 else set()

    def form_body(self, target: Target, csrf: str) -> bytes:
        choice, names = self.values.random, target.fields or ["name", "from", "to", "unit"]
        pairs = [("csrf", csrf.encode())]
        wrong = self.wrong(names)
        for name in names:
            if name not in wrong:
                pairs.append((name, self.values.right(name).encode()))
                continue
            fate = choice.random()
            if fate < 0.1:
                continue
            pairs.append((name, self.values.record() if fate < 0.3 else self.values.any()))
            if fate > 0.95:
                pairs.append(pairs[-1])
        if choice.random() < 0.003:
            pairs.append(("name", b"x" * 300_000))
        return "&".join(f"{quote(name.encode())}={quote(value)}" for name, value in pairs).encode()

    def json_body(self, target: Target) -> bytes:
        choice, names = self.values.random, target.fields or ["name"]
        if choice.random() < 0.1:
            return choice.choice([b"", b"{", b"[]", b"null", b"\xff", b"\xef\xbb\xbf{}", b'{"a":1}{"a":1}', b"{" * 3_000])
        wrong, members = self.wrong(names), []
        for name in names:
            if name in wrong:
                members += [f'"{name}":{self.values.json()}'] * (0 if choice.random() < 0.1 else 1)
            elif right := self.values.right(name):
                members.append(f'"{name}":{json.dumps(right)}')
        if members and choice.random() < 0.1:
            members.append(members[0])
        return ("{" + ",".join(members) + "}").encode()


def quote(value: bytes) -> str:
    return urllib.parse.quote_from_bytes(value, safe="")


def access_log(server: Server, start: int) -> tuple[int, int]:
    """Lines of the access log, and those that passed authentication and routing."""
    lines = through = 0
    with server.log.open(errors="replace") as log:
        log.seek(start)
        for line in log:
            if '"message":"request"' in line:
                lines += 1
                row = json.loads(line)
                through += bool(row.get("route")) and (bool(row.get("person")) or row.get("route") in OPEN)
    return lines, through


OPEN = {"/health", "/metrics", "/assets/{version}/{file}", "/sign-in", "/api/openapi.json", "/favicon.ico", "/robots.txt"}


def known_uids(session: Browser, token: str) -> dict[str, list[str]]:
    """Records that exist, by kind, less the ones that carry this trial's own rights."""
    bearer = {"Authorization": f"Bearer {token}"}
    uid = r"[0-9a-f]{8}-[0-9a-f-]{27}"
    own = set(re.findall(uid, session.request("GET", "/api/v1/me", headers=bearer)[1].decode()))
    found: dict[str, list[str]] = {}
    for kind, path in (("unit", "/api/v1/units?limit=60&level=body"), ("unit", "/api/v1/units?limit=40"),
                       ("person", "/api/v1/people?limit=60"), ("document", "/api/v1/documents?limit=40"),
                       ("task", "/api/v1/tasks?limit=60"), ("task", "/api/v1/tasks?which=draft&limit=20")):
        text = session.request("GET", path, headers=bearer)[1].decode()
        found.setdefault(kind, []).extend(re.findall(rf'"uid":\s*"({uid})"', text))
    for person in found["person"]:
        if person in own:
            continue
        page = session.request("GET", f"/people/{person}")[1].decode()
        for kind in ("office", "grant", "delegation"):
            found.setdefault(kind, []).extend(re.findall(rf"/{kind}s/({uid})", page))
    return {kind: [name for name in dict.fromkeys(uids) if name not in own] for kind, uids in found.items()}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--program", required=True)
    options.add_argument("--engine", default="sqlite", choices=["sqlite", "postgres"])
    options.add_argument("--requests", type=int, default=200_000)
    options.add_argument("--seconds", type=int, default=3_600)
    options.add_argument("--connections", type=int, default=4)
    options.add_argument("--canary", action="store_true", help="succeed only if a route that traps is noticed")
    asked = options.parse_args()
    with Server(asked.program, asked.engine, ("--canary",) if asked.canary else ()) as server:
        accounts = {row["role"]: row for row in server.load_demonstration()}
        chief, other, director = accounts["administrator"], accounts["member"], accounts["secretariat-province"]
        pid = server.start()
        session = Browser(server.port).sign_in(chief["sign_in"], chief["password"])
        rare = Browser(server.port).sign_in(other["sign_in"], other["password"])
        giving = Browser(server.port).sign_in(director["sign_in"], director["password"])
        known = known_uids(session, chief["token"])
        found = [t for t in targets(server, session, chief["token"], asked.canary) if not t.path.startswith("/assets")]
        learn_forms(session, found, known)
        start, began = server.log.stat().st_size, time.monotonic()
        share = asked.requests // asked.connections
        workers = [Worker(number, server, (session, rare, giving), (chief["token"], director["token"]), found, known,
                          share, began + asked.seconds) for number in range(asked.connections)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        return report(asked, server, pid, workers, time.monotonic() - began, start)


def report(asked, server: Server, pid: int, workers: list[Worker], seconds: float, start: int) -> int:
    statuses: dict[str, Counter] = defaultdict(Counter)
    for worker in workers:
        for route, counter in worker.statuses.items():
            statuses[route].update(counter)
    sent = sum(worker.sent for worker in workers)
    for route in sorted(statuses):
        print(f"   {route:58}", " ".join(f"{status}×{count}" for status, count in sorted(statuses[route].items())))
    died = not server.is_alive()
    lines, through = access_log(server, start)
    failures = [failure for worker in workers for failure in worker.failures]
    print(f"   {sent} requests in {seconds:.0f} s, {sum(w.dropped for w in workers)} without an answer, "
          f"{through / max(1, sent):.1%} through authentication and routing ({lines} in the access log)")
    if asked.canary:
        print("   the process died, and the trial saw it" if died else "   ✘ the canary did not sing")
        return 0 if died else 1
    problems = failures[:10]
    if died:
        problems.append(f"the process ended: {server.tail()}")
    elif server.process.pid != pid or server.probe() != 200:
        problems.append("the process is not the one that was started, or does not answer")
    if through < 0.8 * sent:
        problems.append("fewer than 80 % came through authentication and routing")
    for problem in problems:
        print("   ✘", problem)
    return 1 if problems or failures else 0


if __name__ == "__main__":
    sys.exit(main())
