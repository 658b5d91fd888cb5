"""An installation of a scale on an engine: made once, kept in a folder, served by the program under measurement."""

import contextlib
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

import generate
import units
from cluster import Cluster
from server import Browser, free_port
from sinks import PostgresSink, SQLiteSink

HERE = pathlib.Path(__file__).resolve().parent

PASSWORD = "Bench-Password-2026"
MAKERS = ["columns", "documents", "events", "generate", "leads", "people", "tasks", "units", "words"]


class Installation:
    def __init__(self, program: str, folder: pathlib.Path, scale: str, engine: str):
        self.program, self.scale, self.engine = str(pathlib.Path(program).resolve()), scale, engine
        self.folder = folder.resolve() / f"{scale}-{engine}"
        self.data, self.ready = self.folder / "data", self.folder / "ready.json"
        self.cluster = Cluster(self.folder / "cluster") if engine == "postgres" else None
        self.environment = {key: value for key, value in os.environ.items() if key != "RESOLUTE_DATABASE"}
        if self.cluster:
            self.environment["RESOLUTE_DATABASE"] = self.cluster.address
        self.process: subprocess.Popen | None = None
        self.began = time.monotonic()

    def __enter__(self):
        made = json.loads(self.ready.read_text()) if self.ready.exists() else {}
        if made.get("generator") == self.generator:
            if self.cluster:
                self.cluster.start()
        else:
            made = {}
            self.make()
        with contextlib.ExitStack() as undo:
            undo.callback(self.close)
            self.bring_up_to_date(made.get("schema"))
            undo.pop_all()
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.stop()
        if self.cluster:
            self.cluster.stop()

    @property
    def generator(self) -> str:
        return hashlib.sha256(b"".join((HERE / f"{name}.py").read_bytes() for name in MAKERS)).hexdigest()

    def say(self, text: str):
        print(f"   {time.monotonic() - self.began:6.1f} s  {text}", file=sys.stderr, flush=True)

    def sink(self):
        return PostgresSink(self.cluster.address) if self.cluster else SQLiteSink(self.data / "resolute.sqlite")

    def command(self, *arguments: str, input: str = "") -> str:
        done = subprocess.run([self.program, *arguments, "--data", str(self.data)], env=self.environment, input=input,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            raise SystemExit(f"resolute {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout[-3000:]}")
        return done.stdout

    def make(self):
        self.say(f"making {self.folder.name}")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        if self.cluster:
            self.cluster.make()
        registry = ["--units", "vietnam-2025"] if self.scale == "national" else []
        self.command("init", *registry, "--admin", "Quản trị", "--sign-in", "admin", "--password-stdin", input=PASSWORD)
        self.command("unit", "import", str(units.write(self.scale, self.folder / "units.csv")), "--scheme", "bench",
                     "--parent-scheme", "gso-2025", "--from", "2025-07-01", "--basis", "bench")
        sink = self.sink()
        generate.fill(sink, self.scale, self.say)
        generate.accounts(sink, self.scale)
        sink.settle()

    def bring_up_to_date(self, known: list | None):
        """What is computed is computed by the product, after the first filling and after each migration."""
        self.command("migrate")
        schema = [row[0] for row in self.sink().query("SELECT id FROM schema_migration ORDER BY position")]
        if schema != known:
            self.say("resolute doctor --repair")
            self.command("doctor", "--repair")
            self.sink().settle()
            self.say("resolute doctor")
            self.say(next(line for line in self.command("doctor").splitlines() if " tables " in line))
            self.ready.write_text(json.dumps({"generator": self.generator, "schema": schema}))

    def start(self, *arguments: str) -> int:
        """Serves until it answers, and has sealed what was waiting."""
        self.port = free_port()
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.program, "serve", "--data", str(self.data), "--port", str(self.port), *arguments],
                env=self.environment, stdout=log, stderr=log)
        for _ in range(1200):
            with contextlib.suppress(OSError):
                if Browser(self.port).request("GET", "/health")[0].status == 200:
                    time.sleep(3)
                    return self.process.pid
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise SystemExit(f"the server did not start: {self.folder / 'server.log'}")

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait()

    def cookie(self, sign_in: str) -> str:
        return Browser(self.port).sign_in(sign_in, PASSWORD).cookie_header()
