"""A PostgreSQL of its own in the data folder, durable, on a socket and a free loopback port."""

import os
import pathlib
import shutil
import subprocess

PROGRAMS = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))[-1] if pathlib.Path("/usr/lib/postgresql").exists() else None
SETTINGS = {
    "listen_addresses": "''", "max_connections": "50", "shared_buffers": "1GB", "effective_cache_size": "4GB",
    "work_mem": "16MB", "random_page_cost": "1.1", "max_parallel_workers_per_gather": "0",
    "checkpoint_timeout": "30min", "max_wal_size": "8GB", "wal_compression": "lz4", "synchronous_commit": "on",
}


class Cluster:
    def __init__(self, folder: pathlib.Path):
        self.folder = folder.resolve()
        self.address = f"postgresql://postgres@/resolute?host={self.folder}"
        self.as_server = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        self.log = self.folder / "server.log"

    def run(self, program: str, *arguments: str):
        done = subprocess.run([*self.as_server, str(PROGRAMS / program), *arguments], cwd="/", text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        if done.returncode != 0:
            raise SystemExit(f"{program}: {done.stderr.strip()[-500:]}")

    def make(self):
        if PROGRAMS is None:
            raise SystemExit("PostgreSQL is missing: bin/setup bench")
        self.folder.mkdir(parents=True)
        if self.as_server:
            shutil.chown(self.folder, "postgres")
        self.run("initdb", "-D", str(self.folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C")
        self.start()
        subprocess.run(["psql", "-qX", "-c", "CREATE DATABASE resolute", f"host={self.folder} user=postgres"], check=True)

    def start(self, extra: dict[str, str] | None = None):
        settings = SETTINGS | {"unix_socket_directories": f"'{self.folder}'"} | (extra or {})
        text = "".join(f"{name} = {value}\n" for name, value in settings.items())
        (self.folder / "data" / "bench.conf").write_text(text)
        base = self.folder / "data" / "postgresql.conf"
        if "bench.conf" not in base.read_text():
            with base.open("a") as file:
                file.write("include 'bench.conf'\n")
        (self.folder / "data" / "bench.conf").chmod(0o644)
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-l", str(self.log), "-w", "-t", "120", "start")

    def stop(self):
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-t", "120", "-m", "fast", "stop")

    @property
    def postmaster(self) -> int:
        return int((self.folder / "data" / "postmaster.pid").read_text().split()[0])


