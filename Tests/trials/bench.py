"""CPU per request of plain and of heavy pages, each beside an nginx file of 4 KiB under wrk in the same seconds.

CPU is user and system time of the process from /proc, so that the load of wrk and of the neighbour does not count;
with PostgreSQL the time of all its processes is said apart.
"""

import argparse
import contextlib
import os
import pathlib
import re
import subprocess
import sys
import time

from server import Browser, Server, free_port

TICK = os.sysconf("SC_CLK_TCK")


def cpu(pid: int) -> float:
    """Seconds of user and system time of a process and its children that are alive."""
    total = 0.0
    for process in [pid, *children(pid)]:
        with contextlib.suppress(OSError):
            fields = pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            total += (int(fields[11]) + int(fields[12])) / TICK
    return total


def children(pid: int) -> list[int]:
    with contextlib.suppress(OSError):
        return [int(child) for child in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def start_nginx(folder: pathlib.Path) -> tuple[subprocess.Popen, int]:
    port = free_port()
    (folder / "file.txt").write_bytes(b"x" * 4096)
    os.chmod(folder / "file.txt", 0o644)
    (folder / "nginx.conf").write_text(
        f"worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;\n"
        f"events {{ worker_connections 1024; }}\n"
        f"http {{ access_log off; keepalive_requests 1000000; server {{ listen 127.0.0.1:{port}; root {folder}; }} }}\n")
    process = subprocess.Popen(["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(1)
    return process, port


def wrk(url: str, seconds: int, connections: int, cookie: str = "") -> subprocess.Popen:
    headers = ["-H", f"Cookie: {cookie}"] if cookie else []
    return subprocess.Popen(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", *headers, url],
                            stdout=subprocess.PIPE, text=True)


def requests(output: str) -> int:
    """Requests done; nothing else than 2xx or 3xx is accepted."""
    if "Non-2xx" in output or "Socket errors" in output:
        raise SystemExit(f"the load met errors:\n{output}")
    return int(re.search(r"(\d+) requests in", output).group(1))


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
        nginx, port = start_nginx(server.folder)
        try:
            for name, path in addresses(session).items():
                if asked.only not in name:
                    continue
                # Connections are made and statements prepared before anything counts.
                requests(wrk(f"http://127.0.0.1:{server.port}{path}", 1, asked.connections, session.cookie_header()).communicate()[0])
                here = wrk(f"http://127.0.0.1:{server.port}{path}", asked.seconds, asked.connections, session.cookie_header())
                there = wrk(f"http://127.0.0.1:{port}/file.txt", asked.seconds, asked.connections)
                before = cpu(pid), cpu(nginx.pid), cpu(server.postmaster())
                texts = here.communicate()[0], there.communicate()[0]
                after = cpu(pid), cpu(nginx.pid), cpu(server.postmaster())
                ours, theirs = requests(texts[0]), requests(texts[1])
                mine, its = (after[0] - before[0]) / ours * 1000, (after[1] - before[1]) / theirs * 1000
                database = (after[2] - before[2]) / ours * 1000
                and_database = f" + {database:.3f} ms PostgreSQL" if asked.engine == "postgres" else ""
                print(f"   {name:32} {mine:.3f} ms CPU a request{and_database} ({ours / asked.seconds:,.0f}/s)"
                      f"   nginx {its:.3f} ms ({theirs / asked.seconds:,.0f}/s)   {(mine + database) / its:.0f} times")
        finally:
            nginx.terminate()
            nginx.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
