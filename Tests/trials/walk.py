"""A hundred thousand acts on tasks at random, on both engines; afterwards every table that is made from others must be
what a rebuild would make of it. And two walks of the state machine beside a model that knows no database.

    walk.py [--engine sqlite|postgres] [--acts 100000] [--steps 10000]

Runs the tests of that name in a copy of the built bundle, so that a build meanwhile disturbs nothing.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

BUNDLE = pathlib.Path(".build/debug/resolutePackageTests.xctest")
TESTS = r"AppTests\.Task(History|Walk)Tests/"
# What a test prints of itself, and what the testing library says of it.
FIGURES = re.compile(r"^(history|walk) \(")
VERDICT = re.compile(r"✘|Fatal error|error:")


def run(bundle: pathlib.Path, folder: pathlib.Path, engine: str, asked, url: str, verdicts: dict[str, bool]):
    """The tests on one engine, in a process of its own."""
    environment = os.environ | {
        "RESOLUTE_HISTORY_ACTS": str(asked.acts), "RESOLUTE_WALK_STEPS": str(asked.steps),
        "RESOLUTE_WALK_ENGINE": engine, "RESOLUTE_TEST_POSTGRES": url, "TMPDIR": str(folder)}
    command = [str(bundle), "--testing-library", "swift-testing", "--no-parallel", "--filter", TESTS]
    began = time.monotonic()
    seen = False
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as test:
        for line in test.stdout:
            seen = seen or bool(re.search(r"history \(.*rows compared", line))
            if FIGURES.search(line):
                print(f"   {line.strip()}", flush=True)
            elif VERDICT.search(line):
                print(f"   {engine}: {line.strip()}", flush=True)
    verdicts[engine] = test.returncode == 0 and seen
    print(f"   {engine}: {'✔' if verdicts[engine] else '✘'} {time.monotonic() - began:.0f} s", flush=True)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--engine", choices=["sqlite", "postgres"], help="both, one core each, when not named")
    options.add_argument("--acts", type=int, default=100_000)
    options.add_argument("--steps", type=int, default=10_000)
    asked = options.parse_args()
    if not BUNDLE.exists():
        raise SystemExit(f"{BUNDLE} is missing: swift build --build-tests")
    base = "/dev/shm" if pathlib.Path("/dev/shm").is_dir() else None
    folder = pathlib.Path(tempfile.mkdtemp(prefix="resolute-walk-", dir=base))
    folder.chmod(0o755)
    cluster = folder / "cluster"
    url = os.environ.get("RESOLUTE_TEST_POSTGRES", "")
    verdicts: dict[str, bool] = {}
    try:
        if not url:
            made = subprocess.run(["bin/postgres-for-tests", "start", str(cluster)], stdout=subprocess.PIPE, text=True, check=True)
            url = made.stdout.strip()
        bundle = pathlib.Path(shutil.copy(BUNDLE, folder / BUNDLE.name))
        runs = []
        for engine in [asked.engine] if asked.engine else ["sqlite", "postgres"]:
            own = folder / engine
            own.mkdir()
            runs.append(threading.Thread(target=run, args=(bundle, own, engine, asked, url, verdicts)))
        for thread in runs:
            thread.start()
        for thread in runs:
            thread.join()
    finally:
        if cluster.exists():
            subprocess.run(["bin/postgres-for-tests", "stop", str(cluster)], check=False)
        shutil.rmtree(folder, ignore_errors=True)
    return 0 if verdicts and all(verdicts.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
