"""CPU per request of plain and of heavy pages of the demonstration, each beside an nginx file of 4 KiB in the same seconds."""

import argparse
import re
import sys

from load import Nginx, measure, wrk
from server import Browser, Server

UID = "[0-9a-f-]{36}"


def linked(session: Browser, address: str, pattern: str) -> str:
    """The first link of a page that looks like this."""
    page = session.request("GET", address)[1].decode()
    if not (found := re.search(rf'href="({pattern})"', page)):
        raise SystemExit(f"{address} has no link {pattern}")
    return found.group(1)


def addresses(session: Browser) -> dict[str, str]:
    """By the name of the route. The matrix is that of the 135 communes of Gia Lai; the cascade that of Resolution 57."""
    unit = linked(session, "/units?q=quy+nhon", f"/units/{UID}")
    document = linked(session, "/documents?q=57-NQ%2FTW&type=resolution", f"/documents/{UID}")
    committee = linked(session, "/committees?level=province", f"/committees/{UID}")
    overview = session.request("GET", "/coverage")[1].decode()
    matrices = dict.fromkeys(re.findall(f'href="(/documents/{UID}/coverage)"', overview))
    matrix = next((path for path in matrices if ">135<" in session.request("GET", path)[1].decode()), None)
    if matrix is None:
        raise SystemExit(f"no matrix of 135 units among {list(matrices)}")
    return {
        "/health": "/health", "/sign-in": "/sign-in", "/units/{unit}": unit, "/units": "/units", "/people": "/people",
        "/documents": "/documents", "/documents/{document}": document,
        "/documents/{document}/cascade": f"{document}/cascade", "/documents/{document}/coverage": matrix,
        "/committees/{committee}": committee, "/committees/compliance": "/committees/compliance", "/gaps": "/gaps",
    }


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--program", required=True)
    options.add_argument("--engine", default="sqlite", choices=["sqlite", "postgres"])
    options.add_argument("--seconds", type=int, default=10)
    options.add_argument("--connections", type=int, default=16)
    options.add_argument("--only", default="", help="part of the name of a route")
    asked = options.parse_args()
    with Server(asked.program, asked.engine) as server:
        chief = next(row for row in server.load_demonstration() if row["role"] == "administrator")
        pid = server.start()
        session = Browser(server.port).sign_in(chief["sign_in"], chief["password"])
        cookie = [f"Cookie: {session.cookie_header()}"]
        with Nginx() as nginx:
            for name, path in addresses(session).items():
                if asked.only not in name:
                    continue
                # Connections are made and statements prepared before anything counts.
                wrk(server.port, [path], 1, asked.connections, cookie)
                row = measure(server.port, pid, server.postmaster(), nginx, [path], asked.seconds, asked.connections, cookie)
                print(f"   {name:32} {row['cpu_ms_server']:.3f} + {row['cpu_ms_database']:.3f} ms CPU a request of server and "
                      f"database ({row['requests_per_s']:,.0f}/s)   {row['reference_ratio']:.0f} times nginx", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
