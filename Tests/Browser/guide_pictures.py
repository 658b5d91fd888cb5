"""Takes the pictures of the guide anew, from a demonstration that stands as of a fixed day.

    guide_pictures.py --program PATH [--to Resources/guide/images]
"""

import argparse
import json
import pathlib

from playwright.sync_api import Page, sync_playwright

from run import chromium
from world import Server, World

DAY = "2026-11-23"
LARGEST = 150_000
WIDTH, HEIGHT, TASK_HEIGHT = 1200, 660, 610
LIST_WIDTH, LIST_HEIGHT = 1440, 520


def open_task(page: Page, title: str):
    page.goto(f"/tasks?q={title}")
    page.locator("main table").get_by_role("link", name=title).first.click()
    page.wait_for_load_state()


def shots(world: World, language: str):
    """Name, page and the part of it that is shown."""
    leader = world.window("leader", language, width=WIDTH)
    leader.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    leader.goto("/leader")
    yield "leader", leader, None
    yield "leader-map", leader, leader.locator("main .card").last
    steward = world.window("secretariat-province", language, width=WIDTH)
    steward.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    steward.goto("/today")
    yield "today", steward, None
    steward.set_viewport_size({"width": LIST_WIDTH, "height": LIST_HEIGHT})
    steward.goto("/tasks")
    steward.locator("main table").evaluate("table => table.scrollIntoView()")
    yield "tasks", steward, None
    steward.set_viewport_size({"width": WIDTH, "height": TASK_HEIGHT})
    open_task(steward, "phường Quy Nhơn Bắc")
    yield "task", steward, None


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--program", required=True)
    options.add_argument("--to", type=pathlib.Path, default=pathlib.Path("Resources/guide/images"))
    asked = options.parse_args()
    asked.to.mkdir(parents=True, exist_ok=True)
    with Server(asked.program) as server, sync_playwright() as playwright:
        server.command("demo", "--no-serve", "--day", DAY)
        accounts = json.loads((server.data / "demo-accounts.json").read_text())
        server.start()
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        world = World(server, browser, accounts)
        for language in ("vi", "en"):
            for name, page, part in shots(world, language):
                file = asked.to / f"{name}-{language}.png"
                (part or page).screenshot(path=str(file))
                size = file.stat().st_size
                print(f"{file}: {size // 1000} kB")
                if size > LARGEST:
                    raise SystemExit(f"{file} has {size} bytes, more than {LARGEST}")
            world.close_windows()
        browser.close()


if __name__ == "__main__":
    main()
