"""`kill -9` at a random moment of acknowledged writes, then a restart.

Of the writers some make units, some draft tasks, some issue them, some report on their progress. Holds: every
acknowledged write is there exactly once, with its event; sending an unacknowledged one again with its own
Idempotency-Key makes exactly one; a task stands where its last report has left it; `resolute audit verify` finds the
chain whole and `resolute doctor` that every table agrees with those that it is made from.
"""

import argparse
import http.client
import json
import random
import sys
import threading
import time
from collections import Counter

from crash_records import Records, kinds
from server import Server


class Writer(threading.Thread):
    """Makes records one after the other until the server is gone; remembers what was answered 201."""

    def __init__(self, port: int, records: Records, prefix: str):
        super().__init__(daemon=True)
        self.port, self.records, self.prefix = port, records, prefix
        self.acknowledged: dict[str, str] = {}
        self.unanswered: list[str] = []
        self.refused: list[str] = []
        self.busy = 0

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
                self.busy += 1
            else:
                self.refused.append(f"{name}: {status} {body[:300]!r}")
                return


def begun(threads: list[Writer], patience: float = 20):
    """Waits until each of them was answered: a kill before that proves nothing of it."""
    end = time.monotonic() + patience
    while time.monotonic() < end and not all(thread.acknowledged or thread.refused for thread in threads):
        time.sleep(0.01)


def a_round(server: Server, kinds: list, number: int, writers: int, problems: list[str]) -> Counter:
    threads = [Writer(server.port, kinds[index % len(kinds)](), f"crash{number}x{index}") for index in range(writers)]
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    for thread in threads:
        thread.records.begin(connection, thread.prefix)
    connection.close()
    for thread in threads:
        thread.start()
    begun(threads)
    time.sleep(random.uniform(0, 1.1))
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
        problems += thread.records.wrong(connection, thread.prefix)
    connection.close()
    for command in (("audit", "verify"), ("doctor",)):
        said = server.command(*command, check=False)
        if said.returncode != 0:
            problems.append(f"{' '.join(command)} ended with {said.returncode}: {said.stdout}{said.stderr}")
    acknowledged = Counter()
    for thread in threads:
        acknowledged[thread.records.word] += len(thread.acknowledged)
        acknowledged["asked to come again"] += thread.busy
    return acknowledged


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--program", required=True)
    options.add_argument("--engine", choices=["sqlite", "postgres"], help="both when not named")
    options.add_argument("--rounds", type=int, default=50)
    options.add_argument("--writers", type=int, default=8)
    asked = options.parse_args()
    ok = True
    for engine in [asked.engine] if asked.engine else ["sqlite", "postgres"]:
        problems: list[str] = []
        acknowledged, rounds = Counter(), 0
        began = time.monotonic()
        with Server(asked.program, engine) as server:
            accounts = {row["role"]: row for row in server.load_demonstration()}
            server.start()
            made = kinds(server.port, accounts)
            for number in range(asked.rounds):
                acknowledged += a_round(server, made, number, asked.writers, problems)
                rounds += 1
                if problems:
                    break
        for word in ("made", "issued", "reported"):
            if acknowledged[word] == 0:
                problems.append(f"nothing was acknowledged that was {word}: the trial proves nothing of it")
        for problem in problems[:10]:
            print("   ✘", problem)
        print(f"   {engine}: {rounds} rounds, acknowledged writes: "
              f"{', '.join(f'{count} {word}' for word, count in sorted(acknowledged.items()))}; "
              f"{'none lost, none doubled, chain whole' if not problems else f'{len(problems)} problems'}, "
              f"{time.monotonic() - began:.0f} s")
        ok = ok and not problems
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
