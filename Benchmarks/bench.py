"""How fast the product is at a scale on an engine: CPU per request of server and database, times, memory.

Prints a table and appends its rows to bench.json in the current folder.
"""

import argparse
import json
import pathlib
import sys

from cases import ALL, VIEWERS, Cases
from installation import Installation
from load import Nginx, measure, wrk

GOALS = {"list": 1.0, "list_filtered": 1.0, "list_deep": 1.0, "task_page": 0.8, "today": 1.0, "leader": 2.0, "save": 1.5,
         "search": 3.0}

SKIPPED = {("save", "administrator"): "an administrator leads no task, and so reports on none"}


def goal(case: str, engine: str) -> float | None:
    return (0.25 if engine == "sqlite" else 0.35) if case == "task_json" else GOALS.get(case)


def parsed() -> argparse.Namespace:
    options = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    options.add_argument("scale", choices=["province", "national"], nargs="?", default="province")
    options.add_argument("engine", choices=["sqlite", "postgres"], nargs="?", default="sqlite")
    options.add_argument("--program", required=True, help=argparse.SUPPRESS)
    options.add_argument("--data", type=pathlib.Path, default=pathlib.Path(".bench"), help="where the made data is kept (.bench)")
    options.add_argument("--cases", nargs="+", choices=ALL, default=ALL, metavar="CASE", help=", ".join(ALL))
    options.add_argument("--viewers", nargs="+", choices=list(VIEWERS), default=list(VIEWERS), metavar="VIEWER")
    options.add_argument("--connections", nargs="+", type=int, default=[1, 8, 32])
    options.add_argument("--seconds", type=int, default=3, help="of load for each row (3)")
    options.add_argument("--plans", action="store_true", help="print the slowest statements of each case with their plans")
    return options.parse_args()


def main() -> int:
    asked = parsed()
    with Installation(asked.program, asked.data, asked.scale, asked.engine) as installation:
        if asked.plans:
            import plans
            return plans.show(installation, asked.cases, asked.viewers)
        pid = installation.start()
        with Nginx() as nginx:
            cases = Cases(installation)
            print(f"{'case':14}{'viewer':15}{'conn':>5}{'req/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'server':>9}{'database':>9}"
                  f"{'CPU ms':>9}{'goal':>6}{'MiB':>7}{'x nginx':>9}")
            for viewer in asked.viewers:
                browser = cases.browser(viewer)
                for case in asked.cases:
                    headers = [f"Authorization: Bearer {cases.token(viewer)}"] if case == "task_json" else [
                        f"Cookie: {browser.cookie_header()}"]
                    run(asked, installation, pid, nginx, case, viewer, cases.requests(case, viewer, browser), headers)
    return 0


def run(asked, installation, pid: int, nginx: Nginx, case: str, viewer: str, lines: list[str], headers: list[str]):
    if not lines:
        print(f"{case:14}{viewer:15} skipped: {SKIPPED.get((case, viewer), 'the product has no such page, or nothing to ask for')}")
        return
    postmaster = installation.cluster.postmaster if installation.cluster else 0
    rest = lines
    for connections in asked.connections:
        if case == "save":
            # Each task once: the next row takes those that are left.
            share = len(lines) // len(asked.connections)
            lines, rest = rest[:share], rest[share:]
            headers = []
        else:
            wrk(installation.port, lines, 1, connections, headers)
        found = measure(installation.port, pid, postmaster, nginx, lines, asked.seconds, connections, headers)
        row = {"case": case, "engine": asked.engine, "scale": asked.scale, "viewer": viewer, "connections": connections} | found
        tell(row)
        keep(row)


def tell(row: dict):
    total, wanted = row["cpu_ms_server"] + row["cpu_ms_database"], goal(row["case"], row["engine"])
    mark = "" if wanted is None or total <= wanted else "  over"
    print(f"{row['case']:14}{row['viewer']:15}{row['connections']:5}{row['requests_per_s']:9.0f}{row['p50_ms']:9.2f}"
          f"{row['p99_ms']:9.2f}{row['cpu_ms_server']:9.3f}{row['cpu_ms_database']:9.3f}{total:9.3f}{wanted or '':>6}"
          f"{row['rss_mib']:7.0f}{row['reference_ratio']:9.1f}{mark}", flush=True)


def keep(row: dict):
    """At once: what fails later takes nothing along."""
    file = pathlib.Path("bench.json")
    known = json.loads(file.read_text()) if file.exists() else []
    file.write_text(json.dumps([*known, row], indent=1) + "\n")


if __name__ == "__main__":
    sys.exit(main())
