"""Load by wrk, and what it costs: CPU of a process or of a whole cluster from /proc, memory, an nginx file beside it."""

import contextlib
import os
import pathlib
import subprocess
import tempfile
import time

from server import free_port

TICK = os.sysconf("SC_CLK_TCK")
LUA = pathlib.Path(__file__).resolve().parent / "load.lua"


def fields(pid: int) -> list[str]:
    """Of /proc/PID/stat, from the state on."""
    return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def cpu(pid: int, with_children: bool = False) -> float:
    """Seconds of user and system time. With children: also of those that are alive, and of those that have ended."""
    if not pid:
        return 0
    own = fields(pid)
    total = int(own[11]) + int(own[12])
    if with_children:
        total += int(own[13]) + int(own[14])
        for child in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            with contextlib.suppress(OSError):
                of_child = fields(int(child))
                total += int(of_child[11]) + int(of_child[12])
    return total / TICK


def forget_peak(pid: int):
    pathlib.Path(f"/proc/{pid}/clear_refs").write_text("5")


def peak(pid: int) -> float:
    """MiB of memory at most since `forget_peak`."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


class Nginx:
    """One worker that gives out a file of 4 KiB."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="resolute-bench-")
        place = pathlib.Path(self.folder.name)
        place.chmod(0o755)
        self.port = free_port()
        (place / "file.txt").write_bytes(b"x" * 4096)
        (place / "file.txt").chmod(0o644)
        (place / "nginx.conf").write_text(
            f"worker_processes 1; daemon off; master_process off; pid {place}/nginx.pid; error_log {place}/error.log;\n"
            f"events {{ worker_connections 1024; }}\nhttp {{ access_log off; keepalive_requests 100000000; "
            f"server {{ listen 127.0.0.1:{self.port}; root {place}; }} }}\n")
        self.process = subprocess.Popen(["nginx", "-c", str(place / "nginx.conf"), "-p", str(place)],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.5)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.folder.cleanup()

    def slice(self, connections: int) -> tuple[int, float]:
        """A second of load: requests and CPU seconds."""
        before = cpu(self.process.pid)
        result = wrk(self.port, ["/file.txt"], 1, connections)
        return result["requests"], cpu(self.process.pid) - before


def wrk(port: int, lines: list[str], seconds: float, connections: int, headers: list[str] = ()) -> dict:
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        given = [part for header in headers for part in ("-H", header)]
        done = subprocess.run(
            ["wrk", "-t1", f"-c{connections}", f"-d{int(seconds)}s", "--timeout", "10s", "-s", str(LUA), *given,
             f"http://127.0.0.1:{port}/", "--", file.name], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if "RESULT" not in done.stdout:
        raise SystemExit(f"wrk failed:\n{done.stdout[-2000:]}")
    numbers = [int(number) for number in done.stdout.partition("RESULT")[2].split()[:5]]
    result = dict(zip(["requests", "microseconds", "p50", "p99", "errors"], numbers))
    if result["errors"] or not result["requests"]:
        raise SystemExit(f"the load met {result['errors']} errors, {result['requests']} requests:\n{done.stdout[-1500:]}")
    return result


def measure(port: int, pid: int, postmaster: int, nginx: Nginx, lines: list[str], seconds: int, connections: int,
            headers: list[str]) -> dict:
    """The load between two slices of nginx. CPU is that of the whole cluster, its writers too."""
    first = nginx.slice(connections)
    forget_peak(pid)
    before = cpu(pid), cpu(postmaster, with_children=True)
    result = wrk(port, lines, seconds, connections, headers)
    # What was asked for is also written down and sealed a moment later.
    time.sleep(1.1 if "\t" in lines[0] else 0)
    after = cpu(pid), cpu(postmaster, with_children=True)
    second = nginx.slice(connections)
    count = result["requests"]
    server, database = (1000 * (after[place] - before[place]) / count for place in (0, 1))
    reference = 1000 * (first[1] + second[1]) / (first[0] + second[0])
    return {
        "requests_per_s": round(count / (result["microseconds"] / 1e6), 1), "p50_ms": result["p50"] / 1000,
        "p99_ms": result["p99"] / 1000, "cpu_ms_server": round(server, 4), "cpu_ms_database": round(database, 4),
        "rss_mib": round(peak(pid), 1), "reference_ratio": round((server + database) / reference, 1),
    }
