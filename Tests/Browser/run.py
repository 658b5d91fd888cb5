"""Runs every journey in real Chromium against one server with the demonstration; each counts as passed or failed.

    run.py --program PATH [--engine sqlite|postgres] [--count FILE] [--only NAME …]      SCREENSHOTS=DIR keeps pictures

NAME is a part of `file.function`, as in journeys_tasks or a_unit_lives.
"""

import argparse
import pathlib
import shutil
import sys
import time
import traceback

from playwright.sync_api import sync_playwright

import every_page
import journeys
import journeys_documents
import journeys_people
import journeys_tasks
from world import Server, World

ALL = [journey for file in (every_page, journeys_tasks, journeys_people, journeys_documents, journeys) for journey in file.ALL]
HERE = pathlib.Path(__file__).resolve().parent


def chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    raise SystemExit("Chromium is missing: apt-get install chromium")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--program", required=True)
    options.add_argument("--engine", choices=["sqlite", "postgres"], default="sqlite")
    options.add_argument("--count", type=pathlib.Path)
    options.add_argument("--only", nargs="+", default=[""])
    asked = options.parse_args()
    passed = failed = 0
    with Server(asked.program, asked.engine) as server, sync_playwright() as playwright:
        accounts = server.load_demonstration()
        server.start()
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        world = World(server, browser, accounts)
        for journey in ALL:
            if not any(name in f"{journey.__module__}.{journey.__name__}" for name in asked.only):
                continue
            started = time.monotonic()
            world.complaints.clear()
            try:
                said = journey(world) or ""
                if world.complaints:
                    raise AssertionError("the browser complained:\n      " + "\n      ".join(world.complaints[:8]))
                if not server.is_alive():
                    raise AssertionError(f"the server ended: {server.tail()}")
                passed += 1
                print(f"   ✔ {journey.__name__} {said} ({time.monotonic() - started:.1f} s)", flush=True)
            except Exception as error:  # A journey may fail in any way; the others still run.
                failed += 1
                own = [frame for frame in traceback.extract_tb(error.__traceback__)
                       if pathlib.Path(frame.filename).parent == HERE and frame.name != "check"]
                where = own[-1]
                print(f"   ✘ {journey.__name__}: {error} ({pathlib.Path(where.filename).name}:{where.lineno})", flush=True)
            world.close_windows()
        browser.close()
    if asked.count:
        asked.count.write_text(f"{passed} {failed}\n")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
