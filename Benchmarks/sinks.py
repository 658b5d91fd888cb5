"""Rows in bulk into the product's own tables: SQLite, or PostgreSQL by COPY. Indexes are made anew afterwards."""

import os
import pathlib
import sqlite3
import subprocess

from columns import listed

BATCH = 20_000


class SQLiteSink:
    def __init__(self, path: pathlib.Path):
        self.base = sqlite3.connect(path, isolation_level=None)
        self.rows: dict[str, list[tuple]] = {}
        for setting in ("synchronous = OFF", "cache_size = -400000", "temp_store = MEMORY", "foreign_keys = OFF"):
            self.base.execute(f"PRAGMA {setting}")

    def query(self, sql: str) -> list[tuple]:
        return self.base.execute(sql).fetchall()

    def has(self, table: str, column: str) -> bool:
        return bool(self.query(f"SELECT 1 FROM pragma_table_info('{table}') WHERE name = '{column}'"))

    def begin(self, tables: list[str]):
        """Takes the indexes away until the end."""
        self.base.execute("BEGIN IMMEDIATE")
        names = ", ".join(f"'{table}'" for table in tables)
        self.indexes = self.query(f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
                                  f"AND tbl_name IN ({names})")
        for name, _ in self.indexes:
            self.base.execute(f"DROP INDEX {name}")

    def add(self, table: str, row: tuple):
        rows = self.rows.setdefault(table, [])
        rows.append(row)
        if len(rows) == BATCH:
            self.flush(table)

    def flush(self, table: str):
        rows = self.rows[table]
        if rows:
            self.base.executemany(f"INSERT INTO {listed(table)} VALUES ({', '.join('?' * len(rows[0]))})", rows)
            rows.clear()

    def end(self):
        for table in self.rows:
            self.flush(table)
        for _, sql in self.indexes:
            self.base.execute(sql)
        self.base.execute("COMMIT")

    def settle(self):
        """What the product's own daily job does."""
        self.base.execute("PRAGMA analysis_limit = 1000")
        self.base.execute("ANALYZE")
        self.base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.base.close()


class PostgresSink:
    def __init__(self, address: str):
        self.address = address
        self.rows: dict[str, list[str]] = {}
        self.copies: dict[str, subprocess.Popen] = {}
        # Foreign keys are not looked at: every row is made from one that is there.
        self.environment = os.environ | {"PGOPTIONS": "-c session_replication_role=replica -c synchronous_commit=off "
                                                      "-c maintenance_work_mem=512MB"}

    def run(self, sql: str) -> str:
        return subprocess.run(["psql", "-qAtX", "-F", "\x1f", "-v", "ON_ERROR_STOP=1", "-c", sql, self.address], check=True,
                              env=self.environment, stdout=subprocess.PIPE, text=True).stdout

    def query(self, sql: str) -> list[tuple]:
        """Whole numbers come back as such."""
        lines = (line.split("\x1f") for line in self.run(sql).splitlines())
        return [tuple(int(cell) if cell.isdigit() else cell for cell in line) for line in lines]

    def has(self, table: str, column: str) -> bool:
        return bool(self.query("SELECT 1 FROM information_schema.columns WHERE table_schema = 'public' "
                               f"AND table_name = '{table}' AND column_name = '{column}'"))

    def begin(self, tables: list[str]):
        names = ", ".join(f"'{table}'" for table in tables)
        self.tables = tables
        self.rows, self.copies = {}, {}
        self.indexes = [] if not tables else self.query(
            f"SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ({names}) AND schemaname = 'public' "
            "AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = indexname)")
        for name, _ in self.indexes:
            self.run(f"DROP INDEX {name}")

    def add(self, table: str, row: tuple):
        rows = self.rows.setdefault(table, [])
        rows.append("\t".join([cell if type(cell) is str else str(cell) if type(cell) is int else written(cell)
                               for cell in row]))
        if len(rows) == BATCH:
            self.flush(table)

    def flush(self, table: str):
        if table not in self.copies:
            self.copies[table] = subprocess.Popen(
                ["psql", "-qX", "-v", "ON_ERROR_STOP=1", "-c", f"COPY {listed(table)} FROM STDIN", self.address],
                stdin=subprocess.PIPE, env=self.environment)
        if self.rows[table]:
            self.copies[table].stdin.write(("\n".join(self.rows[table]) + "\n").encode())
            self.rows[table].clear()

    def end(self):
        for table in self.rows:
            self.flush(table)
        for table, copy in self.copies.items():
            copy.stdin.close()
            if copy.wait() != 0:
                raise SystemExit(f"COPY {table} failed")
        for _, sql in self.indexes:
            self.run(sql)
        for table in self.tables:
            if self.query(f"SELECT 1 FROM information_schema.columns WHERE table_name = '{table}' AND is_identity = 'YES'"):
                self.run(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT MAX(id) FROM {table}))")

    def settle(self):
        self.run("VACUUM ANALYZE")
        self.run("CHECKPOINT")


def written(cell) -> str:
    if cell is None:
        return "\\N"
    return "\\\\x" + cell.hex()
