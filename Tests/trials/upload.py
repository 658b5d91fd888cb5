"""Large files, slow files, files that break off.

Holds: the server's peak memory hardly grows during an upload and a download of --size MB; 2 GB are refused with a page,
at the announcement and, unannounced, at the limit; a slow but steady upload is not cut and a stalled one is; `kill -9`
during an upload leaves no half file after a restart, and every file that was acknowledged is there, byte for byte.
"""

import argparse
import hashlib
import http.client
import pathlib
import random
import re
import socket
import sys
import threading
import time

from server import Browser, Server

BOUNDARY = "----ResoluteTrialBoundary"
MEGABYTE = 1024 * 1024


def opening(csrf: str, name: str) -> bytes:
    return (f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{csrf}\r\n'
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n").encode()


CLOSING = f"\r\n--{BOUNDARY}--\r\n".encode()


def content(size: int, seed: int):
    """A PDF as far as its first bytes tell, then noise; the same for the same seed."""
    noise = random.Random(seed)
    sent = 0
    first = b"%%PDF-1.7\n%%%d\n" % seed
    yield first
    sent += len(first)
    while sent < size:
        piece = noise.randbytes(min(256 * 1024, size - sent))
        sent += len(piece)
        yield piece


def digest(size: int, seed: int) -> str:
    whole = hashlib.sha256()
    for piece in content(size, seed):
        whole.update(piece)
    return whole.hexdigest()


def forget_peak(pid: int):
    """The peak of the start is not ours: from here on it is counted anew."""
    pathlib.Path(f"/proc/{pid}/clear_refs").write_text("5")


def peak(pid: int) -> int:
    """Highest resident memory, in kB."""
    return int(re.search(r"VmHWM:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text()).group(1))


def head(browser: Browser, length: int | None) -> bytes:
    size = "Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}"
    return (f"POST /trial/files HTTP/1.1\r\nHost: 127.0.0.1:{browser.port}\r\nCookie: {browser.cookie_header()}\r\n"
            f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n{size}\r\n\r\n").encode()


def answer(door: socket.socket) -> tuple[int, bytes]:
    response = http.client.HTTPResponse(door)
    response.begin()
    return response.status, response.read()


def upload(browser: Browser, size: int, seed: int, pace: float = 0) -> tuple[int, bytes]:
    """One file; with a pace, so many seconds between pieces of 16 kB."""
    start = opening(browser.csrf, f"trial-{seed}.pdf")
    with socket.create_connection(("127.0.0.1", browser.port), timeout=120) as door:
        door.sendall(head(browser, len(start) + size + len(CLOSING)) + start)
        for piece in content(size, seed):
            if pace:
                for place in range(0, len(piece), 16 * 1024):
                    door.sendall(piece[place:place + 16 * 1024])
                    time.sleep(pace)
            else:
                door.sendall(piece)
        door.sendall(CLOSING)
        return answer(door)


def download(browser: Browser, uid: str) -> tuple[str, int]:
    """Hash and size of what comes back; `uid` names the file."""
    connection = http.client.HTTPConnection("127.0.0.1", browser.port, timeout=120)
    connection.request("GET", f"/trial/files/{uid}", headers={"Cookie": browser.cookie_header()})
    response = connection.getresponse()
    whole, size = hashlib.sha256(), 0
    while piece := response.read(256 * 1024):
        whole.update(piece)
        size += len(piece)
    connection.close()
    return whole.hexdigest(), size


class Trial:
    def __init__(self, server: Server, browser: Browser, size: int):
        self.server, self.browser, self.size = server, browser, size
        self.ok = True

    def say(self, good: bool, text: str):
        self.ok = self.ok and good
        print(f"   {'✔' if good else '✘'} {text}", flush=True)

    def memory(self):
        """Peak before and after. The first times the allocator also takes what it keeps for each of its threads from
        then on, and yet far less than the files; then hardly anything. One small file before, so that what is loaded
        once is loaded."""
        upload(self.browser, MEGABYTE, 1)
        self.up([4, 5, 6], most=max(32 * MEGABYTE, self.size * 6 // 10))
        uid = self.up([2], most=16 * MEGABYTE)
        pid = self.server.process.pid
        forget_peak(pid)
        middle = peak(pid)
        found, size = download(self.browser, uid)
        last = peak(pid)
        self.say(found == digest(self.size, 2) and size == self.size and last - middle <= 32 * 1024,
                 f"the same {size // MEGABYTE} MB down: hash {'equal' if found == digest(self.size, 2) else 'differs'}, "
                 f"VmHWM {middle} kB before, {last} kB after")

    def up(self, seeds: list[int], most: int) -> str:
        """The uid of the last file; together their uploads may add so many bytes to the memory."""
        pid = self.server.process.pid
        forget_peak(pid)
        before, started = peak(pid), time.monotonic()
        answers = [upload(self.browser, self.size, seed) for seed in seeds]
        rate, after = self.size * len(seeds) / MEGABYTE / (time.monotonic() - started), peak(pid)
        self.say({status for status, _ in answers} == {201} and (after - before) * 1024 <= most,
                 f"{len(seeds)} × {self.size // MEGABYTE} MB up ({rate:.0f} MB/s): answered {answers[-1][0]}, "
                 f"VmHWM {before} kB before, {after} kB after")
        return answers[-1][1].decode()

    def refusals(self):
        pid = self.server.process.pid
        forget_peak(pid)
        before = peak(pid)
        start = opening(self.browser.csrf, "two-gigabytes.pdf")
        with socket.create_connection(("127.0.0.1", self.browser.port), timeout=60) as door:
            door.sendall(head(self.browser, 2 * 1024 * MEGABYTE) + start + b"%PDF-1.7\n")
            started = time.monotonic()
            status, page = answer(door)
        told = b"200 MiB" in page
        self.say(status == 413 and told, f"2 GB announced: {status} after {(time.monotonic() - started) * 1000:.0f} ms, "
                 f"the page {'says the limit' if told else 'does not say the limit'}")
        status, sent, page = self.unannounced(start)
        self.say(status == 413 and b"200 MiB" in page and peak(pid) - before <= 32 * 1024,
                 f"2 GB unannounced: {status} when {sent // MEGABYTE} MB had been sent, VmHWM {before} kB before, {peak(pid)} kB after")

    def unannounced(self, start: bytes) -> tuple[int, int, bytes]:
        """In chunks without a length, until an answer comes."""
        piece = b"%x\r\n" % MEGABYTE + bytes(MEGABYTE) + b"\r\n"
        sent = 0
        with socket.create_connection(("127.0.0.1", self.browser.port), timeout=60) as door:
            first = start + b"%PDF-1.7\n"
            door.sendall(head(self.browser, None) + b"%x\r\n" % len(first) + first + b"\r\n")
            answered = threading.Event()
            result: list = [0, b""]

            def listen():
                try:
                    result[:] = answer(door)
                except (OSError, http.client.HTTPException):
                    pass
                answered.set()

            threading.Thread(target=listen, daemon=True).start()
            try:
                while sent < 2 * 1024 * MEGABYTE and not answered.is_set():
                    door.sendall(piece)
                    sent += MEGABYTE
            except OSError:
                pass
            answered.wait(30)
        return result[0], sent, result[1]

    def pace(self):
        """50 seconds for a small file, longer than any body may take that does not move; and one that stands still."""
        outcome: dict[str, object] = {}

        def steady():
            outcome["steady"] = upload(self.browser, 800 * 1024, 3, pace=1.0)[0]

        def stalled():
            start = opening(self.browser.csrf, "stalled.pdf")
            with socket.create_connection(("127.0.0.1", self.browser.port), timeout=90) as door:
                door.sendall(head(self.browser, len(start) + MEGABYTE) + start + b"%PDF-1.7\n")
                started = time.monotonic()
                try:
                    while door.recv(65536):
                        pass
                except OSError:
                    pass
                outcome["stalled"] = time.monotonic() - started

        threads = [threading.Thread(target=work) for work in (steady, stalled)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.say(outcome.get("steady") == 201, f"16 kB a second for 50 s: {outcome.get('steady')}")
        stopped = outcome.get("stalled", 0.0)
        self.say(15 <= stopped <= 30, f"a file that stands still: cut after {stopped:.0f} s")

    def crash(self, round: int, kept: dict[str, str]):
        """Uploads until the power is cut; then looks at what is left."""
        seeds = [1000 * round + index for index in range(2, 40)]
        size = max(2 * MEGABYTE, min(self.size // 8, 24 * MEGABYTE))

        def work():
            for seed in seeds:
                try:
                    status, body = upload(self.browser, size, seed)
                except (OSError, http.client.HTTPException):
                    return
                if status == 201:
                    kept[body.decode()] = digest(size, seed)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        time.sleep(random.uniform(0.15, 1.5))
        self.server.kill()
        thread.join(timeout=60)
        self.server.start()
        lost = [uid for uid, wanted in kept.items() if download(self.browser, uid)[0] != wanted]
        half = [path for path in self.files() if hashlib.sha256(path.read_bytes()).hexdigest() != path.name]
        incoming = list((self.server.data / "files" / "incoming").glob("*"))
        doctor = self.server.command("doctor", check=False)
        line = next((line for line in doctor.stdout.splitlines() if "files " in line), "")
        self.say(not lost and not half and "fail" not in line,
                 f"kill -9, round {round}: {len(kept)} acknowledged files, {len(lost)} lost, {len(half)} half, "
                 f"{len(incoming)} in incoming; doctor: {' '.join(line.split())}")

    def files(self) -> list[pathlib.Path]:
        return [path for path in (self.server.data / "files").rglob("*")
                if path.is_file() and path.parent.name != "incoming"]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--program", required=True)
    options.add_argument("--engine", default="sqlite", choices=["sqlite", "postgres"])
    options.add_argument("--size", type=int, default=200, help="MB of the large file, at most 200")
    options.add_argument("--rounds", type=int, default=10, help="times that the power is cut")
    options.add_argument("--no-pace", action="store_true", help="leave out the slow uploads, which take 50 s")
    asked = options.parse_args()
    # Three-digit sizes are just below the limit of 200 MiB for all files of a form.
    size = min(asked.size * MEGABYTE, 200 * MEGABYTE - 1024)
    with Server(asked.program, asked.engine, arguments=("--trial-files",)) as server:
        accounts = {row["role"]: row for row in server.load_demonstration()}
        server.start()
        chief = accounts["administrator"]
        trial = Trial(server, Browser(server.port).sign_in(chief["sign_in"], chief["password"]), size)
        trial.memory()
        trial.refusals()
        if not asked.no_pace:
            trial.pace()
        kept: dict[str, str] = {}
        for round in range(1, asked.rounds + 1):
            trial.crash(round, kept)
        print(f"   {len(kept)} files were acknowledged in all, on {asked.engine}")
    return 0 if trial.ok else 1


if __name__ == "__main__":
    sys.exit(main())
