"""`kill -9` at a random moment of acknowledged writes, then a restart.

Holds: every acknowledged write is there exactly once; sending an unacknowledged one again with its own
Idempotency-Key makes exactly one; `resolute audit verify` finds the chain whole.
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


class Writer(threading.Thread):
    """Creates units one after the other until the server is gone; remembers what was answered 201."""

    def __init__(self, port: int, token: str, parent: str, prefix: str):
        super().__init__(daemon=True)
        self.port, self.token, self.parent, self.prefix = port, token, parent, prefix
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
                status, body = create(connection, self.token, self.parent, name)
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


def create(connection, token: str, parent: str, name: str) -> tuple[int, bytes]:
    """One unit under `parent`; its name is its idempotency key."""
    body = {"kind": "body", "name": name, "from": "2025-07-01", "parent": parent, "basis": "trial", "secrecy": "public"}
    connection.request("POST", "/api/v1/units", json.dumps(body), {
        "Authorization": f"Bearer {token}", "Content-Type": "application/json",
        "Idempotency-Key": name.replace(" ", "-")})
    answer = connection.getresponse()
    return answer.status, answer.read()


def get(connection, token: str, path: str) -> dict:
    connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"GET {path} answered {answer.status}: {body[:300]!r}")
    return json.loads(body)


def named(connection, token: str, prefix: str) -> dict[str, list[str]]:
    """Uids by name of every unit whose name begins with `prefix`."""
    found: dict[str, list[str]] = {}
    after = ""
    while True:
        query = urllib.parse.urlencode({"q": prefix, "limit": 200} | ({"after": after} if after else {}))
        page = get(connection, token, f"/api/v1/units?{query}")
        for item in page["items"]:
            if item["name"].startswith(prefix + " "):
                found.setdefault(item["name"], []).append(item["uid"])
        after = page["next"]
        if not after:
            return found


def a_round(server: Server, token: str, parent: str, number: int, writers: int, problems: list[str]) -> int:
    prefixes = [f"crash{number}x{index}" for index in range(writers)]
    threads = [Writer(server.port, token, parent, prefix) for prefix in prefixes]
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
        before = named(connection, token, thread.prefix)
        for name, uid in thread.acknowledged.items():
            if before.get(name) != [uid]:
                problems.append(f"{name} was acknowledged as {uid} and is {before.get(name)}")
        for name in thread.unanswered:
            status, body = create(connection, token, parent, name)
            if status != 201:
                problems.append(f"sending {name} again answered {status}: {body[:200]!r}")
        after = named(connection, token, thread.prefix)
        for name in list(thread.acknowledged) + thread.unanswered:
            if len(after.get(name, [])) != 1:
                problems.append(f"{name} is there {len(after.get(name, []))} times after sending it again")
    connection.close()
    verify = server.command("audit", "verify", check=False)
    if verify.returncode != 0:
        problems.append(f"audit verify ended with {verify.returncode}: {verify.stdout}{verify.stderr}")
    return sum(len(thread.acknowledged) for thread in threads)


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
            account = next(row for row in server.load_demonstration() if row["role"] == "administrator")
            server.start()
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
            parent = get(connection, account["token"], "/api/v1/units?kind=country&limit=1")["items"][0]["uid"]
            connection.close()
            for number in range(asked.rounds):
                acknowledged += a_round(server, account["token"], parent, number, asked.writers, problems)
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
