"""Bodies of requests: forms, forms with files, JSON. Mostly one field is wrong, so that the rules behind the first check
are reached."""

import json
import urllib.parse

from known import multipart
from values import Values

BROKEN_JSON = [b"", b"{", b"[]", b"null", b"\xff", b"\xef\xbb\xbf{}", b'{"a":1}{"a":1}', b"{" * 3_000]


class Bodies:
    def __init__(self, values: Values):
        self.values, self.random = values, values.random

    def wrong(self, names: list[str]) -> set[str]:
        """Which fields get a boundary value."""
        fate = self.random.random()
        return set(names) if fate < 0.3 else {self.random.choice(names)} if fate < 0.75 else set()

    def fields(self, target, path: str) -> list[tuple[str, bytes]]:
        names = target.fields or ["name", "from", "to", "unit"]
        pairs, wrong = [], self.wrong(names)
        for name in names:
            if name not in wrong:
                pairs.append((name, self.values.right(name, path).encode()))
                continue
            fate = self.random.random()
            if fate < 0.1:
                continue
            pairs.append((name, self.values.record() if fate < 0.3 else self.values.any()))
            if fate > 0.95:
                pairs.append(pairs[-1])
        # Boxes that were not ticked are not sent.
        return [(name, value) for name, value in pairs if value or not name.startswith(("take.", "seen."))]

    def form(self, target, path: str, csrf: str) -> bytes:
        pairs = [("csrf", csrf.encode())] + self.fields(target, path)
        if self.random.random() < 0.003:
            pairs.append(("name", b"x" * 300_000))
        return "&".join(f"{quote(name.encode())}={quote(value)}" for name, value in pairs).encode()

    def upload(self, target, path: str, csrf: str) -> tuple[str, bytes]:
        """The type and the bytes; the parts are mostly whole."""
        fields = ([("csrf", csrf.encode())] if csrf else []) + [f for f in self.fields(target, path) if f[0] != "file"]
        files = [("file", *self.values.file(path)) for _ in range(self.random.choice([0, 1, 1, 1, 1, 2]))]
        if self.random.random() < 0.05:
            files.append((self.random.choice(["", "csrf", "text", "file.0"]), "b.txt", b"b"))
        kind, body = multipart(fields, files)
        return self.broken(kind, body) if self.random.random() < 0.12 else (kind, body)

    def broken(self, kind: str, body: bytes) -> tuple[str, bytes]:
        return self.random.choice([
            (kind, body[:-3]), (kind, body[: len(body) // 2]), (kind, b""), (kind, b"--trial--\r\n"), (kind, body + b"x" * 9),
            (kind, body.replace(b"\r\n", b"\n")), (kind, body.replace(b"form-data", b"attachment", 1)),
            (kind, body.replace(b"name=", b"nom=", 1)), ("multipart/form-data", body), (kind + "x", body),
            ("multipart/form-data; boundary=" + "b" * 300, body), ("text/plain", body),
            (kind, b"--trial\r\n" + b"X: " + b"y" * 70_000 + b"\r\n\r\n\r\n--trial--\r\n"),
        ])

    def json(self, target, path: str) -> bytes:
        names = target.fields or ["name"]
        if self.random.random() < 0.1:
            return self.random.choice(BROKEN_JSON)
        wrong, members = self.wrong(names), []
        for name in names:
            if name in wrong:
                members += [f'"{name}":{self.values.json()}'] * (0 if self.random.random() < 0.1 else 1)
            elif (some := self.values.right_list(name)) is not None:
                members += [f'"{name}":{json.dumps(some)}'] if some else []
            elif right := self.values.right(name, path):
                members.append(f'"{name}":{json.dumps(right)}')
        if members and self.random.random() < 0.1:
            members.append(members[0])
        return ("{" + ",".join(members) + "}").encode()


def quote(value: bytes) -> str:
    return urllib.parse.quote_from_bytes(value, safe="")
