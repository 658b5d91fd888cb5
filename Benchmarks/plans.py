"""The slowest statements of each case with their plans, at the size of the data."""

import json
import sqlite3
import subprocess
import time

from cases import Cases, encoded
from load import wrk

SHOWN, REQUESTS, TRIES = 3, 25, 5
# As the program sets them on each of its connections.
SETTINGS = ("SET jit = off; SET plan_cache_mode = force_generic_plan; SET cursor_tuple_fraction = 1; "
            "SET random_page_cost = 1.1; SET max_parallel_workers_per_gather = 0")


def show(installation, cases: list[str], viewers: list[str]) -> int:
    installation.start("--trial-statements")
    made = Cases(installation)
    for viewer in viewers:
        browser = made.browser(viewer)
        for case in cases:
            lines = made.requests(case, viewer, browser)
            if lines:
                browser.request("GET", "/trial/statements")
                ask(installation, browser, case, made.token(viewer) if case == "task_json" else "", lines[:REQUESTS])
                statements = json.loads(browser.request("GET", "/trial/statements")[1])
                print(f"\n## {case}, {viewer}: {len(statements)} distinct statements")
                explain = postgres if installation.cluster else sqlite
                timed = sorted((explain(installation, **one) for one in statements), reverse=True)
                for milliseconds, text, plan in timed[:SHOWN]:
                    print(f"\n{milliseconds:.3f} ms  {' '.join(text.split())}\n{plan}")
    return 0


def ask(installation, browser, case: str, token: str, lines: list[str]):
    """With the token where there is one, else with the cookie."""
    if case == "save":
        wrk(installation.port, lines + lines[:1], 1, 1, [])
        return
    for line in lines:
        browser.request("GET", encoded(line), headers={"Authorization": f"Bearer {token}", "Cookie": ""} if token else {})


def literal(value, engine: str) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, dict):
        return f"X'{value['hex']}'" if engine == "sqlite" else f"'\\x{value['hex']}'::bytea"
    return str(value) if not isinstance(value, str) else "'" + value.replace("'", "''") + "'"


def sqlite(installation, text: str, values: list) -> tuple[float, str, str]:
    base = sqlite3.connect(f"file:{installation.data}/resolute.sqlite?mode=ro", uri=True)
    bound = [bytes.fromhex(value["hex"]) if isinstance(value, dict) else value for value in values]
    best = float("inf")
    plan = "\n".join("   " + row[3] for row in base.execute("EXPLAIN QUERY PLAN " + text, bound))
    if text.lstrip().upper().startswith("SELECT"):
        for _ in range(TRIES):
            began = time.perf_counter()
            base.execute(text, bound).fetchall()
            best = min(best, time.perf_counter() - began)
    return (best * 1000 if best < float("inf") else 0), text, plan


def postgres(installation, text: str, values: list) -> tuple[float, str, str]:
    """Prepared and run with the values and settings of the program; changes are undone."""
    given = ", ".join(literal(value, "postgres") for value in values)
    script = (f"{SETTINGS}; PREPARE s AS {text};\n" + "".join(
        f"BEGIN; EXPLAIN (ANALYZE, BUFFERS) EXECUTE s{f'({given})' if given else ''}; ROLLBACK;\n" for _ in range(2)))
    done = subprocess.run(["psql", "-qAtX", installation.cluster.address], input=script, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True)
    parts = done.stdout.split("Execution Time: ")
    if len(parts) < 3:
        return 0, text, done.stderr[-300:]
    return float(parts[2].split()[0]), text, "\n".join("   " + line for line in parts[1].splitlines()[1:])
