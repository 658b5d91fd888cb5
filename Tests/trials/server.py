"""A Resolute of its own for one trial: a temporary data folder, a free loopback port, the demonstration in it."""

import contextlib
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.parse


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


class Server:
    """Starts, kills and restarts one program on one data folder."""

    def __init__(self, program: str, engine: str = "sqlite", arguments: tuple[str, ...] = ()):
        self.program = str(pathlib.Path(program).resolve())
        self.engine = engine
        self.arguments = arguments
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="resolute-trial-"))
        os.chmod(self.folder, 0o755)
        self.data = self.folder / "data"
        self.log = self.folder / "server.log"
        self.port = free_port()
        self.process: subprocess.Popen | None = None
        self.environment = {key: value for key, value in os.environ.items() if key != "RESOLUTE_DATABASE"}
        self.own_cluster = False
        self.created: tuple[str, str] | None = None

    def __enter__(self):
        if self.engine == "postgres":
            self._make_database()
        return self

    def __exit__(self, *_):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self.created and not self.own_cluster:
            cluster, name = self.created
            subprocess.run(["psql", "-q", "-c", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", cluster], check=False)
        if self.own_cluster:
            subprocess.run(["bin/postgres-for-tests", "stop", str(self.folder / "postgres")], check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _make_database(self):
        """A fresh database in the tests' cluster, or in a cluster made for this trial."""
        cluster = os.environ.get("RESOLUTE_TEST_POSTGRES")
        if not cluster:
            self.own_cluster = True
            made = subprocess.run(["bin/postgres-for-tests", "start", str(self.folder / "postgres")],
                                  stdout=subprocess.PIPE, text=True, check=True)
            cluster = made.stdout.strip()
        name = f"trial_{os.getpid()}_{int(time.time() * 1000)}"
        create = (f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")
        subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", "-c", create, cluster], check=True)
        self.created = (cluster, name)
        self.environment["RESOLUTE_DATABASE"] = re.sub(r"/[^/]*$", f"/{name}", cluster)

    def command(self, *arguments: str, check: bool = True, input: str | None = None) -> subprocess.CompletedProcess:
        """Another command of the program on the same data."""
        return subprocess.run([self.program, *arguments, "--data", str(self.data)], env=self.environment, input=input,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=check, timeout=900)

    def load_demonstration(self) -> list[dict]:
        done = self.command("demo", "--no-serve", check=False)
        if done.returncode != 0:
            raise SystemExit(f"resolute demo --no-serve failed ({done.returncode}): {done.stderr.strip()[-2000:]}")
        return json.loads((self.data / "demo-accounts.json").read_text())

    def start(self, patience: float = 60) -> int:
        """Serves until it answers; returns the process id."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [self.program, "serve", "--data", str(self.data), "--port", str(self.port), *self.arguments],
                env=self.environment, stdout=log, stderr=log)
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise SystemExit(f"the server ended at once: {self.tail()}")
            with contextlib.suppress(OSError):
                if self.probe() == 200:
                    return self.process.pid
            time.sleep(0.02)
        raise SystemExit(f"the server did not answer within {patience} s: {self.tail()}")

    def probe(self, timeout: float = 5) -> int:
        """The status of /health."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status
        finally:
            connection.close()

    def postmaster(self) -> int:
        """The first process of the cluster made for this trial; 0 when there is none."""
        file = self.folder / "postgres" / "data" / "postmaster.pid"
        return int(file.read_text().split()[0]) if self.own_cluster else 0

    def kill(self):
        """As a power cut does."""
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def tail(self, lines: int = 5) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


class Browser:
    """A session of one person: cookies, the form token, forms as a browser sends them."""

    def __init__(self, port: int):
        self.port = port
        self.cookies: dict[str, str] = {}
        self.csrf = ""

    def request(self, method: str, path: str, body: bytes | None = None, headers: dict | None = None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {"Cookie": self.cookie_header()} | (headers or {})
        try:
            connection.request(method, path, body=body, headers={k: v for k, v in sent.items() if v})
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return answer, text

    def cookie_header(self) -> str:
        return "; ".join(f"{key}={value}" for key, value in self.cookies.items() if value)

    def sign_in(self, name: str, password: str) -> "Browser":
        _, page = self.request("GET", "/sign-in")
        fields = dict(hidden_fields(page.decode())) | {"sign_in": name, "password": password}
        for _ in range(10):
            answer, text = self.request("POST", "/sign-in", urllib.parse.urlencode(fields).encode(), {
                "Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{self.port}"})
            if answer.status != 503:
                break
            # A password takes its time on a busy machine: the server says when to come again.
            time.sleep(int(answer.getheader("Retry-After", "1")))
        if answer.status != 303:
            raise SystemExit(f"{name} cannot sign in: {answer.status} {text[:300]!r}")
        _, home = self.request("GET", "/account")
        self.csrf = dict(hidden_fields(home.decode())).get("csrf", "")
        return self


def hidden_fields(page: str) -> list[tuple[str, str]]:
    """Name and value of each hidden input."""
    found = []
    for tag in re.findall(r"<input\b[^>]*>", page):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attributes.get("type") == "hidden" and "name" in attributes:
            found.append((attributes["name"], attributes.get("value", "")))
    return found
