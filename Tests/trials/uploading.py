"""Files on their way to a document and back, as a browser sends them: piece by piece, slowly, without an end."""

import hashlib
import http.client
import itertools
import json
import random
import socket
import time

from server import Browser, Server

BOUNDARY = "----ResoluteTrialBoundary"
CLOSING = f"\r\n--{BOUNDARY}--\r\n".encode()
MEGABYTE = 1024 * 1024


def opening(csrf: str, name: str) -> bytes:
    return (f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{csrf}\r\n'
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n").encode()


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


def file_name(seed: int) -> str:
    return f"trial-{seed}.pdf"


def answer(door: socket.socket) -> tuple[int, str, bytes]:
    """Status, where it leads, and the page."""
    response = http.client.HTTPResponse(door)
    response.begin()
    return response.status, response.getheader("Location", ""), response.read()


class Paper:
    """A draft that somebody with a role has made, and the form that gives it files."""

    def __init__(self, server: Server, account: dict, unit: str):
        """`account` keeps the documents of `unit`, named as people name it."""
        self.server, self.token, self.unit = server, account["token"], unit
        self.browser = Browser(server.port).sign_in(account["sign_in"], account["password"])
        self.renew()

    def renew(self) -> "Paper":
        """Another draft: one record has a hundred files at most."""
        body = {"type": "plan", "issuer": self.unit, "title": "Kế hoạch có tệp lớn", "numbering": "state", "issuer_sign": "UBND"}
        status, text = self.ask("POST", "/api/v1/documents", json.dumps(body).encode())
        if status != 201:
            raise SystemExit(f"no draft was made: {status} {text[:500]!r}")
        self.address = f"/documents/{json.loads(text)['uid']}"
        return self

    def ask(self, method: str, path: str, body: bytes | None = None) -> tuple[int, bytes]:
        said, text = self.browser.request(method, path, body, {
            "Authorization": f"Bearer {self.token}", "Cookie": "", "Content-Type": "application/json" if body else ""})
        return said.status, text

    def files(self) -> dict[str, str]:
        """The addresses of its files by their names."""
        status, text = self.ask("GET", f"/api/v1{self.address}/files")
        if status != 200:
            raise SystemExit(f"its files are not listed: {status} {text[:300]!r}")
        return {item["name"]: f"{self.address}/files/{item['uid']}" for item in json.loads(text)["items"]}

    def door(self, timeout: float = 120) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.server.port), timeout=timeout)

    def head(self, length: int | None) -> bytes:
        size = "Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}"
        return (f"POST {self.address}/files HTTP/1.1\r\nHost: 127.0.0.1:{self.server.port}\r\n"
                f"Cookie: {self.browser.cookie_header()}\r\n"
                f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n{size}\r\n\r\n").encode()

    def start(self, name: str) -> bytes:
        return opening(self.browser.csrf, name)

    def upload(self, size: int, seed: int, pace: float = 0) -> bool:
        """One file; with a pace, so many seconds between pieces of 16 kB. True: it was taken."""
        start = self.start(file_name(seed))
        with self.door() as door:
            door.sendall(self.head(len(start) + size + len(CLOSING)) + start)
            for piece in content(size, seed):
                if pace:
                    for place in range(0, len(piece), 16 * 1024):
                        door.sendall(piece[place:place + 16 * 1024])
                        time.sleep(pace)
                else:
                    door.sendall(piece)
            door.sendall(CLOSING)
            status, place, _ = answer(door)
        return (status, place) == (303, self.address)

    def begin(self, name: str, size: int, pieces: int = 1) -> socket.socket:
        """A file of which so many pieces have come, the first of which is a few bytes; the rest waits for the caller."""
        start = self.start(name)
        door = self.door(90)
        door.sendall(self.head(len(start) + size + len(CLOSING)) + start + b"".join(itertools.islice(content(size, 0), pieces)))
        return door

    def download(self, address: str) -> tuple[str, int]:
        """Hash and size of what comes back."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=120)
        connection.request("GET", address, headers={"Cookie": self.browser.cookie_header()})
        response = connection.getresponse()
        whole, size = hashlib.sha256(), 0
        while piece := response.read(256 * 1024):
            whole.update(piece)
            size += len(piece)
        connection.close()
        return whole.hexdigest(), size
