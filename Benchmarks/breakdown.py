"""One task broken down to 135 communes in one act and issued to them: time and CPU, at a scale, some times over."""

import argparse
import json
import pathlib
import statistics
import sys
import time

from generate import token
from installation import Installation
from load import cpu
from server import Browser

UNITS = 135
KINDS = "'commune', 'ward', 'special-zone'"


def communes(sink, least: int) -> tuple[int, list[str]]:
    """A province with so many communes, and their uids."""
    [(province,)] = sink.query(
        "SELECT e.parent_id FROM unit_edge e JOIN unit_version v ON v.unit_id = e.unit_id AND v.to_day = '9999-12-31' "
        f"WHERE e.hierarchy = 'territory' AND e.to_day = '9999-12-31' AND v.kind IN ({KINDS}) "
        f"GROUP BY e.parent_id HAVING COUNT(*) >= {least} ORDER BY e.parent_id LIMIT 1")
    rows = sink.query(
        "SELECT u.uid FROM unit_edge e JOIN unit_version v ON v.unit_id = e.unit_id AND v.to_day = '9999-12-31' "
        f"JOIN unit u ON u.id = e.unit_id WHERE e.parent_id = {province} AND e.hierarchy = 'territory' "
        f"AND e.to_day = '9999-12-31' AND v.kind IN ({KINDS}) ORDER BY u.id LIMIT {least}")
    return province, [row[0] for row in rows]


def director(sink, province: int) -> tuple[str, int]:
    """Somebody with a token who directs the province, and their unit."""
    [(name, unit)] = sink.query(
        "SELECT k.name, o.unit_id FROM api_token k JOIN office o ON o.id = k.office_id JOIN access_grant g "
        f"ON g.office_id = o.id WHERE g.unit_id = {province} AND g.role = 'secretariat' AND g.hierarchy = 'territory' "
        "ORDER BY k.id LIMIT 1")
    return name, unit


def parents(sink, unit: int, count: int) -> list[tuple[str, int]]:
    """Tasks without parts that somebody of the unit has given to another one, and their versions."""
    return sink.query(
        f"SELECT t.uid, t.version FROM task t WHERE t.assigning_unit_id = {unit} AND t.lead_unit_id <> {unit} "
        "AND t.state = 'in_progress' AND t.parent_id IS NULL AND t.deadline_kind = 'day' AND t.due > '2027-01-31' "
        f"AND NOT EXISTS (SELECT 1 FROM task c WHERE c.parent_id = t.id) ORDER BY t.id DESC LIMIT {count}")


def main() -> int:
    options = argparse.ArgumentParser(prog="bin/bench breakdown", description=__doc__)
    options.add_argument("scale", choices=["province", "national"], nargs="?", default="national")
    options.add_argument("engine", choices=["sqlite", "postgres"], nargs="?", default="sqlite")
    options.add_argument("--program", required=True, help=argparse.SUPPRESS)
    options.add_argument("--data", type=pathlib.Path, default=pathlib.Path(".bench"))
    options.add_argument("--times", type=int, default=7)
    asked = options.parse_args()
    with Installation(asked.program, asked.data, asked.scale, asked.engine) as installation:
        sink = installation.sink()
        province, units = communes(sink, UNITS)
        name, unit = director(sink, province)
        tasks = parents(sink, unit, asked.times)
        pid, server = installation.start(), Browser(installation.port)
        postmaster = installation.cluster.postmaster if installation.cluster else 0
        walls, costs = [], []
        for uid, version in tasks:
            body = json.dumps({"audience": "units", "units": "\n".join(units), "issue": True,
                               "products": [{"name": "Báo cáo", "kind": "report", "criterion": "Được phê duyệt"}]})
            before, began = cpu(pid) + cpu(postmaster, True), time.perf_counter()
            answer, text = server.request("POST", f"/api/v1/tasks/{uid}/children", body.encode(), {
                "Authorization": f"Bearer {token(name)}", "If-Match": f'"v{version}"', "Content-Type": "application/json"})
            walls.append((time.perf_counter() - began) * 1000)
            costs.append((cpu(pid) + cpu(postmaster, True) - before) * 1000)
            made = json.loads(text)
            if answer.status != 201 or made["count"] != UNITS or not made["issued"]:
                raise SystemExit(f"{answer.status}: {text.decode()[:2000]}")
        print(f"{asked.scale}, {asked.engine}: {len(walls)} times {UNITS} communes in "
              f"{statistics.median(walls):.0f} ms ({min(walls):.0f} to {max(walls):.0f}), "
              f"CPU {statistics.median(costs):.0f} ms of server and database")
    return 0


if __name__ == "__main__":
    sys.exit(main())
