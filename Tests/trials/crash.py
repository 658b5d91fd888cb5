"""`kill -9` at a random moment of acknowledged writes, then a restart.

Half of the writers make units, half draft tasks. Holds: every acknowledged write is there exactly once; sending an
unacknowledged one again with its own Idempotency-Key makes exactly one; `resolute audit verify` finds the chain whole
and `resolute doctor` that every table agrees with those that it is made from.
"""

import argparse
import http.client
import json
import random
import sys
import threading
import time
import urllib.parse

from server import Server


class Records:
    """What a writer makes, as whom, and how it is found again by the beginning of its name."""

    def __init__(self, path: str, token: str, query: dict, named: str, body: dict):
        self.path, self.token, self.query, self.named, self.body = path, token, query, named, body

    def create(self, connection, name: str) -> tuple[int, bytes]:
        """One record; its name is its idempotency key."""
        connection.request("POST", self.path, json.dumps(self.body | {self.named: name}), {
            "Authorization": f"Bearer {self.token}", "Content-Type": "application/json",
            "Idempotency-Key": name.replace(" ", "-")})
        answer = connection.getresponse()
        return answer.status, answer.read()

    def by_name(self, connection, prefix: str) -> dict[str, list[str]]:
        """Uids by name of every record whose name begins with `prefix`."""
        found: dict[str, list[str]] = {}
        after = ""
        while True:
            asked = self.query | {"q": prefix, "limit": 200} | ({"after": after} if after else {})
            page = get(connection, self.token, f"{self.path}?{urllib.parse.urlencode(asked)}")
            for item in page["items"]:
                if item[self.named].startswith(prefix + " "):
                    found.setdefault(item[self.named], []).append(item["uid"])
            after = page["next"]
            if not after:
                return found


class Writer(threading.Thread):
    """Makes records one after the other until the server is gone; remembers what was answered 201."""

    def __init__(self, port: int, records: Records, prefix: str):
        super().__init__(daemon=True)
        self.port, self.records, self.prefix = port, records, prefix
        self.acknowledged: dict[str, str] = {}
        self.unanswered: list[str] = []
        self.refused: list[str] = []

    def run(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        number = 0
        while True:
            number += 1
            name = f"{self.prefix} {number}"
            try:
                status, body = self.records.create(connection, name)
            except (OSError, http.client.HTTPException):
                self.unanswered.append(name)
                return
            if status == 201:
                self.acknowledged[name] = json.loads(body)["uid"]
            elif status == 503:
                self.unanswered.append(name)
            else:
                self.refused.append(f"{name}: {status} {body[:300]!r}")
                return


def get(connection, token: str, path: str) -> dict:
    connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"GET {path} answered {answer.status}: {body[:300]!r}")
    return json.loads(body)


def a_round(server: Server, kinds: list[Records], number: int, writers: int, problems: list[str]) -> int:
    threads = [Writer(server.port, kinds[index % len(kinds)], f"crash{number}x{index}") for index in range(writers)]
    for thread in threads:
        thread.start()
    time.sleep(random.uniform(0.1, 1.2))
    server.kill()
    for thread in threads:
        thread.join(timeout=60)
    server.start()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    for thread in threads:
        problems += thread.refused
        before = thread.records.by_name(connection, thread.prefix)
        for name, uid in thread.acknowledged.items():
            if before.get(name) != [uid]:
                problems.append(f"{name} was acknowledged as {uid} and is {before.get(name)}")
        for name in thread.unanswered:
            status, body = thread.records.create(connection, name)
            if status != 201:
                problems.append(f"sending {name} again answered {status}: {body[:200]!r}")
        after = thread.records.by_name(connection, thread.prefix)
        for name in list(thread.acknowledged) + thread.unanswered:
            if len(after.get(name, [])) != 1:
                problems.append(f"{name} is there {len(after.get(name, []))} times after sending it again")
    connection.close()
    for command in (("audit", "verify"), ("doctor",)):
        said = server.command(*command, check=False)
        if said.returncode != 0:
            problems.append(f"{' '.join(command)} ended with {said.returncode}: {said.stdout}{said.stderr}")
    return sum(len(thread.acknowledged) for thread in threads)


def kinds(server: Server, accounts: dict[str, dict]) -> list[Records]:
    """Units below the country by the administrator; drafts for a department by the secretariat of its province."""
    chief, giving = accounts["administrator"]["token"], accounts["secretariat-province"]["token"]
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    parent = get(connection, chief, "/api/v1/units?kind=country&limit=1")["items"][0]["uid"]
    asked = urllib.parse.quote("Sở Tài chính tỉnh Gia Lai")
    lead = get(connection, giving, f"/api/v1/units?q={asked}&limit=1")["items"][0]["uid"]
    connection.close()
    unit = {"kind": "body", "from": "2025-07-01", "parent": parent, "basis": "trial", "secrecy": "public"}
    return [Records("/api/v1/units", chief, {}, "name", unit),
            Records("/api/v1/tasks", giving, {"which": "draft"}, "title", {"lead_unit": lead})]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--program", required=True)
    options.add_argument("--engine", choices=["sqlite", "postgres"], help="both when not named")
    options.add_argument("--rounds", type=int, default=50)
    options.add_argument("--writers", type=int, default=4)
    asked = options.parse_args()
    ok = True
    for engine in [asked.engine] if asked.engine else ["sqlite", "postgres"]:
        problems: list[str] = []
        acknowledged = rounds = 0
        began = time.monotonic()
        with Server(asked.program, engine) as server:
            accounts = {row["role"]: row for row in server.load_demonstration()}
            server.start()
            made = kinds(server, accounts)
            for number in range(asked.rounds):
                acknowledged += a_round(server, made, number, asked.writers, problems)
                rounds += 1
                if problems:
                    break
        if acknowledged == 0:
            problems.append("not one write was acknowledged: the trial proves nothing")
        for problem in problems[:10]:
            print("   ✘", problem)
        print(f"   {engine}: {rounds} rounds, {acknowledged} acknowledged writes, "
              f"{'none lost, none doubled, chain whole' if not problems else f'{len(problems)} problems'}, "
              f"{time.monotonic() - began:.0f} s")
        ok = ok and not problems
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
