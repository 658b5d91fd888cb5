"""Clients that are slow on purpose: headers by the byte, a body by the byte, and connections that say nothing.

Holds, for each: a probe answers within a second while they are there, and they are gone within 30 seconds.
"""

import argparse
import contextlib
import select
import socket
import sys
import threading
import time

from server import Browser, Server


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=10)


def is_open(door: socket.socket) -> bool:
    """The server has neither closed nor reset it."""
    readable, _, _ = select.select([door], [], [], 0)
    if not readable:
        return True
    try:
        return bool(door.recv(65536))
    except OSError:
        return False


class Attack:
    """Many connections that send one byte each now and then."""

    def __init__(self, port: int, count: int, opening: bytes, drip: bytes):
        self.doors = []
        for _ in range(count):
            door = connect(port)
            with contextlib.suppress(OSError):
                door.sendall(opening)
            self.doors.append(door)
        self.drip, self.stop = drip, threading.Event()
        self.began = time.monotonic()
        self.thread = threading.Thread(target=self._drip, daemon=True)
        self.thread.start()

    def _drip(self):
        while not self.stop.wait(1):
            if self.drip:
                for door in self.doors:
                    with contextlib.suppress(OSError):
                        door.send(self.drip)

    def gone_after(self, patience: float, probe) -> tuple[float | None, float]:
        """Seconds until every connection was closed (None: never), and the slowest probe meanwhile."""
        slowest = 0.0
        living = list(self.doors)
        while time.monotonic() - self.began < patience:
            started = time.monotonic()
            if probe() != 200:
                slowest = max(slowest, 60.0)
            slowest = max(slowest, time.monotonic() - started)
            living = [door for door in living if is_open(door)]
            if not living:
                return time.monotonic() - self.began, slowest
            time.sleep(0.25)
        return None, slowest

    def close(self):
        self.stop.set()
        self.thread.join(timeout=5)
        for door in self.doors:
            door.close()


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--program", required=True)
    options.add_argument("--idle", type=int, default=1_000, help="connections that say nothing")
    options.add_argument("--slow", type=int, default=100, help="connections that send by the byte")
    asked = options.parse_args()
    ok = True
    with Server(asked.program) as server:
        accounts = {row["role"]: row for row in server.load_demonstration()}
        server.start()
        chief = accounts["administrator"]
        cookie = Browser(server.port).sign_in(chief["sign_in"], chief["password"]).cookie_header()
        head = (f"POST /units HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nCookie: {cookie}\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\n").encode()
        for name, count, opening, drip in [
            ("slow headers", asked.slow, b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ", b"a"),
            ("slow bodies", asked.slow, head, b"a"),
            ("idle connections", asked.idle, b"", b""),
            ("idle after an answer", asked.slow, f"GET /health HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode(), b""),
        ]:
            attack = Attack(server.port, count, opening, drip)
            gone, slowest = attack.gone_after(35, server.probe)
            attack.close()
            good = gone is not None and gone <= 30 and slowest < 1
            ok = ok and good and server.is_alive()
            when = f"gone after {gone:.1f} s" if gone is not None else "still there after 35 s"
            print(f"   {'✔' if good else '✘'} {count} {name}: {when}, slowest probe {slowest * 1000:.0f} ms")
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
