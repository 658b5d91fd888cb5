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
from collections import Counter, defaultdict

from bodies import Bodies, quote
from known import known, read, uids
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

    def __init__(self, method: str, path: str, api: bool, upload: bool = False):
        self.method, self.path, self.api, self.upload = method, path, api, upload
        self.names = re.findall(r"\{(\w+)\}", path)
        self.query = list(QUERY)
        self.fields: list[str] = []


def targets(server: Server, session: Browser, token: str, canary: bool) -> list[Target]:
    """Every route but those of style sheets, with the fields that its forms and the OpenAPI document name."""
    listed = routes(server, canary)
    found = [Target(row["method"], row["path"], row["api"], row.get("upload", False)) for row in listed]
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


def learn_forms(sessions: list[Browser], found: list[Target], records) -> None:
    """Reads every page that can be reached with a real record, and takes over the names of its fields. Pages of tasks are
    read by somebody who gives some."""
    for target in [t for t in found if t.method == "GET" and not t.api]:
        for attempt in range(8 if target.names else 1):
            path = re.sub(r"\{(\w+)\}", lambda name: nth(records.kinds.get(name.group(1), []), attempt), target.path)
            if pairs := records.pairs.get(tuple(target.names)):
                path = target.path.format(**dict(zip(target.names, pairs[attempt % len(pairs)])))
            if target.path == "/canary":
                break
            _, page = sessions[directed(target.path)].request("GET", path)
            text = page.decode(errors="replace")
            for action, body in re.findall(r"<form\b[^>]*action=\"([^\"]*)\"[^>]*>(.*?)</form>", text, re.S):
                names = re.findall(r"<(?:input|select|textarea)\b[^>]*\bname=\"([^\"]+)\"", body)
                for other in found:
                    if matches(other.path, action.split("?")[0]):
                        fields = other.query if other.method == "GET" else other.fields
                        fields += [name for name in dict.fromkeys(names) if name not in fields and name not in ("csrf", "file")]


def directed(path: str) -> bool:
    return "/tasks" in path or path.endswith("/handover")


def performed(target: Target) -> bool:
    """What the unit that leads says of its task."""
    last = target.path.rsplit("{task}/", 1)[-1]
    return last in ("acceptance", "refusal", "progress", "declaration", "extensions", "extensions/new") and "{task}" in target.path


def nth(records: list[str], number: int) -> str:
    return records[number % len(records)] if records else "-"


def matches(template: str, path: str) -> bool:
    return re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template)), path) is not None


class Worker(threading.Thread):
    def __init__(self, number, server, sessions, tokens, found, known, count, deadline):
        super().__init__(daemon=True)
        self.server = server
        # An administrator gives nobody a task and reports on none: those are asked as somebody who does.
        self.session, self.rare, self.director, self.performer = sessions
        self.token, self.directing, self.performing = tokens
        self.found, self.count, self.deadline = found, count, deadline
        self.values = Values(known, seed=number)
        self.bodies = Bodies(self.values)
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
        if performed(target):
            return self.performer
        return self.rare if target.path in RARE else self.director if directed(target.path) else self.session

    def bearer(self, target: Target) -> str:
        return self.performing if performed(target) else self.directing if directed(target.path) else self.token

    def build(self, target: Target) -> bytes:
        choice = self.values.random
        names = iter(self.values.names(["mine"] if performed(target) else target.names))
        path = re.sub(r"\{\w+\}", lambda _: quote(next(names)), target.path)
        about, path = path, path + self.query(target)
        headers = [f"Host: 127.0.0.1:{self.server.port}", "Connection: keep-alive"]
        if target.api:
            headers.append(f"Authorization: Bearer {self.bearer(target)}")
        else:
            headers.append(f"Cookie: {self.sender(target).cookie_header()}")
        body = b""
        if target.method in ("POST", "PUT", "PATCH", "DELETE"):
            headers.append(f"Origin: http://127.0.0.1:{self.server.port}")
            version = self.values.version(about) if choice.random() < 0.9 else 2**63
            if target.api:
                kind, body = "application/json", self.bodies.json(target, about)
                headers += [f'If-Match: "v{version}"', f"Idempotency-Key: {choice.random()}"]
            else:
                kind = "application/x-www-form-urlencoded"
                body = self.bodies.form(target, about, self.sender(target).csrf)
            if target.upload:
                kind, body = self.bodies.upload(target, about, "" if target.api else self.sender(target).csrf)
            headers.append(f"Content-Type: {kind}")
            headers.append(f"Content-Length: {len(body)}")
        return f"{target.method} {path} HTTP/1.1\r\n".encode() + "\r\n".join(headers).encode() + b"\r\n\r\n" + body

    def query(self, target: Target) -> str:
        names = self.values.random.sample(target.query, k=min(len(target.query), self.values.random.randrange(4)))
        pairs = [f"{quote(name.encode())}={quote(self.values.asked(name))}" for name in names]
        if pairs and self.values.random.random() < 0.1:
            pairs.append(pairs[0])
        return "?" + "&".join(pairs) if pairs else ""


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


OPEN = {"/health", "/metrics", "/assets/{version}/{file}", "/sign-in", "/api/openapi.json", "/favicon.ico", "/robots.txt", "/help",
        "/help/{page}"}


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
        chief, other, director, doer = (accounts[role] for role in ("administrator", "member", "secretariat-province", "focal"))
        pid = server.start()
        session = Browser(server.port).sign_in(chief["sign_in"], chief["password"])
        rare = Browser(server.port).sign_in(other["sign_in"], other["password"])
        giving = Browser(server.port).sign_in(director["sign_in"], director["password"])
        doing = Browser(server.port).sign_in(doer["sign_in"], doer["password"])
        records = known(session, chief["token"], giving, director["token"])
        records.add("mine", uids(read(doing, doer["token"], "/api/v1/tasks?mine=1&limit=60")))
        found = [t for t in targets(server, session, chief["token"], asked.canary) if not t.path.startswith("/assets")]
        learn_forms([session, giving], found, records)
        start, began = server.log.stat().st_size, time.monotonic()
        share = asked.requests // asked.connections
        people, tokens = (session, rare, giving, doing), (chief["token"], director["token"], doer["token"])
        workers = [Worker(number, server, people, tokens, found, records, share, began + asked.seconds)
                   for number in range(asked.connections)]
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
