"""What holds for every page of the router, in both languages: WCAG 2.2 AA by axe-core, weight, width on a phone.

States: full (the demonstration), empty (a list that finds nothing), refused (each form sent empty), error.
"""

import re

from axe_playwright_python.sync_playwright import Axe

from records import records, with_duty
from visitors import Windows, visitor
from world import Server, World, check

AXE = Axe()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only what is wrong comes back: what is right would be most of the work.
EVERY_RULE = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
# What the colours alone decide: the rest is the same page as in the light.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, "resultTypes": ["violations"]}
HEAVIEST = 100_000
# On a phone every page is looked at in Vietnamese, in the dark in English; these in the other language too.
MAIN = [
    "/", "/today", "/leader", "/notices", "/search", "/tasks", "/tasks/new", "/tasks/{task}", "/documents", "/documents/{document}",
    "/documents/{document}/cascade", "/documents/{document}/coverage", "/committees/compliance", "/committees/{committee}",
    "/units/{unit}", "/people/{person}", "/gaps", "/events", "/account",
]
UNKNOWN = "01980000-0000-7000-8000-000000000000"


def violations(page, name: str, rules: dict = EVERY_RULE) -> list[str]:
    found = AXE.run(page, options=rules).response["violations"]
    return [f"{name}: {item['id']} ({len(item['nodes'])}×) {item['nodes'][0]['target']}" for item in found]


def filled(page, path: str, known: dict[str, list[str] | str]) -> str:
    """The route with records in it: of several, the first one on which the page can be used, as a draft can be issued."""
    addresses = [path]
    for name in re.findall(r"\{(\w+)\}", path):
        values = known[name] if isinstance(known[name], list) else [known[name]]
        addresses = [address.replace(f"{{{name}}}", value) for address in addresses for value in values]
    if len(addresses) == 1:
        return addresses[0]
    return next((address for address in addresses if page.request.get(address).status == 200), addresses[0])


def addresses(world: World, page) -> dict[str, str]:
    """One address for each GET page of the router, looked for once: journeys look at the pages and undo nothing."""
    if not world.addresses:
        world.addresses = found_addresses(world, page)
    return world.addresses


def found_addresses(world: World, page) -> dict[str, str]:
    known = with_duty(records(world, page))
    found, windows = {}, Windows(world, "vi")
    # A second window of the same person would keep a cookie that a confirmation in the first has replaced.
    windows.open["administrator"] = page
    for row in world.routes():
        names = re.findall(r"\{(\w+)\}", row["path"])
        missing = [name for name in names if name not in known]
        check(not missing, f"no record is known for {missing} in {row['path']}")
        found[row["path"]] = filled(windows(row["path"]), row["path"], known)
    check(len(found) > 10, f"only {len(found)} pages in the router")
    return found


def wanted(path: str) -> tuple[int, ...]:
    """How a page answers: without a link in its address, that of an invitation says what every dead link says."""
    return (404,) if path == "/invitation" else (200,)


def visit(page, address: str, wanted: tuple[int, ...] = (200,)) -> list[str]:
    """Opens a page; what is wrong with its status, its words or its weight."""
    answer = page.goto(address)
    body = answer.body()
    problems = []
    if answer.status not in wanted:
        problems.append(f"{address} answered {answer.status}")
    if b"\xe2\x9f\xa6" in body:
        problems.append(f"{address} lacks a word: {body[body.index(bytes([0xe2, 0x9f, 0xa6])):][:60].decode(errors='replace')}")
    if len(body) > HEAVIEST:
        problems.append(f"{address} weighs {len(body)} bytes")
    return problems


def confirm(world: World, page, role: str):
    """Gives the password again where a page asks for it."""
    if "/confirmation" in page.url:
        page.fill("main [name=password]", world.accounts[role]["password"])
        page.click("main form button.main")


def full_pages(language: str):
    def journey(world: World):
        windows = Windows(world, language)
        problems, heaviest = [], (0, "")
        pages = addresses(world, windows("/"))
        for path, address in pages.items():
            page = windows(path)
            problems += visit(page, address, wanted(path))
            confirm(world, page, visitor(path))
            problems += violations(page, address)
            heaviest = max(heaviest, (len(page.content()), path))
            world.screenshot(page, f"{language}-wide{path.replace('/', '-').replace('{', '').replace('}', '') or '-home'}")
        check(not problems, "\n      ".join(problems[:20]))
        return f"{len(pages)} pages, heaviest {heaviest[1]} {heaviest[0] // 1000} kB"
    journey.__name__ = f"every_page_full_{language}"
    return journey


def empty_lists(language: str):
    def journey(world: World):
        page = world.window("administrator", language)
        problems, count = [], 0
        for path in addresses(world, page).values():
            # Without a link in its address, the page of an invitation is not there.
            if path.count("/") == 1 and path != "/invitation":
                problems += visit(page, f"{path}?q=zzzzqqqq", (200, 422)) + violations(page, f"{path}?q=zzzzqqqq")
                count += 1
        check(not problems, "\n      ".join(problems[:20]))
        return f"{count} pages"
    journey.__name__ = f"every_list_empty_{language}"
    return journey


def refused_forms(language: str):
    def journey(world: World):
        windows = Windows(world, language)
        problems, count = [], 0
        for path, address in addresses(world, windows("/")).items():
            page = windows(path)
            page.goto(address)
            confirm(world, page, visitor(path))
            for index in range(page.locator("main form.form").count()):
                page.goto(address)
                form = page.locator("main form.form").nth(index)
                # A form that came through empty, as an issue with what it offers, may have taken others with it.
                if not form.count() or "/sign-out" in (form.get_attribute("action") or ""):
                    continue
                if not form.locator("button.main, button.danger").count():
                    continue
                form.evaluate("form => form.querySelectorAll('details').forEach(part => { part.open = true })")
                for field in form.locator("input[type=text], input[type=password], textarea").all():
                    # What belongs to a kind that is not chosen is hidden, and empty.
                    if field.is_visible():
                        field.fill("")
                form.locator("button.main, button.danger").first.click()
                page.wait_for_load_state()
                if page.locator(".summary").count():
                    count += 1
                    problems += violations(page, f"{path} form {index} refused")
                    if page.locator("[aria-invalid=true]").count() == 0:
                        problems.append(f"{path}: the refused form marks no field")
        check(not problems, "\n      ".join(problems[:20]))
        check(count >= 3, f"only {count} forms came back refused")
        return f"{count} refused forms"
    journey.__name__ = f"every_form_refused_{language}"
    return journey


def errors(language: str):
    def journey(world: World):
        problems = []
        page = world.window("administrator", language)
        problems += visit(page, f"/units/{UNKNOWN}", (404,)) + violations(page, "404")
        world.screenshot(page, f"{language}-error-404")
        problems += visit(page, "/no-such-page", (404,)) + violations(page, "404 of the router")
        member = world.window("member", language)
        problems += visit(member, "/units/new", (403, 404)) + violations(member, "403")
        nobody = world.window(None, language)
        problems += visit(nobody, "/units") + violations(nobody, "sign-in")
        check("/sign-in" in nobody.url, "somebody who has not signed in sees /units")
        problems += visit(nobody, "/no-such-page", (200, 404)) + violations(nobody, "404 for nobody")
        check(not problems, "\n      ".join(problems))
    journey.__name__ = f"every_error_{language}"
    return journey


def a_new_installation(world: World):
    """Right after `resolute init`, without units: every list says what to do next."""
    with Server(world.server.program) as server:
        server.command("init", "--admin", "Nguyễn Thị An", "--sign-in", "an.nguyen", "--password-stdin",
                       input="một mật khẩu thật dài\n")
        server.start()
        empty = World(server, world.browser, [
            {"role": "administrator", "sign_in": "an.nguyen", "password": "một mật khẩu thật dài"}])
        problems, count = [], 0
        for language in ("vi", "en"):
            page = empty.window("administrator", language)
            for row in empty.routes():
                if "{" not in row["path"]:
                    # There is nobody yet who gives tasks.
                    answers = (403,) if row["path"] in ("/tasks/new", "/tasks/import") else wanted(row["path"])
                    problems += visit(page, row["path"], answers)
                    confirm(empty, page, "administrator")
                    problems += violations(page, f"{row['path']} new")
                    count += 1
        empty.close_windows()
        problems += empty.complaints
        check(not problems, "\n      ".join(problems[:20]))
        return f"{count} pages"


def some(world: World, windows: Windows, main: bool) -> dict[str, str]:
    """Every page, or the main ones."""
    pages = addresses(world, windows("/"))
    return {path: pages[path] for path in MAIN} if main else pages


def opened(world: World, windows, pages: dict[str, str]):
    """Each page, as its visitor has it open."""
    for path, address in pages.items():
        page = windows(path)
        page.goto(address)
        confirm(world, page, visitor(path))
        yield path, address, page


def narrow(language: str, main: bool):
    """360 pixels wide: nothing runs out of the window, the top bar stays one line."""
    def journey(world: World):
        windows = Windows(world, language, width=360)
        problems = []
        pages = some(world, windows, main)
        for path, address, page in opened(world, windows, pages):
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > 360:
                problems.append(f"{address} is {width} pixels wide")
            if page.evaluate("[...document.querySelectorAll('.top .end > *')].some(part => part.offsetHeight > 40)"):
                problems.append(f"{address} breaks a word of the top bar")
            world.screenshot(page, f"{language}-phone{path.replace('/', '-').replace('{', '').replace('}', '')}")
        check(not problems, "\n      ".join(problems[:20]))
        return f"{len(pages)} pages"
    journey.__name__ = f"{'main' if main else 'every'}_page_narrow_{language}"
    return journey


def tablet(language: str):
    """Between phone and desk nothing runs out of the window; on an old laptop the questions above the tasks take two rows."""
    def journey(world: World):
        windows = Windows(world, language)
        problems = []
        pages = some(world, windows, True)
        for path, address, page in opened(world, windows, pages):
            for width in (641, 800, 821, 1000):
                page.set_viewport_size({"width": width, "height": 900})
                wide = page.evaluate("document.documentElement.scrollWidth")
                if wide > width:
                    problems.append(f"{address} is {wide} pixels wide in a window of {width}")
            page.set_viewport_size({"width": 1366, "height": 900})
        page = windows("/tasks")
        page.goto(pages["/tasks"])
        rows = page.evaluate("new Set([...document.querySelector('form.filters').children].filter(part => part.offsetHeight)"
                             ".map(part => Math.round(part.getBoundingClientRect().bottom / 9))).size")
        check(rows <= 2, f"the questions above the list of tasks take {rows} rows")
        check(not problems, "\n      ".join(problems[:20]))
        return f"{len(pages)} pages"
    journey.__name__ = f"main_page_on_a_tablet_{language}"
    return journey


def dark(language: str, main: bool):
    """Dark colours keep their contrast."""
    def journey(world: World):
        windows = Windows(world, language, dark=True)
        problems = []
        pages = some(world, windows, main)
        for path, address, page in opened(world, windows, pages):
            problems += violations(page, f"{address} dark", COLOURS)
            world.screenshot(page, f"{language}-dark{path.replace('/', '-').replace('{', '').replace('}', '')}")
        check(not problems, "\n      ".join(problems[:20]))
        return f"{len(pages)} pages"
    journey.__name__ = f"{'main' if main else 'every'}_page_dark_{language}"
    return journey


ALL = [make(language) for make in (full_pages, empty_lists, refused_forms, errors) for language in ("vi", "en")] + [
    a_new_installation, narrow("vi", main=False), narrow("en", main=True), tablet("vi"), tablet("en"), dark("en", main=False),
    dark("vi", main=True),
]
