"""One running Resolute with its demonstration, and real Chromium windows of its people."""

import json
import os
import pathlib
import re
import subprocess
import sys

from playwright.sync_api import Browser, BrowserContext, Page

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "trials"))
from server import Server  # noqa: E402

UID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


class World:
    """The server, its accounts by role, and everything that a page complained about."""

    def __init__(self, server: Server, browser: Browser, accounts: list[dict]):
        self.server, self.browser = server, browser
        self.accounts = {row["role"]: row for row in accounts}
        self.base = f"http://127.0.0.1:{server.port}"
        self.complaints: list[str] = []
        self.addresses: dict[str, str] = {}
        folder = os.environ.get("SCREENSHOTS")
        self.screenshots = pathlib.Path(folder) if folder else None
        if self.screenshots:
            self.screenshots.mkdir(parents=True, exist_ok=True)
        self._sessions: dict[tuple, dict] = {}
        self._open: list[tuple[tuple, BrowserContext]] = []

    def window(self, role: str | None = None, language: str = "vi", width: int = 1366, dark: bool = False,
               script: bool = True) -> Page:
        """A new window; signed in when a role is named. Signs in once per role and language."""
        options = {
            "locale": {"vi": "vi-VN", "en": "en-GB"}[language], "base_url": self.base, "java_script_enabled": script,
            "viewport": {"width": width, "height": 900 if width > 500 else 780},
            "color_scheme": "dark" if dark else "light", "reduced_motion": "reduce",
        }
        key = (role, language)
        if role and key in self._sessions:
            context = self.browser.new_context(**options, storage_state=self._sessions[key])
        else:
            context = self.browser.new_context(**options)
        context.set_default_timeout(15_000)
        page = context.new_page()
        self._listen(context, page)
        if role and key not in self._sessions:
            self.sign_in(page, role)
        if role:
            self._sessions[key] = context.storage_state()
            self._open.append((key, context))
        return page

    def close_windows(self):
        """Ends a journey. Cookies are kept, since a session has a new one after each confirmation."""
        for key, context in self._open:
            self._sessions[key] = context.storage_state()
        self._open.clear()
        for context in self.browser.contexts:
            context.close()

    def _listen(self, context: BrowserContext, page: Page):
        def console(message):
            # A browser reports every 4xx answer as an error of its own; the journeys look at those themselves.
            if message.type == "error" and "Failed to load resource" not in message.text:
                self.complaints.append(f"{page.url}: {message.text}")

        def request(asked):
            if not asked.url.startswith(self.base) and not asked.url.startswith("data:"):
                self.complaints.append(f"{page.url} asks another host: {asked.url}")

        page.on("console", console)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("request", request)

    def sign_in(self, page: Page, role: str):
        account = self.accounts[role]
        page.goto("/sign-in")
        page.fill("main [name=sign_in]", account["sign_in"])
        page.fill("main [name=password]", account["password"])
        page.click("main form button.main")
        page.wait_for_url(lambda url: "/sign-in" not in url)

    def screenshot(self, page: Page, name: str):
        if self.screenshots:
            page.screenshot(path=str(self.screenshots / f"{name}.png"), full_page=False)

    def routes(self) -> list[dict]:
        """Every page that a person can look at."""
        listed = json.loads(subprocess.run([self.server.program, "routes", "--json"], stdout=subprocess.PIPE, check=True).stdout)
        return [row for row in listed if row["method"] == "GET" and not row["api"] and not is_file(row["path"])]

    def token(self, role: str) -> str:
        return self.accounts[role]["token"]


def is_file(path: str) -> bool:
    """Addresses that answer with something else than a page."""
    return (path.endswith((".csv", ".xlsx", ".ico", ".txt", ".json", "/files/{attachment}")) or path in ("/health", "/metrics")
            or path.startswith("/assets/"))


def uids_in(text: str, kind: str) -> list[str]:
    """Uids that a page links to as `/units/<uid>` and the like."""
    return list(dict.fromkeys(re.findall(rf"/{kind}/({UID})", text)))


def check(condition, message: str):
    """An expectation of a journey."""
    if not condition:
        raise AssertionError(message)
